// What follows /giao: headings by number or words, and perhaps the colleague's name.
import type { Row, Template } from '../../src/domain/template.ts';
import { clean } from '../../src/domain/words.ts';
import { findIndicators } from '../find.ts';
import { headingsNamed } from '../heading.ts';

/** The rows named, and the name behind them if there is one; or the words that name no row, or several, and the rows understood. */
export type Named =
  | { readonly rows: readonly Row[]; readonly name?: string }
  | { readonly unknown: string; readonly isSeveral: boolean; readonly known: readonly Row[] };

export function readNamed(template: Template, typed: string): Named {
  const words = clean(typed).replace(/\s+/g, ' ').trim();
  const [, before, behind] = /^(.+?)\s+cho\s+(.+)$/iu.exec(words) ?? [];
  if (before !== undefined && behind !== undefined) {
    const found = rowsIn(template, before);
    if ('rows' in found) return { ...found, name: behind };
  }
  const whole = rowsIn(template, words);
  if ('rows' in whole) return whole;
  // Without "cho", only words that are written like a name.
  const parts = words.split(' ');
  for (let n = parts.length - 1; n > 0; n--) {
    const name = parts.slice(n);
    if (!name.every((part) => /^\p{Lu}\p{L}*$/u.test(part))) break;
    const found = rowsIn(template, parts.slice(0, n).join(' '));
    if ('rows' in found) return { ...found, name: name.join(' ') };
  }
  return before === undefined ? whole : rowsIn(template, before);
}

/** "III", "III.2, IV", "văn bản chỉ đạo"; words with a comma of their own are first looked for whole. */
function rowsIn(template: Template, words: string): Named {
  const one = rowsCalled(template, words);
  if (one.length === 1) return { rows: one };
  const pieces = words.split(/\s*(?:[,;]|\svà\s)\s*/u).filter(Boolean);
  if (pieces.length < 2) return { unknown: words, isSeveral: one.length > 1, known: [] };
  const found = pieces.map((piece) => ({ piece, rows: rowsCalled(template, piece) }));
  const known = found.flatMap(({ rows }) => (rows.length === 1 ? rows : []));
  const open = found.find(({ rows }) => rows.length !== 1);
  if (open) return { unknown: open.piece, isSeveral: open.rows.length > 1, known };
  return { rows: [...new Set(known)] };
}

/** Headings; else indicators. */
function rowsCalled(template: Template, words: string): readonly Row[] {
  const headings = headingsNamed(template, words);
  return headings.length > 0 ? headings : findIndicators(template, words);
}
