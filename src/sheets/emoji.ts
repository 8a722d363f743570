// Takes emoji out of texts for which no font that comes with the program has a picture. Pure.

const MODIFIER = '[\\p{EMod}\\ufe0e\\ufe0f\\u20e3\\u{e0020}-\\u{e007f}]*';
const PICTOGRAPH = `\\p{Extended_Pictographic}${MODIFIER}`;
/** A whole emoji, also one of several parts: a flag, a family. */
const EMOJI = new RegExp(`\\p{RI}{1,2}|${PICTOGRAPH}(?:\\u200d${PICTOGRAPH})*`, 'gu');
/** All but the few signs among the letters, such as ©, come behind these. */
const MAYBE = /[\u2000-\uffff]/;
/** What makes an emoji of a digit. */
const KEYCAP = /\ufe0f?\u20e3/g;
/** Stands where one was until the space beside it is gone too. No text keeps this character. */
const GONE = '\0';

/**
 * A text without emoji; those that are also signs the fonts have, such as ©, stay. `has` tells whether a character can be printed.
 */
export function withoutEmoji(text: string, has: (letter: string) => boolean): string {
  if (!MAYBE.test(text)) return text;
  return text
    .replaceAll(GONE, '')
    .replace(EMOJI, (emoji) => {
      const sign = emoji.replace(/[\ufe0e\ufe0f]/g, '');
      return has(sign) ? sign : GONE;
    })
    .replace(KEYCAP, '')
    .replace(/^(?:\0+ ?)+| ?\0+/gm, '');
}
