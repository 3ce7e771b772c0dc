/** What the package's style sheet says where the element's script does not come. */
export const sheet = {
  unstarted:
    "This figure’s script is on its way, or cannot run here: not from a file, and not from a server that sends scripts as plain text.",
};
