// Notes on an indicator or on a heading, and moving a note that went to the wrong place.

import type { Change } from '../src/domain/change.ts';
import type { Button } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';
import { headingsAbove } from '../src/domain/progress.ts';
import { valueWriter } from '../src/domain/report.ts';
import type { Group, Row, Section } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { privacyRefused } from '../src/text/fill.ts';
import { NOTE } from '../src/text/note.ts';
import { button } from './actions.ts';
import { indicatorOf, type Opened, type Outcome, rowByRef, type Turn } from './flow.ts';
import { byAnother, LONGEST_NOTE, setAnswer, setHeadingNote, stamp } from './record.ts';

/** What is wrong with a note's words, to be said; undefined when they may be stored. `kept`: what is stored without them. */
export function noteFault(words: string, kept: 'nothing' | 'valueKept' = 'nothing'): string | undefined {
  if (words.length > LONGEST_NOTE) return NOTE.tooLong;
  const fault = privacyFault(words);
  return fault && privacyRefused(fault, kept);
}

function refused(words: string): Outcome | undefined {
  const fault = noteFault(words);
  return fault === undefined ? undefined : { say: [{ text: [fault] }] };
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
              buttons: [[moveButton(opened, id, previous, shortHash(previous.id))]],
            }
          : {}),
      },
    ],
    changes,
  };
}

const moveButton = ({ template, report }: Opened, from: string, to: Row, where: string): Button =>
  button(NOTE.moveTo(template, to), 'moveNote', report.id, from, where);

function removeNote(opened: Opened, id: string, turn: Turn): Outcome {
  const was = opened.report.answers[id];
  const row = opened.template.byId.get(id);
  if (!row) return { say: [{ text: [NOTE.usage] }] };
  if (!was?.note) return { say: [{ text: NOTE.nothingToRemove(opened.template, row) }] };
  const { note: _, valueBy: __, ...value } = was;
  const kept = { ...value, ...stamp(turn), valueAt: was.valueAt ?? was.at };
  const change: Change = was.value
    ? {
        type: 'answer_set',
        report: opened.report.id,
        indicator: id,
        answer: { ...kept, ...byAnother(valueWriter(was), turn) },
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

/** The headings that a note may climb to, nearest first: the groups above, then the section; of a part only its own. */
function headings({ template, part }: Opened, row: Row): readonly (Group | Section)[] {
  const groups = headingsAbove(template, row);
  const top = groups.at(-1);
  const over = top && top.id !== row.id ? headingsAbove(template, top) : [];
  return [...new Set([...groups, ...over])].filter(
    (each) => each.id !== row.id && (!part || part.rows.has(each.id)),
  );
}

/** `/ghichumuc …` goes to the nearest heading above; when others stand above that, a button moves it further up. */
export function noteOnHeading(opened: Opened, id: string, words: string): Outcome {
  const { template, report } = opened;
  const indicator = indicatorOf(template, id);
  const above = indicator ? headings(opened, indicator) : [];
  const [nearest] = above;
  if (words === '') return { say: [{ text: [NOTE.usageHeading] }] };
  if (!nearest) return { say: [{ text: [NOTE.noHeading] }] };
  if (isRemoval(words)) {
    const noted = above.find((each) => report.notes[each.id] !== undefined);
    return noted
      ? { say: [{ text: NOTE.removed(template, noted) }], changes: setHeadingNote(opened, noted.id, '') }
      : { say: [{ text: NOTE.nothingToRemove(template, nearest) }] };
  }
  const fault = refused(words);
  if (fault) return fault;
  return {
    say: [{ text: NOTE.saved(template, nearest, words), ...climb(opened, nearest) }],
    changes: setHeadingNote(opened, nearest.id, words),
  };
}

/** The button that moves a heading's note one heading up, where there is one. */
function climb(opened: Opened, from: Row): { buttons?: Button[][] } {
  const [above] = headings(opened, from);
  return above ? { buttons: [[moveButton(opened, from.id, above, 'up')]] } : {};
}

/** Moves a note one heading up ('up'), or from the question to the indicator that the button names by its short hash. */
export function moveNote(opened: Opened, id: string, where: string, turn: Turn): Outcome {
  const { template, report } = opened;
  const row = template.byId.get(id);
  const target = where === 'up' ? row && headings(opened, row)[0] : rowByRef(template, where);
  const note = where === 'up' ? report.notes[id] : report.answers[id]?.note;
  const there = target && (where === 'up' ? report.notes[target.id] : report.answers[target.id]?.note);
  if (!note || !target) return { say: [{ text: [NOTE.nothingToMove] }] };
  // What already stands there is somebody's note too.
  const both = there ? `${there}; ${note}` : note;
  const fault = refused(both);
  if (fault) return fault;
  const moved = NOTE.moved(template, target, both);
  if (where === 'up') {
    const changes = [...setHeadingNote(opened, id, ''), ...setHeadingNote(opened, target.id, both)];
    return { say: [{ text: moved, ...climb(opened, target) }], changes };
  }
  if (!report.answers[target.id]?.value) return { say: [{ text: [NOTE.nothingToMove] }] };
  const removed = removeNote(opened, id, turn).changes ?? [];
  const { changes } = setAnswer(opened, target.id, { note: both }, turn);
  return { say: [{ text: moved }], changes: [...removed, ...changes] };
}
