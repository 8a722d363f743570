// Reading what a coordinator types to give a report back: "III.7: lý do", one indicator on each line, or words about the whole.
import type { Indicator, Template } from '../../src/domain/template.ts';
import { fold } from '../../src/domain/words.ts';
import { findIndicators } from '../find.ts';

/** `unsure`: before the colon stands what fits several indicators or none; `line` is the whole line, `text` what follows the colon. */
export type ReturnLine =
  | { readonly is: 'point'; readonly row: Indicator; readonly text: string }
  | { readonly is: 'unsure'; readonly line: string }
  | { readonly is: 'whole'; readonly text: string };

/** Each line that says something. `numbersOnly`: words before a colon are no indicator, only a printed number is. */
export const readLines = (template: Template, typed: string, numbersOnly: boolean): readonly ReturnLine[] =>
  typed
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .map((line) => readLine(template, line, numbersOnly));

function readLine(template: Template, line: string, numbersOnly: boolean): ReturnLine {
  const parts = partsOf(line);
  if (!parts || (numbersOnly && !isNumber(parts.name))) return { is: 'whole', text: line };
  const [row, ...others] = findIndicators(template, parts.name);
  return row && others.length === 0 ? { is: 'point', row, text: parts.text } : { is: 'unsure', line };
}

/** What stands before and after the first colon; "16:00" is a time, and a colon with nothing behind it ends a sentence. */
export function partsOf(line: string): { readonly name: string; readonly text: string } | undefined {
  const match = /^(.{1,100}?)\s*(?:[:：](?!\d)|(?<!\d)[:：])\s*(\S.*)$/.exec(line);
  return match?.[1] && match[2] ? { name: match[1], text: match[2] } : undefined;
}

/** "III.7", "mục 3.1", "chỉ tiêu 5". */
const isNumber = (name: string): boolean =>
  /^(?:[a-z]+ ){0,3}[ivx\d][ivx\d]*(?:[., /-]+[ivx\d]+)*$/.test(fold(name));

/** The indicators that a line's beginning may mean. */
export const candidates = (template: Template, line: string): readonly Indicator[] =>
  findIndicators(template, partsOf(line)?.name ?? line);
