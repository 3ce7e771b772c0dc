// What a CDN gives for the package's bare address. Some give it there, without sending the browser on: then
// nothing of the package lies beside it, and what it needs is named from the package's own address.

const [here] = import.meta.url.split(/[?#]/);
const isFile = here.endsWith(".js");
const folder = isFile ? here.slice(0, here.lastIndexOf("/")) : `${here.replace(/\/$/, "")}/package`;

export const { WebGan } = await import(/* @vite-ignore */ `${folder}/web-gan.js`);
