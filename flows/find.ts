// Finding an indicator by its printed number or by a few words, with or without diacritics.
import { addressOf, ancestors } from '../src/domain/progress.ts';
import type { Indicator, Row, Template } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';

/**
 * Indicators that fit, best first: the exact printed number ("III.5", "3.1.1", "5", "mục III"; a heading's number stands for
 * the rows under it), else the whole phrase in the label, else all words in the label or the headings above, else the initials of the label ("sldvcqg").
 */
export function findIndicators(template: Template, words: string): readonly Indicator[] {
  const wanted = fold(words).replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  if (wanted === '') return [];
  const number = /^(?:(?:muc|phan|chi tieu|so thu tu|stt|so|dong) )?([ivx\d][ivx\d]*(?:[., /-]+[ivx\d]+)*)$/
    .exec(wanted)?.[1]
    ?.replace(/[., /-]+/g, '.');
  const numbered = number === undefined ? [] : byNumber(template, number);
  if (numbered.length > 0) return numbered;
  const phrase = template.indicators.filter((row) => fold(row.label).includes(wanted));
  if (phrase.length > 0) return exactFirst(phrase, wanted);
  const parts = wanted.split(' ').filter(Boolean);
  const all = template.indicators.filter((row) => hasAll(fold(row.label), parts));
  if (all.length > 0) return all;
  const within = template.indicators.filter((row) =>
    hasAll(fold([row, ...ancestors(template, row)].map((each) => each.label).join(' ')), parts),
  );
  if (within.length > 0) return within;
  const initials = wanted.replace(/ /g, '');
  return initials.length < 3
    ? []
    : template.indicators.filter((row) => initialsOf(row.label).includes(initials));
}

/**
 * Rows by a number in small letters: with its section ("iii.5"), the section alone ("iii"), or without ("5", in every section).
 * A row that is printed with the number itself stands before the rows under it.
 */
function byNumber(template: Template, number: string): readonly Indicator[] {
  const address = (row: Row): string => addressOf(template, row).toLowerCase();
  const section = template.sections.find((row) => address(row) === number);
  if (section) return template.indicators.filter((row) => row.section === section.id);
  const named = template.indicators.filter((row) =>
    [address(row), address(row).replace(/^[ivx]+\./, '')].includes(number),
  );
  // A heading whose rows all have numbers of their own: "1.1" stands for 1.1.1, 1.1.2 …
  if (named.length === 0) return template.indicators.filter((row) => address(row).startsWith(`${number}.`));
  const own = new Set(named.filter((row) => /\d/.test(row.stt)).map(address));
  return named.filter((row) => !own.has(address(row)) || /\d/.test(row.stt));
}

const hasAll = (text: string, parts: readonly string[]): boolean =>
  parts.every((part) => text.includes(part));

const exactFirst = (rows: readonly Indicator[], wanted: string): readonly Indicator[] => {
  const exact = rows.filter((row) => fold(row.label).replace(/^- /, '') === wanted);
  return exact.length > 0 ? exact : rows;
};

const initialsOf = (label: string): string =>
  fold(label)
    .split(/[^a-z0-9]+/)
    .map((word) => word[0] ?? '')
    .join('');
