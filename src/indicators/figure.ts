// The figure inside an answer, for the three types that are figures: alone, beside words, as a fraction, a sum or in words.
import type { Indicator } from '../domain/template.ts';
import { refusal } from './doubtful.ts';
import type { Found, ReadNumeral } from './found.ts';
import { readNumberWords } from './number-words.ts';
import type { Figured } from './numerals.ts';
import { splitNumeral } from './numerals.ts';
import { privacyFault } from './privacy.ts';
import type { Why } from './reading.ts';
import { type Around, around, onlyUnit, writtenOut } from './words-around.ts';

const LONGEST = 300;
const PERCENT = /\s*(?:%|phần trăm|phan tram)$/i;
const NUMERAL = /\d+(?:[.,'’]\d+| \d{3}(?!\d))*/g;
const FRACTION = /(\d[\d.,]*)\s*(?:\/|trên tổng số|trên|trong tổng số|trong số)\s*(\d[\d.,]*)/i;
/** "5.971 nghìn", "ba mươi 5" were not read as words, so the figure alone is not the answer either. */
const SCALES = 'nghìn|ngàn|nghin|ngan|triệu|trieu|tỷ|tỉ|trăm|tram|chục|mươi|muoi|rưỡi|ruoi|phẩy|phay';
const SCALE_BEHIND = new RegExp(`^\\s*(?:‰|(?:${SCALES}|chuc|vạn|phần nghìn|phan nghin)(?!\\p{L}))`, 'iu');
const SCALE_BEFORE = new RegExp(`(?<!\\p{L})(?<!(?:phần|phan) )(?:${SCALES}|mười|linh|lẻ)\\s*$`, 'iu');
/** Decimals in words ("chín phẩy năm") are not read, and "12 chuc danh", "12 tỷ lệ" end in another word than a number. */
const NO_FIGURE =
  /(?<!\p{L})(?:phẩy|phay|chuc (?:danh|vu|nang)|(?:tỷ|tỉ|ty|ti) (?:lệ|le|trọng|trong))(?!\p{L})/iu;
/** Figures that are not the answer: dates, document numbers, years and months. */
const OTHER_FIGURES =
  /(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\d+\s*\/\s*(?:\d{4}\s*\/\s*)?\p{L}[\p{L}-]*|(?:ngày|ngay|tháng|thang|quý|quy|năm|nam)\s+\d{1,4}(?:\/\d{1,4})*|(?:đến|den|hết|het)\s+\d{1,2}\/\d{1,2}(?![\d/])|(?<!\d)[69]\s+(?:tháng|thang)(?!\p{L})/giu;

/** The one figure that the text holds, with its doubts; undefined when there is none. `read` decides what its marks mean. */
export function findFigure(text: string, indicator: Indicator, read: ReadNumeral): Found | undefined {
  const bare = withoutWrapping(text);
  if (bare.length > LONGEST)
    return /\p{L}/u.test(bare) ? undefined : { is: 'doubt', why: 'tooBig', maybe: [] };
  // A telephone or identity number in place of the figure.
  if (/^[\s'"(]*[+0]/.test(text) && privacyFault(text))
    return { is: 'doubt', why: 'notUnderstood', maybe: [] };
  const refused = refusal(bare, indicator, read);
  if (refused) return refused;
  const percent = PERCENT.test(bare);
  const typed = bare.replace(PERCENT, '');
  const numeral = splitNumeral(typed);
  if (numeral) return figured(read(numeral), { percent, ...(/^\d+$/.test(typed) && { digits: typed }) });
  return (
    readSum(bare, read) ??
    readFraction(bare, read) ??
    readBeforeUnit(typed, indicator, read) ??
    readInWords(typed, indicator, percent) ??
    readBesideWords(bare, indicator, read)
  );
}

/** Quotes, the apostrophe and the "=" that Excel leaves, a plus sign, and marks at the end of a sentence. */
const withoutWrapping = (text: string): string =>
  text
    .replace(/^[\s'"“”‘’«»`=]+/, '')
    .replace(/[\s'"“”‘’«»`.,:!]+$/, '')
    .replace(/^\+\s*(?=\d)/, '');

type Extra = {
  readonly percent: boolean;
  readonly digits?: string;
  readonly why?: Why;
  readonly note?: string;
};

/** The doubt about the marks comes first: the words are shown with it anyway. */
function figured(read: Figured, extra: Extra): Found {
  if (read.is === 'fault')
    return {
      is: 'doubt',
      why: read.why,
      maybe: read.maybe.map((one) => ({ ...one, ...(extra.note && { note: extra.note }) })),
    };
  const why = extra.why === 'secretCount' ? extra.why : (read.why ?? extra.why);
  return { ...extra, ...read, ...(why && { why }) };
}

/** "34 + 4", "34 + 4 = 38", "3 × 5". */
function readSum(text: string, read: ReadNumeral): Found | undefined {
  const match = /^(\d[\d.,]*(?:\s*[+*×]\s*\d[\d.,]*)+)(?:\s*=\s*(\d[\d.,]*))?$/.exec(text);
  if (!match?.[1]) return undefined;
  const value = (typed: string): number => {
    const numeral = splitNumeral(typed.trim());
    const one = numeral && read(numeral);
    return one?.is === 'figure' ? one.number : Number.NaN;
  };
  const exact = match[1]
    .split('+')
    .reduce((sum, term) => sum + term.split(/[*×]/).reduce((product, one) => product * value(one), 1), 0);
  const total = Number(exact.toFixed(6));
  if (!(total <= 1e15)) return { is: 'doubt', why: 'notUnderstood', maybe: [] };
  const one = (figure: number): { number: number; decimals: number; note: string } => ({
    number: figure,
    decimals: Number.isInteger(figure) ? 0 : (String(figure).split('.')[1]?.length ?? 0),
    note: text,
  });
  if (match[2] === undefined || value(match[2]) === total)
    return { is: 'figure', percent: false, why: 'expression', ...one(total) };
  const said = value(match[2]);
  return { is: 'doubt', why: 'expression', maybe: (Number.isNaN(said) ? [total] : [said, total]).map(one) };
}

/** "08/21", "16.181 /16.183", "12/19 người": one fraction and no other figure. */
function readFraction(text: string, read: ReadNumeral): Found | undefined {
  const masked = text.replace(OTHER_FIGURES, (other) => '_'.repeat(other.length));
  const match = FRACTION.exec(masked);
  if (!match?.[1] || !match[2]) return undefined;
  const outside = masked.slice(0, match.index) + masked.slice(match.index + match[0].length);
  if (/[\d/]/.test(outside)) return undefined;
  const [part, whole] = [match[1], match[2].replace(/[.,]+$/, '')].map((typed) => {
    const numeral = splitNumeral(typed);
    return numeral ? read(numeral) : undefined;
  });
  if (part?.is !== 'figure' || whole?.is !== 'figure') return { is: 'doubt', why: 'badGrouping', maybe: [] };
  return { is: 'fraction', part: part.number, whole: whole.number, note: text };
}

/** "12,5 triệu đồng" where the unit is Triệu đồng: the scale belongs to the unit, not to the figure. */
function readBeforeUnit(text: string, indicator: Indicator, read: ReadNumeral): Found | undefined {
  const [, figure = '', words = ''] = /^(\d[\d.,]*)\s*(\p{L}.*)$/u.exec(text) ?? [];
  const numeral = SCALE_BEHIND.test(words) && onlyUnit(words, indicator) ? splitNumeral(figure) : undefined;
  return numeral && figured(read(numeral), { percent: false });
}

/** "hai mươi mốt", "2 nghìn hồ sơ". One number word alone ("một cửa liên thông …") counts only before the unit. */
function readInWords(text: string, indicator: Indicator, percent: boolean): Found | undefined {
  const spoken = /^(\d+) (?:phẩy|phay) (\d{1,6})$/i.exec(text);
  if (spoken?.[1] && spoken[2]) {
    const decimals = spoken[2].length;
    return { is: 'figure', number: Number(`${spoken[1]}.${spoken[2]}`), decimals, percent, why: 'words' };
  }
  const found = readNumberWords(text);
  if (!found) return undefined;
  const rest = found.rest.replace(/^[,;:.]+\s*/, '');
  const sameInDigits = /^\((\d+)\)$/.exec(rest)?.[1];
  const whole: Extra & { why: Why } = { percent, why: 'words' };
  const figure = { is: 'figure' as const, number: found.number, decimals: 0, ...whole };
  if (rest === '' || onlyUnit(rest, indicator) || Number(sameInDigits) === found.number) return figure;
  if (/\d/.test(rest) || NO_FIGURE.test(text) || readNumberWords(rest)?.rest === '') return undefined;
  if (found.words === 1 && !/^\d/.test(text)) return undefined;
  return { ...figure, ...noteOf(around('', rest, text, indicator)) };
}

function noteOf(words: Around): { note?: string } {
  return words.note ? { note: words.note } : {};
}

/** One figure with words before or behind it: the words are offered as the note. */
function readBesideWords(text: string, indicator: Indicator, read: ReadNumeral): Found | undefined {
  const masked = text.replace(OTHER_FIGURES, (other) => '_'.repeat(other.length));
  const all = [...masked.matchAll(NUMERAL)];
  const inPercent = all.filter((match) => /^\s*%/.test(masked.slice(match.index + match[0].length)));
  const only = all.length === 1 ? all[0] : inPercent.length === 1 ? inPercent[0] : undefined;
  if (!only) return all.length === 0 ? undefined : several(text, all, read);
  const numeral = splitNumeral(only[0]);
  if (!numeral) return undefined;
  const before = text.slice(0, only.index);
  const behind = text.slice(only.index + only[0].length);
  if (/\p{L}$/u.test(before) || /^\p{L}(?!\p{L})/u.test(behind.replace(/^đ/i, '')))
    return { is: 'doubt', why: 'letterInNumber', maybe: [] };
  const sign = /^\s*(?:%|phần trăm)/i.exec(behind)?.[0] ?? '';
  const after = behind.slice(sign.length);
  if (SCALE_BEFORE.test(before) || SCALE_BEHIND.test(after))
    return { is: 'doubt', why: 'notUnderstood', maybe: [] };
  const value = read(numeral);
  const again = writtenOut(after.trim());
  if (value.is === 'figure' && again !== undefined && again !== value.number)
    return {
      is: 'doubt',
      why: 'severalNumbers',
      maybe: [value, { number: again, decimals: 0 }].map((one) => ({ ...one, note: text })),
    };
  const words = around(before, after, text, indicator);
  const percent = sign !== '';
  if (words.is === 'onlyUnit') return figured(value, { percent });
  return figured(value, {
    percent,
    why: words.is === 'secret' ? 'secretCount' : 'strippedText',
    ...noteOf(words),
  });
}

function several(text: string, all: readonly RegExpMatchArray[], read: ReadNumeral): Found {
  const maybe = all.slice(0, 4).flatMap((match) => {
    const numeral = splitNumeral(match[0]);
    const one = numeral && read(numeral);
    return one?.is === 'figure' ? [{ number: one.number, decimals: one.decimals, note: text }] : [];
  });
  return {
    is: 'doubt',
    why: 'severalNumbers',
    maybe: maybe.filter((one, at) => maybe.findIndex((other) => other.number === one.number) === at),
  };
}
