// The main conversation: one indicator after the other, each answer read, checked and echoed at once.
import type { Doubt } from '../src/domain/conversation.ts';
import { isEditable, type Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { clean, fold, isMarkLike } from '../src/domain/words.ts';
import { readAnswer } from '../src/indicators/index.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { FILL, privacyRefused, READING } from '../src/text/fill.ts';
import { keepTheirs, keepValue, recordAnswer, takeReading } from './answered.ts';
import { askBack } from './ask-back.ts';
import { askedNow } from './asked.ts';
import { saidTo } from './colleague.ts';
import { contextOf } from './context.ts';
import { doubtAbout, ownWords } from './doubts.ts';
import { type Flow, indicatorOf, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { lockedMessage } from './menu.ts';
import { goOn, skip } from './navigate.ts';
import { noteFault, noteOnIndicator } from './notes.ts';
import { pasted } from './paste/paste.ts';
import { LONGEST_NOTE } from './record.ts';
import { pointAbout } from './returned.ts';
import { typedOnScreen } from './screen-answer.ts';
import { askAt } from './screen-question.ts';
import { stale, staleMessage } from './stale.ts';

export const fill: Flow<'fill'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    const indicator = opened && indicatorOf(opened.template, waiting.indicator);
    if (!opened || !indicator) return [staleMessage];
    return isEditable(opened.report) ? [askAt(facts, opened, waiting, indicator)] : [lockedMessage(opened)];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    const indicator = opened && indicatorOf(opened.template, waiting.indicator);
    if (!opened || !indicator) return { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
    if (input.type !== 'text') return stale;
    const at = { section: indicator.section, indicator: indicator.id };
    return (
      pasted(opened, input.text, at, turn) ??
      typedOnScreen(opened, waiting, input, turn) ??
      answerTyped(opened, indicator, input, turn)
    );
  },
};

/** Typed words for one indicator, whether it is the one being asked or an earlier one that is corrected. */
export function answerTyped(
  opened: Opened,
  indicator: Indicator,
  input: { text: string; message?: string },
  turn: Turn,
): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const typed = clean(input.text);
  const moved = inWords(typed, opened, indicator, turn);
  if (moved) return moved;
  const reading = readAnswer(typed, indicator, contextOf(turn.facts, opened, indicator));
  const agreed = reading.is === 'accept' ? undefined : agreedReading(typed, opened, indicator, turn);
  if (agreed) return recordAnswer(opened, indicator, agreed, turn);
  // A text that looks like the mark of a choice is asked back: it would be stored as words.
  if (reading.is === 'accept' && reading.value.is === 'text' && isMarkLike(typed)) {
    const { value } = reading;
    return askBack(opened, indicator, typed, { is: 'confirm', why: 'weakWord', value }, input.message, turn);
  }
  if (reading.is === 'accept') {
    const note = reading.note ?? noteOfDoubt(opened, indicator, turn);
    return recordTyped(opened, indicator, note ? { ...reading, note } : reading, input.message, turn);
  }
  const fault = privacyFault(typed);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  // Words too long for a cell are not cut behind the officer's back: they stand in the chat and can be shortened.
  if (typed.length > LONGEST_NOTE) return { say: [{ text: READING.tooLong(indicator) }] };
  if (reading.is === 'ask' && reading.readings.length === 0 && reading.note && isNoteAlone(typed)) {
    return noteOnIndicator(opened, indicator.id, reading.note, turn);
  }
  return askBack(opened, indicator, typed, reading, input.message, turn);
}

/** "để sau" and "giữ nguyên", the words of the question's own buttons, whatever was said since. */
function inWords(typed: string, opened: Opened, indicator: Indicator, turn: Turn): Outcome | undefined {
  const waiting = askedNow(opened, indicator, turn);
  if (!waiting) return undefined;
  const words = fold(typed).replace(/[.!]+$/, '');
  if (words === 'de sau' || words === 'bo qua') return skip(opened, waiting);
  const pending = doubtAbout(opened, indicator, turn);
  if (pending?.over !== undefined) return decided(words, pending, opened, indicator, turn);
  if (words === 'giu nguyen' && pointAbout(opened, indicator)) return keepValue(opened, indicator, turn);
  const hasValue = opened.report.answers[indicator.id]?.value !== undefined;
  return words === 'giu nguyen' && hasValue ? { go: goOn(opened, indicator, waiting) } : undefined;
}

/** What is typed to the question whether a colleague's value stays; "đúng" could mean either, so it is asked again. */
function decided(
  words: string,
  doubt: Doubt,
  opened: Opened,
  indicator: Indicator,
  turn: Turn,
): Outcome | undefined {
  const said = saidTo(doubt, words, opened, indicator, turn);
  if (said === 'keep') return keepTheirs(opened, indicator, doubt, turn);
  if (said === 'replace') return takeReading(opened, indicator, doubt, 0, turn);
  const { over: _, ...unseen } = doubt;
  return AGREED.has(words) ? takeReading(opened, indicator, unseen, 0, turn) : undefined;
}

/** "đúng", "ok" … to a question that offered exactly one reading. */
function agreedReading(typed: string, opened: Opened, indicator: Indicator, turn: Turn) {
  const pending = doubtAbout(opened, indicator, turn);
  const only = pending?.readings.length === 1 && !pending.screen ? pending.readings[0] : undefined;
  const words = fold(typed).replace(/[.!]+$/, '');
  if (!only || !AGREED.has(words)) return undefined;
  return {
    ...only,
    ...(pending?.message ? { message: pending.message } : {}),
    ...(pending?.carried ? { carried: pending.carried } : {}),
  };
}
const AGREED = new Set([
  'dung',
  'ok',
  'oke',
  'phai',
  'vang',
  'u',
  'dong y',
  'dung roi',
  'chinh xac',
  'xac nhan',
  'da',
]);

/** The note typed behind a figure that was refused or asked back, when the figure is now given again without one. */
function noteOfDoubt(opened: Opened, indicator: Indicator, turn: Turn): string | undefined {
  const pending = doubtAbout(opened, indicator, turn);
  return pending && ownWords(pending).note;
}

const isNoteAlone = (typed: string): boolean => /^\s*[;–—-]/.test(typed);

function recordTyped(
  opened: Opened,
  indicator: Indicator,
  reading: { value: Value; note?: string },
  message: string | undefined,
  turn: Turn,
): Outcome {
  const from = message === undefined ? {} : { message };
  if (reading.value.is === 'text') {
    const fault = privacyFault(reading.value.text);
    if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  }
  const refused = reading.note ? noteFault(reading.note, 'valueKept') : undefined;
  if (!refused) return recordAnswer(opened, indicator, { ...reading, ...from }, turn);
  const kept = recordAnswer(opened, indicator, { value: reading.value, ...from }, turn);
  const why = kept.changes ? refused : noteFault(reading.note ?? '');
  return { ...kept, say: [...(kept.say ?? []), { text: [why ?? refused] }] };
}
