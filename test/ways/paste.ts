// The way of pasting: the officer copies the table section by section out of the Word file and confirms what was understood.
import { asPrinted, type Part, partsOfDocument, render } from '../paste-reading/forms.ts';
import { meantBy } from '../support/officer.ts';
import { answer, askedIn, goTo, lineOf, NEXT, noteHeading, type Task, type Way } from './task.ts';

export const paste: Way = async (task) => {
  const { desk, template, document } = task;
  for (const part of partsOfDocument(document.id, template, asPrinted)) {
    for (const { text, rows, isFilled } of piecesOf(part, desk.longest)) {
      if (!isFilled) {
        await noteAll(task, rows);
        continue;
      }
      await desk.say(text);
      await desk.hears(/^Đọc được/m);
      if (!desk.offers(STORE)) {
        await desk.choose('Đưa vào mục');
        await desk.hears(/^Đọc được/m);
      }
      await desk.choose(STORE);
      await settle(task);
    }
  }
  // A paste holds what stands in the rows of indicators; what is noted at a heading is written there.
  const headings = document.lines.filter(
    ({ id, note }) => note !== '' && template.byId.get(id)?.row !== 'indicator',
  );
  for (const { id, note } of headings)
    if (note !== template.byId.get(id)?.printedNote) await noteHeading(task, id);
};

const STORE = /^Ghi \d+ số liệu$/;

/** In a piece without any figure there is nothing to paste: what is noted there is typed. */
async function noteAll(task: Task, rows: readonly string[]): Promise<void> {
  for (const id of rows) {
    const row = task.template.byId.get(id);
    if (row?.row !== 'indicator' || lineOf(task, row).note === '') continue;
    await goTo(task, row);
    await answer(task, row);
  }
}

type Piece = { readonly text: string; readonly rows: readonly string[]; readonly isFilled: boolean };

/** A section as it is copied: whole, or in a few pieces where a message holds no more, each from one numbered row on. */
function piecesOf(part: Part, longest: number): readonly Piece[] {
  const groups: Piece[] = [];
  for (const { id, text } of render(part, 'word')) {
    const row = { text, rows: [id], isFilled: part.lines.get(id)?.value !== '' };
    groups.push(joined(/^[^\t]*\d/.test(text) ? undefined : groups.pop(), row));
  }
  const pieces: Piece[] = [];
  for (const group of groups) {
    const last = pieces.pop();
    const both = joined(last, group);
    pieces.push(...(last && both.text.length > longest ? [last, group] : [both]));
  }
  return pieces;
}

const joined = (above: Piece | undefined, below: Piece): Piece =>
  above
    ? {
        text: `${above.text}\n${below.text}`,
        rows: [...above.rows, ...below.rows],
        isFilled: above.isFilled || below.isFilled,
      }
    : below;

/** What was not clear in the paste is asked, one after the other. */
async function settle(task: Task): Promise<void> {
  const { desk, template } = task;
  for (;;) {
    const question = await desk.hears(NEXT);
    if (!desk.heard(/^Trong đoạn dán/m)) return;
    const indicator = askedIn(question, template);
    const line = lineOf(task, indicator);
    const wanted = meantBy(line, indicator, question.buttons);
    if (question.buttons.some(({ label }) => label === wanted)) await desk.choose(wanted);
    else await answer(task, indicator);
  }
}
