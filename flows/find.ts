// Finding an indicator by its printed number or by a few words, with or without diacritics.
import { addressOf, ancestors } from '../src/domain/progress.ts';
import type { Indicator, Template } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';

/**
 * Indicators that fit, best first: the exact printed number ("III.5", "3.1.1", "5"; a heading's number stands for the rows
 * under it), else the whole phrase in the label,
 * else all words in the label or the headings above, else the initials of the label ("sldvcqg").
 */
export function findIndicators(template: Template, words: string): readonly Indicator[] {
  const wanted = fold(words);
  const number = /^[ivx\d][ivx\d. ]*$/.test(wanted)
    ? wanted.replace(/[. ]+/g, '.').replace(/\.$/, '')
    : undefined;
  if (number) {
    const own = template.indicators.filter(
      (row) => row.stt !== '' && printed(template, row).includes(number),
    );
    const under = template.indicators.filter((row) => addressOf(template, row).toLowerCase() === number);
    const numbered = own.length > 0 ? own : under;
    if (numbered.length > 0) return numbered;
  }
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

/** The numbers people may type for a row: its own STT and its address with the section, in small letters. */
function printed(template: Template, row: Indicator): readonly string[] {
  const address = addressOf(template, row).toLowerCase();
  const own = row.stt.replace(/\.$/, '').toLowerCase();
  return own === '' ? [address] : [own, address];
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
