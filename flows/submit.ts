// "Nộp báo cáo": what still stands in the way, the confirmation by name, the receipt, and word to the coordinator.
import type { Change } from '../src/domain/change.ts';
import type { Button, Message, Text } from '../src/domain/conversation.ts';
import { partsOf, unanswered } from '../src/domain/progress.ts';
import type { Submission } from '../src/domain/report.ts';
import type { Finding } from '../src/domain/rules.ts';
import { fold } from '../src/domain/words.ts';
import { lines } from '../src/text/common.ts';
import { FILL } from '../src/text/fill.ts';
import { findingText } from '../src/text/findings.ts';
import { MENU } from '../src/text/menu.ts';
import { COORDINATE, SUBMIT } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { countedValues, fingerprint } from './check-code.ts';
import { findingsOf, impossible, isExplainable, listed, openFindings, pointButtons } from './findings.ts';
import {
  type Facts,
  type Flow,
  indicatorOf,
  isEditable,
  type Opened,
  type Outcome,
  openReport,
  type Turn,
} from './flow.ts';
import { lockedMessage } from './menu.ts';
import { coordinators, differences, remarks } from './notify.ts';
import { setAnswer, stamp } from './record.ts';

export const submit: Flow<'submit'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [{ text: [FILL.staleButton] }];
    return isEditable(opened.report)
      ? (obstacles(facts, opened) ?? [signMessage(facts, opened)])
      : [lockedMessage(opened)];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened) return { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
    if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
    const name = signer(turn.facts);
    if (input.type === 'text' && fold(input.text) === fold(name)) return sign(opened, turn);
    return {
      say: obstacles(turn.facts, opened) ?? [
        { ...signMessage(turn.facts, opened), text: [SUBMIT.signHint(name)] },
      ],
    };
  },
};

const signer = (facts: Facts): string => facts.person?.name || SUBMIT.nameless;

/** What blocks sending, most basic first, as messages with ways out; undefined when nothing does. */
function obstacles(facts: Facts, opened: Opened): readonly Message[] | undefined {
  const missing = unanswered(opened.template, opened.report).length;
  if (missing > 0) return [missingMessage(opened, missing)];
  const open = openFindings(findingsOf(facts, opened), opened);
  const hard = open.filter((each) => each.severity === 'hard');
  if (hard.length > 0) return [findingsMessage(opened, hard, SUBMIT.hard(hard.length))];
  const soft = open.filter((each) => each.severity === 'soft');
  return soft.length > 0 ? [findingsMessage(opened, soft, SUBMIT.soft(soft.length))] : undefined;
}

function missingMessage(opened: Opened, total: number): Message {
  const { template, report } = opened;
  const gaps = unanswered(template, report);
  const parts = partsOf(template)
    .map((part) => ({ part, n: gaps.filter((row) => row.section === part.id).length }))
    .filter((part) => part.n > 0);
  return {
    text: SUBMIT.missing(template, parts, total),
    buttons: [
      [button(SUBMIT.resume, 'open', report.id), button(SUBMIT.list, 'review', report.id, '', 0)],
      // So much at once must not hang on a number that was perhaps meant for the question.
      [inWords(button(SUBMIT.blankRest(total), 'blankRest', report.id, '', total))],
    ],
  };
}

/** A button that can only be typed in words where there is no room for it. */
const inWords = (one: Button): Button => ({ ...one, typed: one.label.toLocaleLowerCase('vi') });

/** Hard points lead to the figures or to the coordinator; soft ones may also be confirmed, all those listed at once. */
function findingsMessage(opened: Opened, found: readonly Finding[], head: Text): Message {
  const { template, report } = opened;
  const { single, blank } = listed(found);
  const needsCoordinator = found.some((each) => !isExplainable(each));
  const buttons = pointButtons(opened, single, 2);
  const last = needsCoordinator
    ? [[button(SUBMIT.askOverride, 'askOverride', report.id)]]
    : found.every((each) => each.severity === 'soft')
      ? [[button(SUBMIT.allChecked, 'confirmed', report.id, '', found.length)]]
      : [];
  const left = found.length - single.length - blank.length;
  return {
    text: lines(
      head,
      ...single.map((each) => findingText(template, each)),
      blank.length > 0
        ? SUBMIT.choicesBlank(
            template,
            blank.flatMap((each) => each.rows),
          )
        : undefined,
      SUBMIT.listed(found.length - left, found.length),
    ),
    buttons: [...buttons, ...last, [button(SUBMIT.list, 'review', report.id, '', 0)]],
  };
}

function signMessage(facts: Facts, { template, report, campaign, unit }: Opened): Message {
  const name = signer(facts);
  return {
    text: SUBMIT.confirm(template, report, campaign, unit, name, countedValues(template, report)),
    buttons: [
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
  };
  const file = { report: report.id, version: submission.version };
  const { timezone } = turn.facts;
  const receivers = coordinators(turn.facts, opened);
  return {
    say: [
      {
        text: lines(
          SUBMIT.receipt(template, campaign, unit, submission, timezone),
          receivers.length > 0 ? SUBMIT.toldCoordinator : SUBMIT.nobodyTold,
        ),
        file,
        buttons: [[button(MENU.withdraw, 'withdraw', report.id)]],
        marks: 'coded',
      },
      ...differences(opened),
    ],
    tell: receivers.map((conversation) => ({
      conversation,
      message: {
        text: lines(
          COORDINATE.received(template, campaign, unit, submission, timezone),
          ...remarks(turn.facts, opened),
          ...differences(opened).map((each) => each.text),
        ),
        file,
        buttons: [
          [
            button(COORDINATE.accept, 'accept', report.id, '', submission.version),
            button(COORDINATE.giveBack, 'giveBack', report.id, '', submission.version),
          ],
        ],
      },
    })),
    changes: [{ type: 'submitted', report: report.id, submission }],
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

/** Leaves every indicator blank that has no value yet: the officer's own decision, taken after seeing how many and where. */
export function blankRest(opened: Opened, expected: string, turn: Turn): Outcome {
  const gaps = unanswered(opened.template, opened.report);
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  if (String(gaps.length) !== expected || gaps.length === 0)
    return { go: { flow: 'submit', report: opened.report.id } };
  const changes = gaps.flatMap((row, n): Change[] => {
    const indicator = indicatorOf(opened.template, row.id);
    const set = indicator ? setAnswer(opened, indicator.id, { value: { is: 'blank' } }, turn).changes : [];
    return n === 0 ? set : set.slice(-1);
  });
  return {
    say: [{ text: [SUBMIT.blanked(gaps.length)] }],
    changes,
    go: { flow: 'submit', report: opened.report.id },
  };
}
