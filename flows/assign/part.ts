// What concerns somebody who fills a part: saying that it is done, the line to whoever gave it, and words for a place that is lost.

import { countsIn, heldBy, indicatorsIn } from '../../src/domain/assignment.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { rowsOf } from '../../src/domain/history.ts';
import { reachedIn } from '../../src/domain/people.ts';
import { type Assignment, isAnswered, isEditable, type Report } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import type { Waiting } from '../../src/domain/waiting.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { PART } from '../../src/text/assign-part.ts';
import { LOOK } from '../../src/text/look.ts';
import { TROUBLE } from '../../src/text/menu.ts';
import { REVIEW, SUBMIT } from '../../src/text/submit.ts';
import { button } from '../actions.ts';
import { factsAfter } from '../facts-after.ts';
import { type Facts, type Opened, type Outcome, openReport, type Turn } from '../flow.ts';
import { LOOKING } from '../look.ts';
import { arrive, lockedMessage } from '../menu.ts';
import { officersOf } from '../notify.ts';

/** Whoever gave it, or the unit's officers when that one is gone: where they are written to. */
function ownersOf(facts: Facts, unit: string, { by, person }: Assignment): readonly string[] {
  const giver = facts.people.find(({ id }) => id === by);
  const own = giver && reachedIn(giver);
  if (own !== undefined) return [own];
  return officersOf(facts, unit).flatMap((each) => (each.id === person ? [] : (reachedIn(each) ?? [])));
}

export const nameOfGiver = ({ people }: Facts, { by }: Assignment): string =>
  people.find(({ id }) => id === by)?.name ?? '';

/** A line to whoever gave a part. */
export const toOwner = (
  facts: Facts,
  report: Report,
  assignment: Assignment,
  message: Message,
): NonNullable<Outcome['tell']> =>
  ownersOf(facts, report.unit, assignment).map((conversation) => ({ conversation, message }));

/** It is done as of now: what is recorded, and the line to whoever gave it. */
function doneNow(
  assignment: Assignment,
  report: Report,
  template: Template,
  facts: Facts,
): { readonly change: Change; readonly tell: NonNullable<Outcome['tell']> } {
  const [first] = indicatorsIn(template, assignment);
  const look = first ? [[button(LOOK.button, 'pictures', report.id, first.section, LOOKING)]] : [];
  const text = PART.done(
    facts.person?.name ?? '',
    template,
    assignment.rows,
    countsIn(template, report, assignment),
  );
  return {
    change: {
      type: 'assignment_set',
      report: report.id,
      assignment: { ...assignment, doneAt: facts.now },
    },
    tell: toOwner(facts, report, assignment, { text, ...(look.length > 0 && { buttons: look }) }),
  };
}

/** After a turn in which this person answered: the own parts that are complete by it are done, once. */
export function withDone(outcome: Outcome, { facts }: Turn): Outcome {
  const { person } = facts;
  const written = new Set(
    (outcome.changes ?? []).flatMap((each) => (each.type === 'answer_set' ? [each.report] : [])),
  );
  if (!person || written.size === 0) return outcome;
  const after = factsAfter(facts, outcome.changes ?? []);
  const done = after.reports.flatMap((report) => {
    const template = written.has(report.id) ? facts.template(report.template) : undefined;
    if (!template) return [];
    return heldBy(report, person.id).flatMap((each) => {
      const isComplete = indicatorsIn(template, each).every(({ id }) => isAnswered(report.answers[id]));
      return each.doneAt === undefined && isComplete
        ? [{ each, made: doneNow(each, report, template, facts) }]
        : [];
    });
  });
  const [first] = done;
  if (!first) return outcome;
  return {
    ...outcome,
    say: [...(outcome.say ?? []), { text: [PART.thanks(nameOfGiver(facts, first.each))] }],
    changes: [...(outcome.changes ?? []), ...done.map(({ made }) => made.change)],
    tell: [...(outcome.tell ?? []), ...done.flatMap(({ made }) => made.tell)],
  };
}

const gapsIn = ({ template, report }: Opened): number =>
  template.indicators.filter(({ id }) => !isAnswered(report.answers[id])).length;

/** `/nop` of somebody who fills a part: it is done, or, with gaps, whether it is to be called done. */
export function handIn(opened: Opened, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  return gapsIn(opened) === 0 ? handedIn(opened, turn) : { say: [handInMessage(opened)] };
}

/** The button under the question whether it is done; `expected`: how many gaps it named. */
export function handInAnyway(opened: Opened, expected: string, turn: Turn): Outcome {
  return isEditable(opened.report) && String(gapsIn(opened)) === expected
    ? handedIn(opened, turn)
    : handIn(opened, turn);
}

/** How far the own part is, and the buttons to go on or to say that it is done. */
export function handInMessage(opened: Opened): Message {
  const { template, report } = opened;
  const [gaps, total] = [gapsIn(opened), template.indicators.length];
  const done = (label: string) => button(label, 'assign', report.id, '', `done.${gaps}`);
  return {
    text: [gaps > 0 ? PART.gaps(gaps, total) : PART.complete(total)],
    buttons:
      gaps > 0
        ? [[button(REVIEW.resume, 'open', report.id)], [done(PART.handInAnyway)]]
        : [[done(PART.handIn)], [button(SUBMIT.list, 'review', report.id, '', 0)]],
    marks: 'coded',
  };
}

function handedIn({ report: { id } }: Opened, { facts }: Turn): Outcome {
  const report = facts.reports.find((each) => each.id === id);
  const template = report && facts.template(report.template);
  const own = report ? heldBy(report, facts.person?.id ?? '') : [];
  const [first] = own;
  if (!report || !template || !first) return arrive(facts);
  const made = own.map((each) => doneNow(each, report, template, facts));
  return {
    say: [{ text: [PART.thanks(nameOfGiver(facts, first))] }],
    changes: made.map(({ change }) => change),
    tell: made.flatMap(({ tell }) => tell),
    go: { flow: 'review', report: id, page: 0 },
    quiet: true,
  };
}

/** What the words that are awaited are about; undefined: a contradiction that is no longer in what this person sees. */
function rowsAsked({ template }: Opened, waiting: Waiting): readonly string[] | undefined {
  if ('indicator' in waiting) return [waiting.indicator];
  if (waiting.flow !== 'explain') return [];
  const rows = rowsOf(template, waiting.finding);
  return rows.length > 0 ? rows : undefined;
}

/** Words typed where this person no longer writes, because the part was taken back: quoted, and where to go on. */
export function lostPlace(text: string, { facts, session: { waiting } }: Turn): Outcome | undefined {
  if (facts.person?.role !== 'helper' || !('report' in waiting)) return undefined;
  const opened = waiting.report === undefined ? undefined : openReport(facts, waiting.report);
  const asked = opened ? rowsAsked(opened, waiting) : [];
  const isOwn = asked?.every((id) => opened?.part?.rows.has(id)) ?? false;
  if (waiting.report === undefined || (opened && isOwn)) return undefined;
  const on = opened ? arrive(facts) : { go: { flow: 'menu' } as const };
  const lost = { text: [PART.lost(privacyFault(text) ? TROUBLE.hidden : text)] };
  return { ...on, say: [lost, ...(on.say ?? [])] };
}
