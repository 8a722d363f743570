// Comparing Vietnamese words the way people type them: with or without diacritics, capitals and extra spaces.

/** Nothing has to be composed or taken out. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Composed form, ordinary spaces, no invisible characters (zero-width, bidi, soft hyphen); what a person typed, otherwise untouched. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return (
    text
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .trim()
  );
}

/** Lower case without diacritics, single spaces: "Đã  Có" → "da co". */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return clean(text)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words that look like the mark of a choice in a list ("a", "b7", "chọn 2", "(3)"), whatever list that may be. */
export const isMarkLike = (text: string): boolean =>
  /^(?:(?:chon|nut|dong|so|muc|cau) )?[([]?(?:[a-z]{1,2} ?\d{0,2}|\d{1,2})[)\].]?$/.test(fold(text));
