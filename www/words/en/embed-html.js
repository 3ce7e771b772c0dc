/** The words of embed.html, as html.js has those of index.html. */
export const html = () => ({
  title: "WebGAN, embedded",
  unstarted:
    'A part of this page could not be loaded, or is still on its way. <a href="">Reload</a> It does not run from a file: it needs a web server, which sends its scripts as JavaScript. In a frame with a sandbox it needs <code>allow-same-origin</code>, or a server that sends <code>Access-Control-Allow-Origin: *</code> with every file.',
  noScript: "A generative adversarial network trains here where JavaScript is on.",
});
