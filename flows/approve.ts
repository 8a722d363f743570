// Where a period asks for it, the unit's leader approves what the officer signed before it goes out.
import type { Message } from '../src/domain/conversation.ts';
import { type Person, reachedIn } from '../src/domain/people.ts';
import type { Submission } from '../src/domain/report.ts';
import { APPROVE } from '../src/text/approve.ts';
import { lines } from '../src/text/common.ts';
import { MENU } from '../src/text/menu.ts';
import { SUBMIT } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { placeOf } from './aside.ts';
import { tellOfficers } from './coordinate/receive.ts';
import { factsAfter } from './facts-after.ts';
import { type Facts, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { approvalButtons, signedRef } from './leader.ts';
import { coordinators, officersOf, toPerson } from './notify.ts';
import { stamp } from './record.ts';
import { neededToSend, sendOut } from './send-out.ts';

/** The unit's leaders who can be written to. */
const leaders = ({ people }: Facts, { unit }: Opened): readonly Person[] =>
  people.filter((each) => each.role === 'leader' && each.unit === unit.id && reachedIn(each) !== undefined);

/** The same message to every leader of the unit. */
export const tellLeaders = (facts: Facts, opened: Opened, message: Message): NonNullable<Outcome['tell']> =>
  leaders(facts, opened).flatMap((each) => toPerson(each, message));

/** Lays what was signed before the unit's leaders; without one nothing goes out, and those who can help are told. */
export function askApproval(
  opened: Opened,
  submission: Omit<Submission, 'answers' | 'notes'>,
  turn: Turn,
): Outcome {
  const { facts } = turn;
  const { template, report, campaign, unit } = opened;
  const to = leaders(facts, opened);
  if (to.length === 0) {
    const text = [APPROVE.toldNoLeader(template, campaign, unit)];
    return {
      say: [{ text: [APPROVE.noLeader] }],
      tell: coordinators(facts, opened).map((conversation) => ({ conversation, message: { text } })),
    };
  }
  const change = { type: 'approval_asked', report: report.id, submission } as const;
  const after = openReport(factsAfter(facts, [change]), report.id) ?? opened;
  const table = { report: report.id };
  return {
    say: [
      {
        text: APPROVE.asked(template, campaign, submission, to.map(({ name }) => name).filter(Boolean)),
        buttons: [[button(MENU.withdraw, 'withdraw', report.id)]],
        marks: 'coded',
      },
    ],
    changes: [change],
    tell: tellLeaders(facts, opened, {
      text: APPROVE.request(template, campaign, unit, submission, facts.person?.name ?? '', facts.timezone),
      file: table,
      pictures: table,
      buttons: approvalButtons(after),
    }),
    doubts: [],
    go: { flow: 'menu' },
    quiet: true,
  };
}

const notAwaiting: Outcome = { say: [{ text: [APPROVE.notAwaiting] }] };

/** Sends what the officer signed, as theirs, with the leader's name; a button about other figures sends nothing. */
export function approve(opened: Opened, ref: string, turn: Turn): Outcome {
  const { facts } = turn;
  const { template, report, campaign, unit } = opened;
  const { person } = facts;
  if (!report.awaiting || !person || signedRef(opened) !== ref) return notAwaiting;
  const needs = neededToSend(facts, opened);
  if (needs.length > 0) return { needs };
  const submission = { ...report.awaiting, at: facts.now, event: turn.event, approvedBy: person.id };
  const holders = [person, ...officersOf(facts, unit.id)];
  const out = sendOut(facts, opened, submission, holders);
  const file = { report: report.id, version: submission.version };
  const receipt: Message = {
    text: lines(
      APPROVE.toldApproved(person.name),
      SUBMIT.receipt(template, campaign, unit, submission, facts.timezone),
      out.receivers > 0 ? SUBMIT.toldCoordinator : SUBMIT.nobodyTold,
    ),
    file,
    buttons: [[button(MENU.withdraw, 'withdraw', report.id)]],
  };
  return {
    say: [{ text: [APPROVE.approved(template, campaign, submission.version)], file }],
    changes: out.changes,
    tell: [...tellOfficers(facts, opened, receipt), ...out.tell],
    go: { flow: 'menu' },
    quiet: true,
  };
}

/** Asks the leader why. */
export function decline(opened: Opened, ref: string, turn: Turn): Outcome {
  if (signedRef(opened) !== ref) return notAwaiting;
  const back = placeOf(turn.session.waiting);
  return {
    go: { flow: 'reason', what: 'decline', report: opened.report.id, of: ref, ...(back && { back }) },
  };
}

/** The report lies with the officer again. */
export function declined(opened: Opened, ref: string, text: string, turn: Turn): Outcome {
  const { report, template, campaign } = opened;
  if (signedRef(opened) !== ref) return notAwaiting;
  return {
    say: [{ text: [APPROVE.declined] }],
    changes: [{ type: 'approval_refused', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: tellOfficers(turn.facts, opened, {
      text: APPROVE.toldDeclined(template, campaign, turn.facts.person?.name ?? '', text),
      buttons: [[button(APPROVE.fix, 'open', report.id)]],
    }),
  };
}
