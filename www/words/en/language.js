/** The language's own code, from which its plurals and numbers follow. */
export const language = "en";

/** Whose way it is to write a date and a time. */
export const times = "en-GB";
