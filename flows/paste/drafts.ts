// Every line of a paste as what it says by itself: rows of a table, lines that name their row, bare figures.
import type { Indicator } from '../../src/domain/template.ts';
import { labelColumn } from './joined.ts';
import { readPlain } from './named.ts';
import type { Draft, PastePlace } from './pasted.ts';
import { type Form, type ReadRows, readRows } from './rows.ts';
import type { TextLine } from './text-lines.ts';
import { readerAt } from './values.ts';

/** The lines as drafts, and the columns that may hold the figures where that must be asked. */
export function draftsOf(
  lines: readonly TextLine[],
  form: Form,
  place: PastePlace,
  column: number | undefined,
): ReadRows {
  const plain = (line: TextLine): Draft => readPlain(line, form);
  const tabbed = lines.filter(({ cells }) => cells.length > 1);
  const label = tabbed.length > 0 ? labelColumn(lines, form.labels) : undefined;
  if (label === undefined) return { drafts: joinedLabels(lines.map(withoutCells), plain) };
  const read = readerAt(place, place.report);
  const isValue = (cell: string, indicator: Indicator): boolean =>
    /^\d[\d.,' ]*%?$/.test(cell) || (indicator.type !== 'text' && read(cell, indicator).is === 'accept');
  return readRows(lines, label, form, isValue, column, plain);
}

/** Cells without any whole label beside them, as a person would type them: "1.1: 5; ghi chú", "5; ghi chú". */
function withoutCells(line: TextLine): TextLine {
  const filled = line.cells.filter((cell, n) => n === 0 || cell !== '');
  const [first = '', ...others] = filled;
  if (filled.length < 2) return { ...line, text: line.cells.length > 1 ? first : line.text, cells: [first] };
  const isName = /\p{L}{2}/u.test(first) || /^(?:[ivx]+|\d{1,2})(?:\.\d{1,2})+\.?$/i.test(first);
  const text = isName ? `${first}: ${others.join('; ')}` : filled.join('; ');
  return { ...line, text, cells: [text] };
}

/** Lines read one by one, a label that goes on in the next lines as one. */
function joinedLabels(lines: readonly TextLine[], plain: (line: TextLine) => Draft): readonly Draft[] {
  const drafts: Draft[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as TextLine;
    let [best, parts, joined] = [plain(line), 1, line];
    const mayGoOn = (best.by === 'bare' || best.by === 'nothing') && hasSeveralWords(line.text);
    for (let more = 1; mayGoOn && more < 4; more++) {
      const next = lines[at + more];
      if (!next || next.text.trim() === '') break;
      const text = `${joined.text} ${next.text}`;
      joined = { ...joined, text, cells: [text] };
      const draft = plain(joined);
      if (draft.by === 'label' && draft.exact)
        [best, parts] = [
          {
            ...draft,
            text: lines
              .slice(at, at + more + 1)
              .map((each) => each.text)
              .join('\n'),
          },
          more + 1,
        ];
    }
    drafts.push(best);
    at += parts - 1;
  }
  return drafts;
}

/** A word, and something after it. Not one pattern: on one long word that would take a second. */
function hasSeveralWords(text: string): boolean {
  const word = /\p{L}{2}/u.exec(text);
  return word !== null && /\s/.test(text.slice(word.index + word[0].length));
}
