// "/giao": what is given to whom and how far it is, with the buttons to nudge, to take back, and to give more.
import { countsIn, heldOf } from '../../src/domain/assignment.ts';
import type { Button, Message, Text } from '../../src/domain/conversation.ts';
import { partsOf } from '../../src/domain/progress.ts';
import type { Assignment } from '../../src/domain/report.ts';
import { ASSIGN } from '../../src/text/assign.ts';
import { lines } from '../../src/text/common.ts';
import { button } from '../actions.ts';
import type { Facts, Opened } from '../flow.ts';
import { holderIn } from './give.ts';

export function listMessage(facts: Facts, opened: Opened): Message {
  const { template, campaign, report } = opened;
  const held = heldOf(report);
  return {
    text: lines(
      ASSIGN.head(template, campaign),
      ...(held.length === 0 ? [ASSIGN.nothing] : held.map((each) => lineOf(facts, opened, each))),
      ASSIGN.usage,
    ),
    buttons: [...held.flatMap((each) => buttonsOf(facts, opened, each)), ...partButtons(opened)],
    marks: 'coded',
  };
}

const lineOf = (facts: Facts, { template, report }: Opened, assignment: Assignment): Text =>
  ASSIGN.line(
    template,
    assignment.rows,
    holderIn(facts, assignment),
    countsIn(template, report, assignment),
    assignment.doneAt !== undefined,
  );

function buttonsOf(facts: Facts, { template, report }: Opened, assignment: Assignment): Button[][] {
  const holder = holderIn(facts, assignment);
  const isOpen = assignment.doneAt === undefined && assignment.person !== facts.person?.id;
  return [
    ...(isOpen && holder.is === 'taken'
      ? [[button(ASSIGN.nudge(holder), 'assign', report.id, assignment.id, 'nudge')]]
      : []),
    [takeBackButton(template, report.id, assignment)],
  ];
}

export const takeBackButton = (
  template: Opened['template'],
  report: string,
  { id, rows }: Assignment,
): Button => button(ASSIGN.takeBack(template, rows), 'assign', report, id, 'back');

/** A button for every section of which something is still the unit's own. */
export const partButtons = ({ template, report, away }: Opened): Button[][] =>
  partsOf(template)
    .filter((part) => template.indicators.some((row) => row.section === part.id && !away?.has(row.id)))
    .map((part) => [button(ASSIGN.part(template, part), 'assign', report.id, part.id, 'give')]);

/** What is given and not done, one line each, for whoever looks at the whole. */
export function awayLines(facts: Facts, { template, report, away }: Opened): readonly string[] {
  const open = new Set([...(away?.values() ?? [])].map(({ assignment }) => assignment));
  return [...open].map((each) =>
    ASSIGN.away(template, each.rows, holderIn(facts, each), countsIn(template, report, each)),
  );
}

/** Before sending: that somebody is still at it. */
export function awayWords(facts: Facts, opened: Opened): readonly string[] {
  const found = awayLines(facts, opened);
  return found.length > 0 ? [ASSIGN.notDone, ...found] : [];
}
