// The buttons of giving parts away: choosing a part and a colleague, nudging, taking back, and saying that a part is done.

import { alone, heldBy, heldOf, indicatorsIn } from '../../src/domain/assignment.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { type Assignment, isEditable } from '../../src/domain/report.ts';
import { ASSIGN } from '../../src/text/assign.ts';
import { PART } from '../../src/text/assign-part.ts';
import { button } from '../actions.ts';
import { backTo } from '../aside.ts';
import { factsAfter } from '../facts-after.ts';
import { type At, type Opened, type Outcome, openReport, rowByRef, type Turn } from '../flow.ts';
import { lockedMessage, resume } from '../menu.ts';
import { stale } from '../stale.ts';
import { awaitedAlike } from './ask-for.ts';
import { begin, named } from './assign.ts';
import { giveByCode, giveDirectly, holderIn, nudged, overlapping, takenBack } from './give.ts';
import { colleaguesIn, meantBy } from './meant.ts';
import { handInAnyway } from './part.ts';

/** The buttons; `ref` is the short hash of a section, a person or an assignment. */
export function pressAssign(opened: Opened, ref: string, arg: string, turn: Turn): Outcome {
  const [what = '', rest = ''] = arg.split('.');
  if (what === 'begin') return beginPart(opened, ref, turn);
  if (opened.part) {
    return what === 'done' ? handInAnyway(opened, rest, turn) : { say: [{ text: [PART.officersOnly] }] };
  }
  const { waiting } = turn.session;
  if (what === 'no')
    return waiting.flow === 'assign'
      ? { say: [{ text: [ASSIGN.notGiven] }], ...backTo(waiting.back, turn) }
      : stale;
  const assignment = heldOf(opened.report).find(({ id }) => shortHash(id) === ref);
  if (assignment) return pressGiven(opened, assignment, what, turn);
  if (['back', 'yes', 'keep', 'nudge'].includes(what)) return { say: [{ text: [ASSIGN.gone] }] };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const row = rowByRef(opened.template, ref);
  if (what === 'give') return row ? { go: begin(opened, [row.id], turn) } : stale;
  if (what === 'ask' || what === 'askAll') {
    if (row?.row !== 'indicator') return stale;
    const ids = what === 'ask' ? [row.id] : awaitedAlike(opened, row.id);
    const rows = ids.map((id) => alone(opened.template, id));
    return rows.length > 0 ? { go: begin(opened, rows, turn) } : stale;
  }
  if (waiting.flow !== 'assign' || waiting.report !== opened.report.id) return stale;
  if (what === 'again') return withName(opened, { ...waiting, again: true }, turn);
  if (what === 'meant') {
    const { name } = meantBy(turn.facts, opened, waiting.rows);
    return name === undefined ? stale : named(opened, waiting, name, turn);
  }
  const person = colleaguesIn(turn.facts, opened).find(({ id }) => shortHash(id) === ref);
  if (!person) return stale;
  if (!waiting.again && overlapping(opened, waiting.rows).length > 0)
    return { go: { ...waiting, name: person.name } };
  if (what === 'to') return giveDirectly(opened, waiting.rows, person, waiting.back, turn);
  return what === 'new' ? giveByCode(opened, waiting.rows, person.name, waiting.back, turn) : stale;
}

/** What is done with a part that is given: nudged about, or taken back once that was confirmed. */
function pressGiven(opened: Opened, assignment: Assignment, what: string, turn: Turn): Outcome {
  const { template, report } = opened;
  const of = (label: string, arg: string) => button(label, 'assign', report.id, assignment.id, arg);
  switch (what) {
    case 'nudge':
      return isEditable(report) ? nudged(opened, assignment, turn) : { say: [lockedMessage(opened)] };
    case 'back':
      return {
        say: [
          {
            text: ASSIGN.askTakeBack(template, assignment.rows, holderIn(turn.facts, assignment)),
            buttons: [[of(ASSIGN.confirmTakeBack, 'yes')], [of(ASSIGN.keep, 'keep')]],
            marks: 'coded',
          },
        ],
      };
    case 'keep':
      return { say: [{ text: [ASSIGN.kept] }] };
    case 'yes': {
      const outcome = takenBack(opened, assignment, turn);
      const { waiting } = turn.session;
      return waiting.flow === 'assign' ? goOn(outcome, waiting, turn) : outcome;
    }
    default:
      return stale;
  }
}

/** Whoever was asked about just this goes on to the name, which may have been typed before. */
function goOn(outcome: Outcome, waiting: At<'assign'>, turn: Turn): Outcome {
  const facts = factsAfter(turn.facts, outcome.changes ?? []);
  const after = openReport(facts, waiting.report);
  const on = after ? withName(after, waiting, { ...turn, facts }) : { go: waiting };
  return {
    ...on,
    say: [...(outcome.say ?? []), ...(on.say ?? [])],
    changes: [...(outcome.changes ?? []), ...(on.changes ?? [])],
    tell: [...(outcome.tell ?? []), ...(on.tell ?? [])],
  };
}

const withName = (opened: Opened, waiting: At<'assign'>, turn: Turn): Outcome =>
  waiting.name === undefined ? { go: waiting } : named(opened, waiting, waiting.name, turn);

/** To the first gap of a part that this person has. */
function beginPart(opened: Opened, ref: string, { facts }: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const whole = facts.reports.find(({ id }) => id === opened.report.id);
  const own = whole ? heldBy(whole, facts.person?.id ?? '') : [];
  const assignment = own.find(({ id }) => shortHash(id) === ref);
  if (!assignment) return { say: [{ text: [ASSIGN.gone] }] };
  const { report, template, parked } = opened;
  const mine = indicatorsIn(template, assignment);
  const open = mine.find(({ id }) => report.answers[id]?.value === undefined || parked?.has(id));
  if (opened.part && (own.length === 1 || !open)) return resume(facts, opened);
  const gap = open ?? mine[0];
  return gap ? { go: { flow: 'fill', report: report.id, indicator: gap.id } } : stale;
}
