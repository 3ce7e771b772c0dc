/**
 * @param {string} message as the core writes it: lower case, no full stop
 * @returns {string} a sentence
 */
export function sentence(message) {
  const text = message.trim();
  if (text === "") return text;
  const end = /[.!?…”]$/.test(text) ? "" : ".";
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase()) + end;
}
