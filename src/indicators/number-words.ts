// Figures in Vietnamese words, also mixed with digits: "hai mươi mốt", "một trăm linh năm", "2 nghìn", "1 triệu 2", "1tr2".
import { fold } from '../domain/words.ts';

type Token = { readonly word: string; readonly at: number; readonly end: number };
type Group = { readonly amount: number; readonly next: number; readonly tail: number };
type Meaning =
  | { readonly digit: number }
  | { readonly scale: number }
  | { readonly is: 'ten' | 'hundred' | 'and' | 'half' };

const WORDS: readonly (readonly [string, Meaning])[] = [
  ...Object.entries({
    không: 0,
    một: 1,
    mốt: 1,
    hai: 2,
    ba: 3,
    bốn: 4,
    tư: 4,
    năm: 5,
    lăm: 5,
    nhăm: 5,
    sáu: 6,
    bảy: 7,
    bẩy: 7,
  }).map(([word, digit]) => [word, { digit }] as const),
  ['tám', { digit: 8 }],
  ['chín', { digit: 9 }],
  ['mười', { is: 'ten' }],
  ['mươi', { is: 'ten' }],
  ['chục', { is: 'ten' }],
  ['trăm', { is: 'hundred' }],
  ['linh', { is: 'and' }],
  ['lẻ', { is: 'and' }],
  ['rưỡi', { is: 'half' }],
  ['nghìn', { scale: 1e3 }],
  ['ngàn', { scale: 1e3 }],
  ['triệu', { scale: 1e6 }],
  ['tr', { scale: 1e6 }],
  ['tỷ', { scale: 1e9 }],
  ['tỉ', { scale: 1e9 }],
];
// A word typed with diacritics must have the right ones ("làm" is not "lăm"); one typed without any is read as meant.
const BY_SPELLING = new Map<string, Meaning>([
  ...WORDS.map(([word, meaning]) => [fold(word), meaning] as const),
  ...WORDS,
]);

/** The figure at the start of the text and the words left after it; undefined when it does not start with one or has no number word in it. */
export function readNumberWords(
  text: string,
): { readonly number: number; readonly words: number; readonly rest: string } | undefined {
  const tokens = tokenise(text);
  let total = 0;
  let scale = Number.POSITIVE_INFINITY;
  let at = 0;
  while (at < tokens.length) {
    const group = readGroup(tokens, at, total === 0);
    if (!group) break;
    const next = scaleAt(text, tokens, group.next);
    if (next !== undefined && next < scale) {
      // "2 nghìn tỷ": a thousand thousand millions.
      const billions = next === 1e3 && scaleAt(text, tokens, group.next + 1) === 1e9;
      scale = billions ? 1e12 : next;
      total += group.amount * scale;
      at = group.next + (billions ? 2 : 1);
      if (is(tokens, at, 'half')) {
        total += scale / 2;
        at += 1;
        break;
      }
      continue;
    }
    const short =
      Number.isFinite(scale) && group.tail > 0 ? (group.amount * scale) / 10 ** group.tail : group.amount;
    if (short >= scale) return undefined;
    total += short;
    at = group.next;
    break;
  }
  return finish(text, tokens, at, total);
}

function finish(
  text: string,
  tokens: readonly Token[],
  at: number,
  sum: number,
): ReturnType<typeof readNumberWords> {
  // 1,1 · 1.000.000 leaves a binary tail.
  const total = Math.abs(sum - Math.round(sum)) < 1e-6 ? Math.round(sum) : sum;
  const last = tokens[at - 1];
  const after = tokens[at];
  const words = tokens.slice(0, at).filter((token) => !/^\d/.test(token.word)).length;
  if (!last || words === 0 || !Number.isInteger(total) || total > 1e15) return undefined;
  if (after && (/^\d/.test(after.word) || meaning(after))) return undefined;
  return { number: total, words, rest: text.slice(last.end).trim() };
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.toLowerCase().matchAll(/\d+(?:[.,]\d+)*|\p{L}+|[^\s\d\p{L}]/gu))
    tokens.push({ word: match[0], at: match.index, end: match.index + match[0].length });
  return tokens;
}

const meaning = (token: Token | undefined): Meaning | undefined =>
  token ? BY_SPELLING.get(token.word) : undefined;

function digitAt(tokens: readonly Token[], at: number): number | undefined {
  const found = meaning(tokens[at]);
  return found && 'digit' in found ? found.digit : undefined;
}

function is(tokens: readonly Token[], at: number, what: 'ten' | 'hundred' | 'and' | 'half'): boolean {
  const found = meaning(tokens[at]);
  return found !== undefined && 'is' in found && found.is === what;
}

/** "k" is a thousand only when it is glued to its figure: "5k" but not "5 k". */
function scaleAt(text: string, tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at];
  const found = meaning(token);
  if (found && 'scale' in found) return found.scale;
  return token?.word === 'k' && /\d/.test(text[token.at - 1] ?? '') ? 1e3 : undefined;
}

/** An amount below a thousand (or a figure in digits) at `at`. `tail` counts its digits when it may be a shorthand: 1 triệu 2. */
function readGroup(tokens: readonly Token[], at: number, first: boolean): Group | undefined {
  const typed = typedFigure(tokens[at]);
  if (typed && is(tokens, at + 1, 'hundred')) return afterHundred(tokens, at + 2, typed.amount * 100);
  if (typed && is(tokens, at + 1, 'ten')) return unitsAfter(tokens, at + 2, typed.amount * 10);
  if (typed) return { ...typed, next: at + 1 };
  const digit = digitAt(tokens, at);
  if (digit !== undefined && is(tokens, at + 1, 'hundred')) return afterHundred(tokens, at + 2, digit * 100);
  if (is(tokens, at, 'hundred') && first) return afterHundred(tokens, at + 1, 100);
  if (is(tokens, at, 'and') && !first) {
    const small = readTens(tokens, at + 1) ?? typedTail(tokens, at + 1);
    return small && { ...small, tail: 0 };
  }
  const scale = meaning(tokens[at]);
  if (first && scale && 'scale' in scale && scale.scale >= 1e3 && is(tokens, at + 1, 'half'))
    return { amount: 1, next: at, tail: 0 };
  return readTens(tokens, at);
}

function afterHundred(tokens: readonly Token[], at: number, hundreds: number): Group {
  if (is(tokens, at, 'half')) return { amount: hundreds + 50, next: at + 1, tail: 0 };
  const and = is(tokens, at, 'and');
  const from = and ? at + 1 : at;
  const rest = readTens(tokens, from) ?? typedTail(tokens, from);
  if (!rest) return { amount: hundreds, next: at, tail: 0 };
  return { amount: hundreds + rest.amount * (!and && rest.tail === 1 ? 10 : 1), next: rest.next, tail: 0 };
}

/** "2 trăm 5", "2 trăm 50", "2 nghìn lẻ 5"; not "2 trăm 5 nghìn". */
function typedTail(tokens: readonly Token[], at: number): Group | undefined {
  const typed = typedFigure(tokens[at]);
  return typed && (typed.tail === 1 || typed.tail === 2) ? { ...typed, next: at + 1 } : undefined;
}

function readTens(tokens: readonly Token[], at: number): Group | undefined {
  if (is(tokens, at, 'ten')) return unitsAfter(tokens, at + 1, 10);
  const digit = digitAt(tokens, at);
  if (digit === undefined) return undefined;
  if (is(tokens, at + 1, 'ten')) return unitsAfter(tokens, at + 2, digit * 10);
  // "hai mốt", "ba lăm", "hai tư": mươi is left out.
  if (digit > 1 && /^(?:mốt|mot|lăm|lam|nhăm|nham|tư|tu)$/.test(tokens[at + 1]?.word ?? ''))
    return unitsAfter(tokens, at + 1, digit * 10);
  return { amount: digit, next: at + 1, tail: 1 };
}

function unitsAfter(tokens: readonly Token[], at: number, tens: number): Group {
  const unit = digitAt(tokens, at);
  return unit ? { amount: tens + unit, next: at + 1, tail: 0 } : { amount: tens, next: at, tail: 0 };
}

/** A figure in digits: whole, or with one or two decimals ("1,5 triệu"). Three decimals could be grouping, so they are not read. */
function typedFigure(token: Token | undefined): { amount: number; tail: number } | undefined {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(token?.word ?? '');
  if (!match?.[1]) return undefined;
  if (match[2]) return { amount: Number(`${match[1]}.${match[2]}`), tail: 0 };
  return { amount: Number(match[1]), tail: match[1].length <= 3 ? match[1].length : 0 };
}
