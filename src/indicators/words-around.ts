// The words beside a figure: nothing but the unit, idle words, a hint of secret documents, or something worth a note.
import type { Indicator } from '../domain/template.ts';
import { fold } from '../domain/words.ts';
import { readNumberWords } from './number-words.ts';
import { saysSecret } from './privacy.ts';

export type Around = { readonly is: 'onlyUnit' | 'words' | 'secret'; readonly note?: string };

const IDLE_BEFORE =
  /^(?:tat ca|tong so|tong cong|tong|so luong|so|co|la|dat|duoc|gom|cong|toan bo|ket qua|khong thay doi)?(?: (?:so|la|co|dat|duoc|gom))?$/;
/** Signs that may change what the figure means: "5971?", "12/", "1²"; ordinary marks and brackets do not. */
const UNSURE = /[^\s\p{L}\d.,:!'"“”‘’()[\]]/u;
/** Words that only say "secret documents", not which ones. */
const COUNT_OF_SECRETS = new Set('co van ban vb cong tai lieu do toi tuyet mat trong la'.split(' '));

/** What stands before and behind the figure of `text`; the note is the officer's own words, without the unit when they begin with it. */
export function around(before: string, behind: string, text: string, indicator: Indicator): Around {
  const front = letters(before);
  const back = behind.trim();
  if (saysSecret(text)) return secret(front ? text : back);
  if (front === '' && onlyUnit(back, indicator))
    return UNSURE.test(before + behind) ? { is: 'words' } : { is: 'onlyUnit' };
  if (front !== '' && !IDLE_BEFORE.test(front)) return said(text);
  return said(withoutUnit(back, indicator));
}

/** True for nothing, and for the unit as printed, one of its alternatives ("Tin, bài" → "tin"), or its initials ("hs"). */
export function onlyUnit(words: string, indicator: Indicator): boolean {
  const typed = letters(words);
  const unit = letters(indicator.unit);
  if (typed === '') return true;
  const initials = unit
    .split(' ')
    .map((word) => word[0])
    .join('');
  const alternatives = fold(indicator.unit).split(/[,/;]/).map(letters);
  return [unit, ...alternatives, ...(initials.length > 1 ? [initials] : [])].includes(typed);
}

/** The figure that words write out again: "(mười hai)", "hai mươi mốt". One bare word ("năm", "không") may be something else. */
export function writtenOut(words: string): number | undefined {
  const inside = withoutBrackets(words);
  const spoken = readNumberWords(inside);
  return spoken?.rest === '' && (spoken.words > 1 || inside !== words) ? spoken.number : undefined;
}

const withoutBrackets = (words: string): string => /^\(([^()]*)\)$/.exec(words)?.[1]?.trim() ?? words;

/** The words without a number written out again, without brackets around the whole, and without the unit in front. */
function withoutUnit(words: string, indicator: Indicator): string {
  if (writtenOut(words) !== undefined) return '';
  const inside = withoutBrackets(words);
  const parts = inside.split(/\s+/);
  for (let length = Math.min(4, parts.length); length > 0; length -= 1)
    if (
      letters(parts.slice(0, length).join(' ')) !== '' &&
      onlyUnit(parts.slice(0, length).join(' '), indicator)
    )
      return parts.slice(length).join(' ');
  return inside;
}

function secret(words: string): Around {
  const harmless = letters(words)
    .split(' ')
    .every((word) => COUNT_OF_SECRETS.has(word) || /^\d+$/.test(word));
  return harmless ? { is: 'secret', note: words } : { is: 'secret' };
}

/** Polite endings are no note. */
function said(words: string): Around {
  const note = words.replace(/^[\s,.:=–—-]+/, '').trim();
  return /^(?:(?:a|nhe|nha|em|anh|chi|oi) ?)*$/.test(letters(note)) ? { is: 'words' } : { is: 'words', note };
}

/** Folded words without punctuation. */
const letters = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
