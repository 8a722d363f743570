// A pasted text as lines and rows of cells: tabs part cells, and a cell that a spreadsheet quotes may hold line breaks.
import { clean } from '../../src/domain/words.ts';

/** `cells` has one element where the line has no tab. */
export type TextLine = { readonly n: number; readonly text: string; readonly cells: readonly string[] };

/** Longer pastes are cut: a section has at most some hundred rows. */
const MOST_LINES = 2000;

/** Lines as they stand, blank ones included; behind a break at the very end a blank one too. */
export function textLines(pasted: string): readonly TextLine[] {
  // Guarded on both sides, so that an empty first or last cell is not trimmed away.
  const text = clean(`|${pasted}|`).slice(1, -1);
  const lines: TextLine[] = [];
  let [at, n] = [0, 1];
  while (at <= text.length && lines.length < MOST_LINES) {
    const { cells, end } = readRow(text, at);
    const raw = text.slice(at, end);
    lines.push({ n, text: raw, cells: cells.map(unmarked) });
    n += 1 + (raw.match(/\n/g)?.length ?? 0);
    at = end + 1;
  }
  return lines;
}

/** Bold and other marks that a copy leaves behind are no part of a cell. */
const unmarked = (cell: string): string => cell.replace(/<\/?(?:i|b|u|sup|sub|br) ?\/?>/gi, ' ').trim();

function readRow(text: string, start: number): { cells: string[]; end: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const quoted = quotedCell(text, at);
    const end = quoted?.end ?? nextBreak(text, at);
    cells.push(quoted?.cell ?? text.slice(at, end));
    if (text[end] !== '\t') return { cells, end };
    at = end + 1;
  }
}

/** A cell in quotes ends with a quote before a tab, a line break or the end; any other quote belongs to the words. */
function quotedCell(text: string, at: number): { cell: string; end: number } | undefined {
  const found = text[at] === '"' ? /"((?:[^"]|"")*)"(?=[ ]*(?:[\t\n]|$))/y : undefined;
  if (!found) return undefined;
  found.lastIndex = at;
  const match = found.exec(text);
  // Without a tab before or behind it, or a break inside, it is a quotation, not a cell.
  if (!match || !(/\n|""/.test(match[1] ?? '') || isCell(text, at, found.lastIndex))) return undefined;
  return { cell: (match[1] ?? '').replaceAll('""', '"'), end: nextBreak(text, found.lastIndex) };
}

const isCell = (text: string, at: number, end: number): boolean =>
  text[at - 1] === '\t' || /^ *\t/.test(text.slice(end, end + 20));

function nextBreak(text: string, at: number): number {
  const found = /[\t\n]|$/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? text.length;
}
