// What every way of filling gets: the officer's desk, the form, and the document that lies beside the phone.
import { addressOf, headingsAbove } from '../../src/domain/progress.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { ownName } from '../../src/text/row-names.ts';
import { askedBy, type Document, type Line, meantBy, parted } from '../support/officer.ts';
import type { Desk } from './desk.ts';

export type Task = {
  readonly desk: Desk;
  readonly template: Template;
  readonly document: Document;
  /** Indicators whose value was another one in the period before. */
  readonly changed: readonly Indicator[];
};

export type Way = (task: Task) => Promise<void>;

/** What the next question begins with, and what is said when nothing is left to ask. */
export const NEXT = /^Chỉ tiêu \d+\/\d+ của mục|^Xem lại/m;
const BACK = /^Anh\/chị nhập “/m;
const ECHO = /^✓ /m;
const NEXT_OR_BACK = new RegExp(`${NEXT.source}|${BACK.source}`, 'm');
const SEVERAL = /^Có nhiều chỉ tiêu/m;
const ECHOED = new RegExp(`${ECHO.source}|${BACK.source}|${SEVERAL.source}`, 'm');
const NEXT_OR_SEVERAL = new RegExp(`${NEXT.source}|${SEVERAL.source}`, 'm');

export const lineOf = ({ document }: Task, { id }: Pick<Indicator, 'id'>): Line => {
  const line = document.lines.find((each) => each.id === id);
  if (!line) throw new Error(`the document has no row ${id}`);
  return line;
};

/** A cell and its note as they are typed. */
function typed({ value, note }: Line): string {
  if (value === '') return `/trong ${note}`;
  return note === '' ? value : `${value}; ${note}`;
}

/** The indicator that a question asks for, whatever is said before it in the same message. */
export const askedIn = (question: ReturnType<Desk['said']>[number], template: Template): Indicator =>
  askedBy(parted(question)[1], template);

/** Types the value of the indicator that is asked, with its note; asked back, chooses what was meant. */
export async function answer(task: Task, indicator: Indicator): Promise<void> {
  const { desk } = task;
  const line = lineOf(task, indicator);
  await desk.say(typed(line));
  const { text, buttons } = await desk.hears(NEXT_OR_BACK);
  if (NEXT.test(text)) return;
  await desk.choose(meantBy(line, indicator, buttons));
  await desk.hears(NEXT);
}

/** Writes another value: by the printed number where only one row has it, else by the words of the label. */
export async function change(task: Task, indicator: Indicator): Promise<void> {
  const { desk, template } = task;
  const line = lineOf(task, indicator);
  const number = addressOf(template, indicator);
  const isOnly = template.indicators.every(
    (row) => row === indicator || !addressOf(template, row).startsWith(number),
  );
  const name = isOnly ? number : indicator.label.replace(/\s+/g, ' ');
  await desk.say(`/sua ${name}: ${typed(line)}`);
  const { text, buttons } = await desk.hears(ECHOED);
  if (SEVERAL.test(text)) {
    await desk.choose(ownName(template, indicator, 58));
    await desk.hears(NEXT);
    await answer(task, indicator);
  } else if (BACK.test(text)) {
    await desk.choose(meantBy(line, indicator, buttons));
    await desk.hears(ECHO);
  }
}

/** Goes to an indicator by the words of its label; where several fit, to the one that is meant. */
export async function goTo({ desk, template }: Task, indicator: Indicator): Promise<void> {
  await desk.say(`/sua ${indicator.label.replace(/\s+/g, ' ')}`);
  await desk.hears(NEXT_OR_SEVERAL);
  if (!desk.heard(SEVERAL)) return;
  await desk.choose(ownName(template, indicator, 58));
  await desk.hears(NEXT);
}

/** Goes to the first indicator below a heading and writes the heading's note. */
export async function noteHeading(task: Task, heading: string): Promise<void> {
  const { desk, template } = task;
  const below = template.indicators.find((row) =>
    headingsAbove(template, row).some(({ id }) => id === heading),
  );
  if (!below) throw new Error(`nothing stands below ${heading}`);
  await goTo(task, below);
  const steps = headingsAbove(template, below).findIndex(({ id }) => id === heading);
  await desk.say(`/ghichumuc ${lineOf(task, { id: heading }).note}`);
  await desk.hears(/^Đã ghi chú cho/m);
  for (let n = 0; n < steps; n++) {
    await desk.choose('Chuyển sang: ');
    await desk.hears(/^Đã ghi chú cho/m);
  }
}
