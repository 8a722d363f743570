// Choices with codes: "Có = 1 Không = 0", "Tốt = 1 Có vi phạm = 0". The label always wins over the code.

import type { Value } from '../domain/report.ts';
import type { Choice, Indicator } from '../domain/template.ts';
import { clean, fold } from '../domain/words.ts';
import { beginsWithLabel, weakMatch } from './choice-words.ts';
import { isSentence } from './found.ts';
import type { IndicatorKind, Proposal } from './kind.ts';
import { accept, ask, BLANK, confirm, NOT_APPLICABLE, PENDING, plain, plainCell, proposal } from './kind.ts';
import type { Phrase } from './phrases.ts';
import { readCommonPhrase, readPhrase } from './phrases.ts';
import type { Reading, Why } from './reading.ts';

const value = (choice: Choice): Value => ({ is: 'choice', code: choice.code });
const printed = (choice: Choice): string => `${choice.code} – ${choice.label}`;

export const choice: IndicatorKind = {
  parse(text, indicator, context) {
    const { choices } = indicator;
    const typed = bare(text);
    const named = choices.find((one) => names(one).includes(typed));
    if (named) return accept(value(named));
    const echoed = choices.find((one) => sameAsPrinted(typed, one));
    if (echoed) return accept(value(echoed));
    if (/^\d+$/.test(typed)) return fromCode(Number(typed), typed, choices);
    const phrase = readPhrase(text, indicator);
    const common = phrase && readCommonPhrase(phrase, context);
    if (common) return common;
    const polite = typed.replace(/ (?:a|nhe|nha)$/, '');
    const weak = choices.find((one) => names(one).includes(polite)) ?? weakMatch(polite, choices);
    if (weak) return confirm('weakWord', value(weak));
    const labelled = beginsWithLabel(text, choices);
    if (labelled) return confirm('strippedText', value(labelled.choice), labelled.rest);
    return phrase
      ? fromPhrase(phrase, text, indicator)
      : all(/^\d/.test(typed) ? 'outsideCodes' : 'notUnderstood', text, choices);
  },
  format(answer, { choices }) {
    const chosen = answer.is === 'choice' ? choices.find((one) => one.code === answer.code) : undefined;
    return chosen ? printed(chosen) : plain(answer);
  },
  toCell: plainCell,
  example: ({ choices }) => choices[0]?.label ?? '',
  note: 'unlessAccepted',
};

/**
 * The codes printed in a unit cell, in printed order; [] when the cell is not a list of at least two codes.
 * A code ends at the first character that is no digit, so a label may begin with one: "Chưa có = 0 2 cấp = 1".
 */
export function parseChoices(unit: string): Choice[] {
  const text = clean(unit).replace(/\s+/g, ' ');
  const found = [...text.matchAll(/([^=;]+?)\s*=\s*(\d+)(?=[\s;,.)]|\p{L}|$)/gu)];
  const choices = found.map((match) => ({
    label: (match[1] ?? '').replace(/^[\s.,;/(-]+/, '').trim(),
    code: Number(match[2]),
  }));
  const covered = found.reduce((length, match) => length + match[0].length, 0);
  const separators = text.length - covered;
  const labels = new Set(choices.map((one) => fold(one.label)));
  const codes = new Set(choices.map((one) => one.code));
  const sound =
    choices.length >= 2 && labels.size === choices.length && codes.size === choices.length && !labels.has('');
  return sound && separators <= choices.length * 3 ? choices : [];
}

/** Folded, without quotes, marks and zeros at the ends: "02 cấp." is "2 cap". */
const bare = (text: string): string =>
  fold(text)
    .replace(/^['"“”‘’=\s]+|['"“”‘’.!,\s]+$/g, '')
    .replace(/^0+(?=\d)/, '');

const names = (one: Choice): string[] => [one.label, ...(one.also ?? [])].map(bare);

/** "1 – Có", "1. Có", "1 (Có)", "Có = 1", "1 Có": the code and the label together. */
function sameAsPrinted(typed: string, one: Choice): boolean {
  const label = bare(one.label);
  const behind = new RegExp(`^0*${one.code}\\s*[-–—.:=/()]*\\s*`);
  return (
    typed.replace(behind, '').replace(/\)$/, '') === label ||
    (typed.startsWith(label) &&
      /^\s*[-–—:=(]\s*0*(\d+)\)?$/.exec(typed.slice(label.length))?.[1] === String(one.code))
  );
}

/** A code is taken as typed, except where it may have been meant as a word: 0 as "không", 2 as "2 cấp". */
function fromCode(code: number, typed: string, choices: readonly Choice[]): Reading {
  const chosen = choices.find((one) => one.code === code);
  if (!chosen) return all('outsideCodes', typed, choices);
  const other = choices.find((one) => one !== chosen && new RegExp(`^0*${code}(?!\\d)`).test(one.label));
  if (other) return ask('wordMeansOther', [proposal(value(other)), proposal(value(chosen))]);
  const zeroIsNone = /^(?:khong|chua)(?: |$)/.test(fold(chosen.label));
  return code === 0 && !zeroIsNone ? confirm('wordMeansOther', value(chosen)) : accept(value(chosen));
}

/** "chưa" in a Có/Không row is no, or not known yet; "không" where no code says so means nothing here. */
function fromPhrase({ means, says }: Phrase, text: string, { choices }: Indicator): Reading {
  const no = choices.find((one) => fold(one.label) === 'khong');
  switch (means) {
    case 'notYet':
      return no
        ? ask('notYet', [proposal(value(no), says), proposal(PENDING, says)])
        : all('notYet', text, choices);
    case 'none':
    case 'noneBut':
    case 'noCases':
      // "không phải …" denies something, but not always the question.
      if (/^(?:khong|khg|kg|ko|k) phai(?: |$)/.test(fold(text))) return all('notUnderstood', text, choices);
      return no ? confirm('weakWord', value(no), says) : all('wordMeansOther', text, choices);
    case 'dash':
      return ask('dash', [
        ...choices.map((one) => proposal(value(one))),
        proposal(BLANK),
        proposal(NOT_APPLICABLE),
      ]);
    case 'cross':
      return all('cross', text, choices);
    default:
      return all('notUnderstood', text, choices);
  }
}

/** Every choice as a button; a whole sentence is offered as the note. */
function all(why: Why, text: string, choices: readonly Choice[]): Reading {
  const meaning: Why = fold(text) === 'co' ? 'wordMeansOther' : why;
  const note = isSentence(text) && text.length <= 2000 ? text : undefined;
  const readings: Proposal[] = choices.map((one) => proposal(value(one), note));
  return ask(meaning, readings);
}
