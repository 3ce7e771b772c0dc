// A site of files, for any host. Nothing for the element.
export default { output: "export" };
