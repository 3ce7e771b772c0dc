// The version that a built site asks for its files by which keep their names. By itself, as the element's loader needs
// no more of them.

/**
 * @param {string} folder ending in a slash
 * @returns {string} it with the version that all its files are asked for by
 */
export function versioned(folder) {
  const version = import.meta.env.VITE_FILES_VERSION;
  return version === undefined ? folder : `${folder}?v=${version}`;
}
