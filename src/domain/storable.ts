// What of somebody's words can be stored: every database takes it, and there is no more of it than a person types.

/** The most UTF-16 units of one typed message, more than any platform lets through; longer ones are answered, but not read. */
export const LONGEST_TEXT = 40_000;

/** Control characters and half surrogates cannot be stored by every database and would make the turn fail for ever. */
export const storable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
