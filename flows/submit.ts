// "Nộp báo cáo": the confirmation by name when nothing stands in the way, the receipt, and word to the coordinator.
import type { Change } from '../src/domain/change.ts';
import type { Message } from '../src/domain/conversation.ts';
import { unanswered } from '../src/domain/progress.ts';
import { isEditable, type Submission } from '../src/domain/report.ts';
import { fold } from '../src/domain/words.ts';
import { lines } from '../src/text/common.ts';
import { COORDINATE } from '../src/text/coordinate.ts';
import { FILL } from '../src/text/fill.ts';
import { findingText } from '../src/text/findings.ts';
import { MENU } from '../src/text/menu.ts';
import { RETURN } from '../src/text/return.ts';
import { SUBMIT } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { askApproval } from './approve.ts';
import { awayWords } from './assign/list.ts';
import { handIn, handInMessage } from './assign/part.ts';
import { countedValues, fingerprint } from './check-code.ts';
import { impossible } from './findings.ts';
import {
  type Facts,
  type Flow,
  indicatorOf,
  type Opened,
  type Outcome,
  openReport,
  type Turn,
} from './flow.ts';
import { lockedMessage } from './menu.ts';
import { coordinators, differences, settledCounts } from './notify.ts';
import { AWAY, obstacles } from './obstacles.ts';
import { setAnswer, stamp } from './record.ts';
import { openOf } from './returned.ts';
import { neededToSend, sendOut } from './send-out.ts';
import { staleMessage } from './stale.ts';

export const submit: Flow<'submit'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [staleMessage];
    if (opened.part) return [isEditable(opened.report) ? handInMessage(opened) : lockedMessage(opened)];
    return isEditable(opened.report)
      ? (obstacles(facts, opened) ?? [signMessage(facts, opened)])
      : [lockedMessage(opened)];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened) return { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
    if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
    if (opened.part) return { say: [handInMessage(opened)] };
    const name = signer(turn.facts);
    if (input.type === 'text' && fold(input.text) === fold(name)) return sign(opened, turn);
    return {
      say: obstacles(turn.facts, opened) ?? [
        { ...signMessage(turn.facts, opened), text: [SUBMIT.signHint(name)] },
      ],
    };
  },
};

/** On to sending; whoever fills a part says that it is done instead. */
export function toSubmit(opened: Opened, turn: Turn): Outcome {
  if (opened.part) return handIn(opened, turn);
  return isEditable(opened.report)
    ? { go: { flow: 'submit', report: opened.report.id } }
    : { say: [lockedMessage(opened)] };
}

const signer = (facts: Facts): string => facts.person?.name || SUBMIT.nameless;

function signMessage(facts: Facts, opened: Opened): Message {
  const { template, report, campaign, unit } = opened;
  const name = signer(facts);
  const open = openOf(opened).length;
  return {
    text: lines(
      SUBMIT.confirm(template, report, campaign, unit, name, countedValues(template, report)),
      campaign.approval ? SUBMIT.needsApproval : undefined,
      open > 0 ? RETURN.stillOpen(open) : undefined,
      ...awayWords(facts, opened),
    ),
    buttons: [
      ...(open > 0 ? [[button(RETURN.goOn(open), 'open', report.id)]] : []),
      [button(SUBMIT.sign(name), 'sign', report.id, '', report.submissions.length + 1)],
      [button(SUBMIT.notYet, 'review', report.id, '', 0)],
    ],
    // What decides has a code of its own, which no other list can have put into the thumb.
    marks: 'coded',
  };
}

/** Sends the report: only when nothing stands in the way at this very moment. */
export function sign(opened: Opened, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  // Arriving there says what stands in the way.
  if (obstacles(turn.facts, opened)) return { go: { flow: 'submit', report: opened.report.id } };
  const { template, report, campaign, unit } = opened;
  const submission: Omit<Submission, 'answers' | 'notes'> = {
    ...stamp(turn),
    version: report.submissions.length + 1,
    values: countedValues(template, report),
    checkCode: fingerprint(opened, turn.facts.digest),
    ...settledCounts(turn.facts, opened),
  };
  if (campaign.approval) return askApproval(opened, submission, turn);
  const needs = neededToSend(turn.facts, opened);
  if (needs.length > 0) return { needs };
  const file = { report: report.id, version: submission.version };
  const { timezone, person } = turn.facts;
  const { changes, tell, receivers } = sendOut(turn.facts, opened, submission, person ? [person] : []);
  return {
    say: [
      {
        text: lines(
          SUBMIT.receipt(template, campaign, unit, submission, timezone),
          receivers > 0 ? SUBMIT.toldCoordinator : SUBMIT.nobodyTold,
        ),
        file,
        buttons: [[button(MENU.withdraw, 'withdraw', report.id)]],
        marks: 'coded',
      },
      ...differences(opened),
    ],
    tell,
    changes,
    doubts: [],
    // The name typed once more must not send the next version unseen.
    go: { flow: 'menu' },
    quiet: true,
  };
}

/** Sends the officer's request to let hard findings pass, when there still are any. */
export function requestOverride(opened: Opened, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const { template, report, campaign, unit } = opened;
  const { shown, total } = impossible(turn.facts, opened);
  if (total === 0) return { go: { flow: 'submit', report: opened.report.id } };
  const to = coordinators(turn.facts, opened);
  if (to.length === 0) return { say: [{ text: [SUBMIT.noCoordinator] }] };
  const message: Message = {
    text: lines(
      COORDINATE.overrideRequest(template, campaign, unit),
      ...shown.map((each) => findingText(template, each)),
      SUBMIT.listed(shown.length, total),
    ),
    buttons: [
      [button(COORDINATE.override, 'override', report.id)],
      [button(COORDINATE.refuseOverride, 'giveBack', report.id, '', 'fix')],
    ],
  };
  return {
    say: [{ text: [SUBMIT.overrideAsked] }],
    tell: to.map((conversation) => ({ conversation, message })),
  };
}

/**
 * Leaves every indicator blank that has no value yet and is with nobody else, or all that are: the officer's own decision, taken after
 * seeing how many and where.
 */
export function blankRest(opened: Opened, expected: string, turn: Turn): Outcome {
  const isAway = expected.startsWith(AWAY);
  const all = unanswered(opened.template, opened.report);
  const gaps = all.filter(({ id }) => (opened.away?.has(id) ?? false) === isAway);
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  if (`${isAway ? AWAY : ''}${gaps.length}` !== expected || gaps.length === 0)
    return { go: { flow: 'submit', report: opened.report.id } };
  const changes = gaps.flatMap((row, n): Change[] => {
    const indicator = indicatorOf(opened.template, row.id);
    const set = indicator ? setAnswer(opened, indicator.id, { value: { is: 'blank' } }, turn).changes : [];
    return n === 0 ? set : set.slice(-1);
  });
  return {
    say: [{ text: [SUBMIT.blanked(gaps.length, all.length - gaps.length)] }],
    changes,
    go: { flow: 'submit', report: opened.report.id },
  };
}
