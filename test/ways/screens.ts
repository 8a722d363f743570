// The way of the screens: the dialog, in which the officer answers at once what is asked at once.
import type { Indicator } from '../../src/domain/template.ts';
import { answer, askedIn, lineOf, NEXT, noteHeading, type Task, type Way } from './task.ts';

/** How many rows a screen says it takes at once. */
const SCREEN = /gõ (\d+) (?:số|mã) theo thứ tự/;

export const screens: Way = async (task) => {
  const { desk, template, document } = task;
  for (let shown = await desk.hears(NEXT); !/^Xem lại/m.test(shown.text); shown = await desk.hears(NEXT)) {
    const indicator = askedIn(shown, template);
    const count = Number(SCREEN.exec(shown.text)?.[1] ?? 1);
    const first = template.indicators.indexOf(indicator);
    const rows = template.indicators.slice(first, first + count);
    if (count > 1 && rows.every((row) => isPlain(task, row))) await answerAll(task, rows);
    else await answer(task, indicator);
  }
  const headings = document.lines.filter(
    ({ id, note }) => note !== '' && template.byId.get(id)?.row !== 'indicator',
  );
  for (const { id, note } of headings)
    if (note !== template.byId.get(id)?.printedNote) await noteHeading(task, id);
};

/** Types a value for each row; asked what was meant, says that it was just that. */
async function answerAll(task: Task, rows: readonly Indicator[]): Promise<void> {
  const { desk } = task;
  await desk.say(rows.map((row) => lineOf(task, row).value).join(' '));
  const { text } = await desk.hears(new RegExp(`${NEXT.source}|nên chưa ghi gì`, 'm'));
  if (!NEXT.test(text)) await desk.choose(/^Ghi \d+ dòng/);
}

/** A whole number without a note, and no point in it that could be meant otherwise beside others. */
function isPlain(task: Task, row: Indicator): boolean {
  const { value, note } = lineOf(task, row);
  return /^\d+$/.test(value) && note === '';
}
