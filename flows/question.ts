// The question for one indicator as a message, with its buttons.

import type { Button, Message } from '../src/domain/conversation.ts';
import { isEditable } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { ASSIGN } from '../src/text/assign.ts';
import { lines, reportWords } from '../src/text/common.ts';
import { BUTTON, question } from '../src/text/fill.ts';
import { RETURN } from '../src/text/return.ts';
import { waitingWords } from '../src/text/waiting-for.ts';
import { button, inWords, type Verb } from './actions.ts';
import { computedButton } from './computed.ts';
import { type Facts, type Opened, openable } from './flow.ts';
import { asBeforeButton, beforeLine } from './last-period.ts';
import { pointAbout } from './returned.ts';

/** Names a question within a conversation, so that a tap on it changes that very message. */
export const questionKey = (report: string, indicator: string): string => `q/${report}/${indicator}`;

/** The question of an indicator, with last period's value when the unit has one. */
export function askIndicator(facts: Facts, opened: Opened, indicator: Indicator): Message {
  const { report, template } = opened;
  const previous = beforeLine(facts, opened, indicator);
  const period = periodAmong(facts, opened);
  const asBefore = asBeforeButton(facts, opened, indicator);
  const point = pointAbout(opened, indicator);
  const awaited = waitingWords(report.answers[indicator.id], facts.now, facts.timezone);
  const computed = computedButton(opened, indicator);
  const sent = report.submissions.at(-1)?.answers ?? {};
  return {
    text: lines(
      ...(awaited === undefined ? [] : [awaited]),
      ...(point ? [RETURN.comment(point.text), RETURN.sentAs(indicator, sent), ''] : []),
      ...withOther(opened, indicator),
      question(template, report, indicator, previous, period, {
        writer: writerOf(facts, opened, indicator),
        isPart: opened.part !== undefined,
      }),
    ),
    buttons: [
      ...(computed ? [[computed.button]] : []),
      ...asBefore.map((each) => [each]),
      ...questionButtons(opened, indicator, point !== undefined, computed?.isEmpty === true),
    ],
    key: questionKey(report.id, indicator.id),
  };
}

/** Who is to answer it, when that is somebody else. */
function withOther({ away }: Opened, indicator: Indicator): readonly string[] {
  const other = away?.get(indicator.id);
  return other ? [ASSIGN.isWith(other.holder), ''] : [];
}

/** Who wrote what stands there, when that was a colleague. */
function writerOf({ people, person }: Facts, { report }: Opened, { id }: Indicator): string {
  const by = report.answers[id]?.by;
  const colleague = by === person?.id ? undefined : people.find((each) => each.id === by);
  return colleague ? ASSIGN.wrote(colleague.name) : '';
}

/** What tells this report from the others that are open; undefined when it is the only one. */
export function periodAmong(facts: Facts, opened: Opened): string | undefined {
  const others = openable(facts).filter((each) => isEditable(each.report));
  return others.length > 1 ? reportWords(opened, others) : undefined;
}

function questionButtons(
  { report: { id: report, answers, submissions } }: Opened,
  indicator: Indicator,
  isPoint: boolean,
  isEmptyOffered: boolean,
): Button[][] {
  const hasValue = answers[indicator.id]?.value !== undefined;
  // Each can be typed as well: the words are read by the question itself, or stand for the button.
  const of = (label: string, verb: Verb) => inWords(button(label, verb, report, indicator.id));
  // What stands there counts as answered anew; a button of an earlier return says nothing about this one.
  const keepPoint = () => ({
    ...button(RETURN.keep(indicator, answers), 'keepPoint', report, indicator.id, submissions.length),
    typed: BUTTON.keep.toLowerCase(),
  });
  const codes = indicator.choices.map((choice) => ({
    ...button(`${choice.code} – ${choice.label}`, 'choose', report, indicator.id, choice.code),
    typed: String(choice.code),
  }));
  // Two short codes fit beside each other on a phone; longer lists go one under the other.
  const narrow = codes.length === 2 && codes.every((each) => each.label.length <= 18);
  return [
    ...(hasValue ? [[isPoint ? keepPoint() : of(BUTTON.keep, 'keep')]] : []),
    ...(narrow ? [codes] : codes.map((each) => [each])),
    [of(BUTTON.blank, 'blank'), ...(isEmptyOffered ? [] : [of(BUTTON.notApplicable, 'notApplicable')])],
    [of(BUTTON.pending, 'pending'), of(BUTTON.skip, 'skip')],
  ];
}
