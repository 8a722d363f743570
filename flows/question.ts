// The question for one indicator as a message, with its buttons.
import type { Button, Message } from '../src/domain/conversation.ts';
import { periodName } from '../src/domain/period.ts';
import type { Indicator } from '../src/domain/template.ts';
import { reportWords } from '../src/text/common.ts';
import { BUTTON, question } from '../src/text/fill.ts';
import { button } from './actions.ts';
import { type Facts, isEditable, type Opened, openable } from './flow.ts';

/** Names a question within a conversation, so that its answer can take its place. */
export const questionKey = (report: string, indicator: string): string => `q/${report}/${indicator}`;

/** The question of an indicator, with last period's value when the unit has one. */
export function askIndicator(facts: Facts, opened: Opened, indicator: Indicator): Message {
  const { report, template } = opened;
  const last = facts.previous[opened.campaign.id];
  const value = last?.report.answers[indicator.id]?.value;
  const previous =
    last && value ? { period: periodName(last.campaign.period, template.periodWording), value } : undefined;
  const others = openable(facts).filter((each) => isEditable(each.report));
  const period = others.length > 1 ? reportWords(opened, others) : undefined;
  return {
    text: question(template, report, indicator, previous, period),
    buttons: questionButtons(report.id, indicator, report.answers[indicator.id]?.value !== undefined),
    key: questionKey(report.id, indicator.id),
  };
}

function questionButtons(report: string, indicator: Indicator, hasValue: boolean): Button[][] {
  // Each can be typed as well: the words are read by the question itself, or stand for the button.
  const of = (label: string, verb: Parameters<typeof button>[1]) => ({
    ...button(label, verb, report, indicator.id),
    typed: label.toLocaleLowerCase('vi'),
  });
  const codes = indicator.choices.map((choice) => ({
    ...button(`${choice.code} – ${choice.label}`, 'choose', report, indicator.id, choice.code),
    typed: String(choice.code),
  }));
  // Two short codes fit beside each other on a phone; longer lists go one under the other.
  const narrow = codes.length === 2 && codes.every((each) => each.label.length <= 18);
  return [
    ...(hasValue ? [[of(BUTTON.keep, 'keep')]] : []),
    ...(narrow ? [codes] : codes.map((each) => [each])),
    [of(BUTTON.blank, 'blank'), of(BUTTON.notApplicable, 'notApplicable')],
    [of(BUTTON.pending, 'pending'), of(BUTTON.skip, 'skip')],
  ];
}
