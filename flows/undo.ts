// Taking back the newest thing this person did to a report, step by step.
import type { Change, Recorded, ReportChange } from '../src/domain/change.ts';
import { valueWords } from '../src/text/common.ts';
import { FILL } from '../src/text/fill.ts';
import { indicatorOf, isEditable, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { lockedMessage } from './menu.ts';
import { goTo } from './navigate.ts';
import { stamp } from './record.ts';

type Undoable = Extract<ReportChange, { type: 'answer_set' | 'answer_cleared' | 'note_set' }>;

/** Takes back this person's newest change that was not taken back yet. An undo is a change of its own, so nothing is lost. */
export function undo(turn: Turn): Outcome {
  const { recent, person } = turn.facts;
  const taken = new Set(recent.flatMap((each) => (undoes(each.change) ? [undoes(each.change)] : [])));
  const last = recent.find(
    (each) =>
      each.by === person?.id && isUndoable(each.change) && !undoes(each.change) && !taken.has(each.id),
  );
  const opened = last && isUndoable(last.change) ? openReport(turn.facts, last.change.report) : undefined;
  if (!last || !opened) return { say: [{ text: [FILL.nothingToUndo] }] };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  return takeBack(last, opened, turn);
}

const isUndoable = (change: Change): change is Undoable =>
  change.type === 'answer_set' || change.type === 'answer_cleared' || change.type === 'note_set';

const undoes = (change: Change): string | undefined => ('undoes' in change ? change.undoes : undefined);

function takeBack(last: Recorded, opened: Opened, turn: Turn): Outcome {
  const change = last.change as Undoable;
  const report = opened.report.id;
  if (change.type === 'note_set') {
    const row = opened.template.byId.get(change.row);
    const now = opened.report.notes[change.row] ?? null;
    return {
      say: row ? [{ text: FILL.undoneNote(opened.template, row) }] : [],
      changes: [
        { type: 'note_set', report, row: change.row, note: change.was ?? '', was: now, undoes: last.id },
      ],
    };
  }
  const indicator = indicatorOf(opened.template, change.indicator);
  const now = opened.report.answers[change.indicator];
  if (!indicator) return { say: [{ text: [FILL.nothingToUndo] }] };
  const was = change.was;
  const words = was?.value ? valueWords(was.value, indicator) : FILL.notYetAnswered;
  const back: Change[] = was
    ? [
        {
          type: 'answer_set',
          report,
          indicator: indicator.id,
          answer: { ...was, ...stamp(turn) },
          was: now ?? null,
          undoes: last.id,
        },
      ]
    : now
      ? [{ type: 'answer_cleared', report, indicator: indicator.id, was: now, undoes: last.id }]
      : [];
  return {
    say: [{ text: FILL.undone(indicator, words) }],
    changes: back,
    ...(was?.value ? {} : { go: goTo(opened, indicator.id, turn) }),
  };
}
