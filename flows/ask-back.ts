// Asking back about typed words that are not plainly an answer: how they were read, and what may be made of them.
import type { Doubt } from '../src/domain/conversation.ts';
import type { Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { isMarkLike } from '../src/domain/words.ts';
import type { Reading } from '../src/indicators/reading.ts';
import { CHOICES } from '../src/text/choices.ts';
import { doubt as doubtText } from '../src/text/doubt.ts';
import { READING } from '../src/text/fill.ts';
import { button } from './actions.ts';
import { askedNow } from './asked.ts';
import { doubtId, readingButtons, withDoubt } from './doubts.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { questionKey } from './question.ts';
import { askAt } from './screen-question.ts';

/** Keeps what was typed, says how it was read, and offers the readings, the text itself, or a note. */
export function askBack(
  opened: Opened,
  indicator: Indicator,
  typed: string,
  reading: Exclude<Reading, { is: 'accept' }>,
  message: string | undefined,
  turn: Turn,
): Outcome {
  const readings =
    reading.is === 'confirm'
      ? [withNote(reading)]
      : reading.is === 'ask'
        ? reading.readings.filter(isNotVerbatim)
        : [];
  const last = turn.facts.previous[opened.campaign.id];
  const doubt: Doubt = {
    id: doubtId(turn),
    report: opened.report.id,
    indicator: indicator.id,
    typed,
    readings,
    ...(reading.note ? { note: reading.note } : {}),
    ...(message === undefined ? {} : { message }),
    ...(reading.why === 'asLastPeriod' && last ? { carried: last.campaign.id } : {}),
  };
  // Such a mark belongs to a list that is gone: neither a figure nor words to keep.
  if (readings.length === 0 && isMarkLike(typed) && indicator.type !== 'text' && reading.why !== 'help') {
    const here = { flow: 'fill', report: opened.report.id, indicator: indicator.id } as const;
    const at = askedNow(opened, indicator, turn) ?? here;
    return { say: [{ text: [CHOICES.noSuch(typed)] }, askAt(turn.facts, opened, at, indicator)] };
  }
  const keepsText = indicator.type !== 'text' && reading.why !== 'help';
  return {
    say: [
      {
        text: doubtText(indicator, typed, reading.why, readings.length > 0),
        buttons: [...readingButtons(doubt, indicator), ...(keepsText ? [textButtons(doubt)] : [])],
        key: questionKey(opened.report.id, indicator.id),
      },
    ],
    doubts: withDoubt(turn.session.doubts, doubt),
  };
}

/** Keeping the words as they are has a button of its own under every doubt. */
const isNotVerbatim = ({ value }: { value: Value }): boolean => value.is !== 'verbatim';

const withNote = (reading: { value: Value; note?: string }): { value: Value; note?: string } =>
  reading.note ? { value: reading.value, note: reading.note } : { value: reading.value };

const textButtons = (doubt: Doubt) => [
  button(READING.verbatim, 'verbatim', doubt.report, doubt.indicator, doubt.id),
  button(READING.asNote, 'asNote', doubt.report, doubt.indicator, doubt.id),
];
