// Writing into a report: every change with who, when and what stood there before.
import { canonical } from '../src/domain/canonical.ts';
import type { Change } from '../src/domain/change.ts';
import { type Answer, type Value, valueWriter, type WaitsFor } from '../src/domain/report.ts';
import type { Opened, Turn } from './flow.ts';

/** The stamp of everything this turn writes. */
export const stamp = (turn: Turn): { by: string; at: string; event: string } => ({
  by: turn.facts.person?.id ?? '',
  at: turn.facts.now,
  event: turn.event,
});

/** For an answer that this turn writes, whose value somebody else gave. */
export const byAnother = (writer: string | undefined, { facts }: Turn): { valueBy?: string } =>
  writer === undefined || writer === facts.person?.id ? {} : { valueBy: writer };

/** The change that begins a report, needed before the first change to it. */
export const begun = ({ report, campaign, unit }: Opened): Change[] =>
  report.status === 'notStarted' && report.rev === 0
    ? [
        {
          type: 'report_started',
          report: report.id,
          campaign: campaign.id,
          unit: unit.id,
          template: campaign.template,
        },
      ]
    : [];

/** Longest note that is kept, and longest words that may become one. */
export const LONGEST_NOTE = 2000;

/**
 * A value for an indicator. A note given before stays; a new one beside a new value takes its place. `carried`: the campaign of the
 * earlier period from which the value is kept.
 */
export function setAnswer(
  opened: Opened,
  indicator: string,
  given: { value?: Value; note?: string; message?: string; carried?: string; waitsFor?: WaitsFor },
  turn: Turn,
): { answer: Answer; changes: Change[] } {
  const was = opened.report.answers[indicator];
  const value = given.value ?? was?.value;
  // A note that went ahead of its figure (/ghichu first, the value after) is not pushed out by the words that come with it.
  const ahead = given.value && was && was.value === undefined ? was.note : undefined;
  const note =
    ahead && given.note && !given.note.includes(ahead)
      ? `${given.note}; ${ahead}`
      : (given.note ?? was?.note);
  // A new note leaves the value with the message that gave it, so that editing that message still corrects it.
  const before = given.value ? undefined : was?.message;
  const message = given.message === undefined ? before : `${turn.session.conversation}:${given.message}`;
  const isSame = was?.value !== undefined && canonical(was.value) === canonical(value);
  // A value that is given anew is no longer the one that was kept; a note beside it changes nothing of that.
  const carried = given.value ? given.carried : was?.carried;
  const writer = given.value || !was?.value ? turn.facts.person?.id : valueWriter(was);
  const waitsFor = value?.is === 'pending' ? (given.waitsFor ?? was?.waitsFor) : undefined;
  const answer: Answer = {
    ...stamp(turn),
    ...(value ? { value } : {}),
    ...(note ? { note } : {}),
    ...(message ? { message } : {}),
    ...(isSame ? { valueAt: was.valueAt ?? was.at } : {}),
    ...byAnother(writer, turn),
    ...(carried === undefined ? {} : { carried }),
    ...(waitsFor ? { waitsFor } : {}),
  };
  return {
    answer,
    changes: [
      ...begun(opened),
      { type: 'answer_set', report: opened.report.id, indicator, answer, was: was ?? null },
    ],
  };
}

/** A note on a heading; '' removes it. */
export const setHeadingNote = (opened: Opened, row: string, note: string): Change[] => [
  ...begun(opened),
  { type: 'note_set', report: opened.report.id, row, note, was: opened.report.notes[row] ?? null },
];
