/** Longest text a customer may leave, in UTF-16 code units; the server holds the same limit in characters. */
export const MAX_TEXT_LENGTH = 2000;
