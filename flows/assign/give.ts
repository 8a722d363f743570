// Giving a part away, to a colleague who is there or by a code for one who is not, and taking it back.

import { countsIn, heldOf, holderOf, indicatorsIn, rowsUnder } from '../../src/domain/assignment.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Person } from '../../src/domain/people.ts';
import { nextIndicator } from '../../src/domain/progress.ts';
import type { Assignment } from '../../src/domain/report.ts';
import type { Place } from '../../src/domain/waiting.ts';
import { ASK_FOR } from '../../src/text/ask-for.ts';
import { ASSIGN, partWords } from '../../src/text/assign.ts';
import { PART } from '../../src/text/assign-part.ts';
import { lines } from '../../src/text/common.ts';
import { button } from '../actions.ts';
import { backTo } from '../aside.ts';
import { factsAfter } from '../facts-after.ts';
import { type Facts, type Opened, type Outcome, openReport, type Turn } from '../flow.ts';
import { toGap } from '../navigate.ts';
import { toPerson } from '../notify.ts';
import { begun, stamp } from '../record.ts';
import { neededBy } from './ask-for.ts';

/** How long the code may be used (ms). */
const LASTS = 7 * 24 * 3_600_000;

export const holderIn = ({ people, invitations, now }: Facts, assignment: Assignment) =>
  holderOf(assignment, people, invitations, now);

/** Open parts that share an indicator with these rows. */
export function overlapping({ template, report }: Opened, rows: readonly string[]): readonly Assignment[] {
  const wanted = rowsUnder(template, rows);
  return heldOf(report).filter(
    (each) => each.doneAt === undefined && indicatorsIn(template, each).some(({ id }) => wanted.has(id)),
  );
}

const newAssignment = (rows: readonly string[], turn: Turn): Assignment => ({
  ...stamp(turn),
  id: `g${turn.facts.digest(turn.event).slice(0, 10)}`,
  rows,
});

/** On with what was being done: past the question that was open when it is now somebody else's. */
function onward(opened: Opened, changes: readonly Change[], back: Place | undefined, turn: Turn): Outcome {
  const after = openReport(factsAfter(turn.facts, changes), opened.report.id);
  if (!after || back?.flow !== 'fill' || back.report !== opened.report.id || !after.away?.has(back.indicator))
    return backTo(back, turn);
  return { go: toGap(opened.report.id, nextIndicator(after, back.indicator)) };
}

/** Until when the figures of these rows are waited for, in words. */
export const neededWords = (
  opened: Pick<Opened, 'template' | 'report'>,
  rows: readonly string[],
  facts: Facts,
): readonly string[] =>
  ASK_FOR.needed(
    opened.template,
    neededBy(
      opened,
      indicatorsIn(opened.template, { rows }).map(({ id }) => id),
      facts,
    ),
    facts.timezone,
  );

/** To somebody who is not there yet: a code for one use, and a letter to be forwarded. */
export function giveByCode(
  opened: Opened,
  rows: readonly string[],
  name: string,
  back: Place | undefined,
  turn: Turn,
): Outcome {
  const { fresh, digest, now, timezone, links } = turn.facts;
  const { template, unit, report } = opened;
  const expiresAt = new Date(Date.parse(now) + LASTS).toISOString();
  const assignment = { ...newAssignment(rows, turn), invitation: digest(fresh) };
  const changes: Change[] = [
    ...begun(opened),
    { type: 'assignment_set', report: report.id, assignment },
    {
      type: 'invitation_set',
      invitation: { id: digest(fresh), unit: unit.id, role: 'helper', name, createdAt: now, expiresAt },
    },
  ];
  return {
    ...onward(opened, changes, back, turn),
    say: [
      { text: ASSIGN.made(template, rows, name, expiresAt, timezone) },
      {
        text: ASSIGN.letter(
          name,
          partWords(template, rows),
          unit,
          fresh,
          links(fresh),
          neededWords(opened, rows, turn.facts),
        ),
        apart: true,
      },
    ],
    changes,
  };
}

/** To a colleague who is there: told at once. */
export function giveDirectly(
  opened: Opened,
  rows: readonly string[],
  person: Person,
  back: Place | undefined,
  turn: Turn,
): Outcome {
  const { template, report, campaign } = opened;
  const { facts } = turn;
  const assignment = { ...newAssignment(rows, turn), person: person.id };
  const changes: Change[] = [...begun(opened), { type: 'assignment_set', report: report.id, assignment }];
  const { total } = countsIn(template, report, assignment);
  const by = facts.person?.name ?? '';
  const needed = neededWords(opened, rows, facts);
  const text = PART.given(template, rows, by, campaign, total, facts.timezone, needed);
  const told = toPerson(person, { text, buttons: [[beginButton(report.id, assignment, PART.begin)]] });
  return {
    ...onward(opened, changes, back, turn),
    say: [
      {
        text: lines(
          ASSIGN.given(template, rows, person.name),
          told.length > 0 ? undefined : ASSIGN.unreached(person.name),
        ),
      },
    ],
    changes,
    tell: told,
  };
}

/** Leads to the first gap of the part. */
export const beginButton = (report: string, { id }: Assignment, label: string) =>
  button(label, 'assign', report, id, 'begin');

/** The part is the owner's again; what was answered stays. A code that nobody has used cannot be used any more. */
export function takenBack(opened: Opened, assignment: Assignment, { facts }: Turn): Outcome {
  const { template, report } = opened;
  const { rows } = assignment;
  const invitation = facts.invitations.find(({ id }) => id === assignment.invitation);
  const person = facts.people.find(({ id }) => id === assignment.person);
  const text = [PART.takenBack(facts.person?.name ?? '', template, rows)];
  return {
    say: [{ text: [ASSIGN.takenBack(template, rows)] }],
    changes: [
      {
        type: 'assignment_set',
        report: report.id,
        assignment: { ...assignment, endedAt: facts.now },
      },
      ...(invitation && invitation.usedAt === undefined
        ? [{ type: 'invitation_set', invitation: { ...invitation, revokedAt: facts.now } } as const]
        : []),
    ],
    tell: person?.id === facts.person?.id ? [] : toPerson(person, { text }),
  };
}

/** A word to whoever has it, once for as long as it has not gone out. */
export function nudged(opened: Opened, assignment: Assignment, { facts }: Turn): Outcome {
  const { template, report, campaign } = opened;
  const person = facts.people.find(({ id }) => id === assignment.person);
  if (!person) return { say: [{ text: [ASSIGN.notTaken] }] };
  const counts = countsIn(template, report, assignment);
  const text = PART.nudge(
    facts.person?.name ?? '',
    template,
    assignment.rows,
    counts,
    campaign,
    facts.timezone,
  );
  const key = `assign:${assignment.id}`;
  const buttons = [[beginButton(report.id, assignment, PART.goOn)]];
  const tell = toPerson(person, { key, supersedes: key, text, buttons });
  return { say: [{ text: [tell.length > 0 ? ASSIGN.nudged(person.name) : ASSIGN.cannotNudge] }], tell };
}
