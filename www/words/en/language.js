/** The language's own code. */
export const language = "en";
