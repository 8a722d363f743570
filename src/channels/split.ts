// Cuts a text that is longer than one message of a platform, at the best place near the limit.
import type { Text } from '../domain/conversation.ts';

/** The words of a text without its bold. */
export const plain = (text: Text): string =>
  text.map((span) => (typeof span === 'string' ? span : span.bold)).join('');

/** Vietnamese letters in composed form: decomposed ones count up to three times at a platform's limit. */
export const composed = (text: Text): Text =>
  text.map((span) =>
    typeof span === 'string' ? span.normalize('NFC') : { bold: span.bold.normalize('NFC') },
  );

/** A blank line is taken only when the part before it is at least this share of the limit: many tiny messages help nobody. */
const LEAST = 1 / 3;

/**
 * Parts of at most `limit` UTF-16 units, cut at a blank line, else at a line end, else at a space, else between characters;
 * blank parts are left out.
 */
export function splitText(text: Text, limit: number): Text[] {
  const whole = plain(text);
  const parts: Text[] = [];
  for (let from = 0; from < whole.length; ) {
    const to = whole.length - from <= limit ? whole.length : cutAt(whole, from, limit);
    if (whole.slice(from, to).trim() !== '') parts.push(slice(text, from, to));
    // What the cut was made at belongs to neither part.
    from = to + (/^(\n\n|\n| )/.exec(whole.slice(to, to + 2))?.[0].length ?? 0);
  }
  return parts;
}

function cutAt(whole: string, from: number, limit: number): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = whole.lastIndexOf(mark, from + limit);
    if (at > from + (mark === '\n\n' ? limit * LEAST : 0)) return at;
  }
  return /[\uDC00-\uDFFF]/.test(whole.charAt(from + limit)) ? from + limit - 1 : from + limit;
}

function slice(text: Text, from: number, to: number): Text {
  let at = 0;
  return text.flatMap((span) => {
    const words = typeof span === 'string' ? span : span.bold;
    const part = words.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += words.length;
    if (part === '') return [];
    return [typeof span === 'string' ? part : { bold: part }];
  });
}
