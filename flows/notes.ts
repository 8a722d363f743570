// Notes on an indicator or on a heading, and moving a note that went to the wrong place.

import type { Change } from '../src/domain/change.ts';
import { headingsAbove } from '../src/domain/progress.ts';
import { fold } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { NOTE, privacyRefused } from '../src/text/fill.ts';
import { button } from './actions.ts';
import { indicatorOf, type Opened, type Outcome, type Turn } from './flow.ts';
import { setAnswer, setHeadingNote, stamp } from './record.ts';

const MOST = 2000;

/** What is wrong with a note's words, as a message; undefined when they may be stored. */
function refused(words: string): Outcome | undefined {
  if (words.length > MOST) return { say: [{ text: [NOTE.tooLong] }] };
  const fault = privacyFault(words);
  return fault ? { say: [{ text: [privacyRefused(fault, 'nothing')] }] } : undefined;
}

const isRemoval = (words: string): boolean => fold(words) === 'xoa';

/** `/ghichu …` for the indicator being asked. The value, when there is one, stays. */
export function noteOnIndicator(opened: Opened, id: string, words: string, turn: Turn): Outcome {
  const indicator = indicatorOf(opened.template, id);
  if (!indicator || words === '') return { say: [{ text: [NOTE.usage] }] };
  if (isRemoval(words)) return removeNote(opened, id, turn);
  const fault = refused(words);
  if (fault) return fault;
  const { changes, answer } = setAnswer(opened, id, { note: words }, turn);
  const previous = newestAnswered(opened, id);
  return {
    say: [
      {
        text: [
          ...NOTE.saved(opened.template, indicator, words),
          ...(answer.value ? [] : ['\n', NOTE.stillNeedsValue]),
        ],
        ...(previous && !answer.value
          ? {
              buttons: [
                [button(NOTE.moveTo(opened.template, previous), 'moveNote', opened.report.id, id, 'prev')],
              ],
            }
          : {}),
      },
    ],
    changes,
  };
}

function removeNote(opened: Opened, id: string, turn: Turn): Outcome {
  const was = opened.report.answers[id];
  const row = opened.template.byId.get(id);
  if (!row || !was?.note) return { say: [{ text: [NOTE.usage] }] };
  const change: Change = was.value
    ? {
        type: 'answer_set',
        report: opened.report.id,
        indicator: id,
        answer: { ...stamp(turn), value: was.value },
        was,
      }
    : { type: 'answer_cleared', report: opened.report.id, indicator: id, was };
  return { say: [{ text: NOTE.removed(opened.template, row) }], changes: [change] };
}

/** The indicator answered last before this question, to which a note may have been meant. */
function newestAnswered(opened: Opened, except: string) {
  const newest = Object.entries(opened.report.answers)
    .filter(([id, answer]) => id !== except && answer.value !== undefined)
    .sort(([, a], [, b]) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))[0];
  return newest ? indicatorOf(opened.template, newest[0]) : undefined;
}

/** `/ghichumuc …` goes to the nearest heading above; when several stand above, a button moves it further up. */
export function noteOnHeading(opened: Opened, id: string, words: string): Outcome {
  const indicator = indicatorOf(opened.template, id);
  const [nearest, above] = indicator ? headingsAbove(opened.template, indicator) : [];
  if (!nearest || words === '') return { say: [{ text: [NOTE.usageHeading] }] };
  if (isRemoval(words)) {
    return {
      say: [{ text: NOTE.removed(opened.template, nearest) }],
      changes: setHeadingNote(opened, nearest.id, ''),
    };
  }
  const fault = refused(words);
  if (fault) return fault;
  return {
    say: [
      {
        text: NOTE.saved(opened.template, nearest, words),
        ...(above
          ? {
              buttons: [
                [button(NOTE.moveTo(opened.template, above), 'moveNote', opened.report.id, nearest.id, 'up')],
              ],
            }
          : {}),
      },
    ],
    changes: setHeadingNote(opened, nearest.id, words),
  };
}

/** Moves a note one heading up ('up'), or from the question to the indicator answered before it ('prev'). */
export function moveNote(opened: Opened, id: string, where: string, turn: Turn): Outcome {
  const { template, report } = opened;
  const row = template.byId.get(id);
  if (!row) return { say: [{ text: [NOTE.nothingToMove] }] };
  if (where === 'up') {
    const note = report.notes[id];
    const above = headingsAbove(template, row).find((each) => each.id !== id);
    if (!note || !above) return { say: [{ text: [NOTE.nothingToMove] }] };
    return {
      say: [{ text: NOTE.moved(template, above) }],
      changes: [...setHeadingNote(opened, id, ''), ...setHeadingNote(opened, above.id, note)],
    };
  }
  const note = report.answers[id]?.note;
  const target = newestAnswered(opened, id);
  if (!note || !target) return { say: [{ text: [NOTE.nothingToMove] }] };
  const removed = removeNote(opened, id, turn).changes ?? [];
  const { changes } = setAnswer(opened, target.id, { note }, turn);
  return { say: [{ text: NOTE.moved(template, target) }], changes: [...removed, ...changes] };
}
