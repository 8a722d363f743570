// Where a command is meant: in the report in hand, or at the question that is being asked; and what is said where there is none.
import { isOverseer } from '../src/domain/people.ts';
import { isEditable } from '../src/domain/report.ts';
import { COMMAND } from '../src/text/menu.ts';
import { REVIEW } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { type At, type Opened, type Outcome, openable, openReport, type Turn } from './flow.ts';
import { listMessage, lockedMessage } from './menu.ts';

export const oversees = ({ facts: { person } }: Turn): boolean =>
  person !== undefined && isOverseer(person.role);

/** The report in hand: the one we wait in, else the only one that is open. */
export function currentReport(turn: Turn): Opened | undefined {
  const { waiting } = turn.session;
  if ('report' in waiting) return openReport(turn.facts, waiting.report);
  const all = openable(turn.facts);
  const open = all.filter((each) => isEditable(each.report));
  return open.length === 1 ? open[0] : all.length === 1 ? all[0] : undefined;
}

export function inReport(turn: Turn, then: (opened: Opened) => Outcome): Outcome {
  const opened = currentReport(turn);
  return opened
    ? then(opened)
    : { say: [{ text: [COMMAND.noReport] }, ...(oversees(turn) ? [] : [listMessage(turn.facts)])] };
}

export function atQuestion(turn: Turn, then: (opened: Opened, waiting: At<'fill'>) => Outcome): Outcome {
  const { waiting } = turn.session;
  const opened = waiting.flow === 'fill' ? openReport(turn.facts, waiting.report) : undefined;
  if (waiting.flow !== 'fill' || !opened) return noQuestion(currentReport(turn));
  return isEditable(opened.report) ? then(opened, waiting) : { say: [lockedMessage(opened)] };
}

/** Nothing is being asked: said with the way on. */
function noQuestion(opened: Opened | undefined): Outcome {
  if (!opened) return { say: [{ text: [COMMAND.noQuestion] }] };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const on = button(REVIEW.resume, 'open', opened.report.id);
  return { say: [{ text: [COMMAND.noQuestion], buttons: [[on]] }] };
}
