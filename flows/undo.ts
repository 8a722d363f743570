// Taking back the newest thing this person did to a report, step by step: all that one message or tap wrote, at once.
import { canonical } from '../src/domain/canonical.ts';
import type { Change, ReportChange } from '../src/domain/change.ts';
import type { Message } from '../src/domain/conversation.ts';
import { nextIndicator } from '../src/domain/progress.ts';
import { type Answer, isEditable, type Value, valueWriter } from '../src/domain/report.ts';
import { valueWords } from '../src/text/common.ts';
import { FILL } from '../src/text/fill.ts';
import { factsAfter } from './facts-after.ts';
import { indicatorOf, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { lockedMessage } from './menu.ts';
import { goTo } from './navigate.ts';
import { byAnother, stamp } from './record.ts';
import { pointAbout } from './returned.ts';

type Undoable = Extract<ReportChange, { type: 'answer_set' | 'answer_cleared' | 'note_set' }>;
type Done = { readonly id: string; readonly change: Undoable };
type Undo = { readonly row: string; readonly change: Change; readonly said: Message };

/**
 * Takes back what this person's newest event wrote and was not taken back yet. What somebody has changed since stays as it is;
 * an event of which nothing stands any more is passed over. An undo is a change of its own, so nothing is lost.
 */
export function undo(turn: Turn): Outcome {
  const passed: Message[] = [];
  for (const [event, done] of doneBy(turn)) {
    const opened = done[0] && openReport(turn.facts, done[0].change.report);
    if (!opened) continue;
    if (!isEditable(opened.report)) return { say: [...passed, lockedMessage(opened)] };
    const undone = takeBack(event, done, opened, turn);
    if (undone.length > 0) return outcomeOf(undone, opened, turn, passed);
    const row = done[0] && opened.template.byId.get(rowOf(done[0].change));
    if (row) passed.push({ text: FILL.changedSince(opened.template, row) });
  }
  return { say: [...passed, { text: [FILL.nothingToUndo] }] };
}

/** What this person wrote and did not take back, by event, newest first. */
function doneBy({ facts }: Turn): ReadonlyMap<string, readonly Done[]> {
  const recent = facts.recent();
  // An undo counts as taken back itself: taking it back would only do the same thing again.
  const taken = new Set(
    recent.flatMap(({ id, change }) => ('undoes' in change ? [eventOf(change.undoes), eventOf(id)] : [])),
  );
  const done = new Map<string, Done[]>();
  for (const { id, by, change } of recent) {
    const event = eventOf(id);
    if (by !== facts.person?.id || taken.has(event) || !isUndoable(change)) continue;
    done.set(event, [...(done.get(event) ?? []), { id, change }]);
  }
  return done;
}

const isUndoable = (change: Change): change is Undoable =>
  change.type === 'answer_set' || change.type === 'answer_cleared' || change.type === 'note_set';

/** The event of a recorded change, whose id is "<event>:<n>". */
const eventOf = (id = ''): string => id.slice(0, id.lastIndexOf(':'));

const rowOf = (change: Undoable): string => (change.type === 'note_set' ? change.row : change.indicator);

/** The changes that undo what still stands of one event, in the order of the form. */
function takeBack(event: string, done: readonly Done[], opened: Opened, turn: Turn): Undo[] {
  const known = new Map(done.map((each) => [rowOf(each.change), each]));
  return opened.template.rows.flatMap((row): Undo[] => {
    if (opened.part && !opened.part.rows.has(row.id)) return [];
    const each = known.get(row.id);
    if (each) return undoOf(each, opened, turn);
    // Leaving all the rest blank writes more than the newest changes reach back; what it wrote names it all the same.
    const now = opened.report.answers[row.id];
    if (now?.event !== event || now.value?.is !== 'blank') return [];
    const { value: _, ...was } = now;
    return restored(opened, row.id, was.note ? was : null, done[0]?.id ?? '', turn);
  });
}

function undoOf({ id, change }: Done, opened: Opened, turn: Turn): Undo[] {
  const { report, template } = opened;
  if (change.type === 'note_set') {
    const row = template.byId.get(change.row);
    const now = report.notes[change.row] ?? '';
    if (!row || now !== change.note) return [];
    const note = change.was ?? '';
    return [
      {
        row: row.id,
        change: { type: 'note_set', report: report.id, row: row.id, note, was: now || null, undoes: id },
        said: { text: FILL.undoneNote(template, row) },
      },
    ];
  }
  const wrote = change.type === 'answer_set' ? change.answer : undefined;
  return isSame(report.answers[change.indicator], wrote)
    ? restored(opened, change.indicator, change.was, id, turn)
    : [];
}

/** Puts an answer back as it was; null: there was none. */
function restored(opened: Opened, id: string, was: Answer | null, undoes: string, turn: Turn): Undo[] {
  const report = opened.report.id;
  const indicator = indicatorOf(opened.template, id);
  const now = opened.report.answers[id];
  if (!indicator || (!was && !now)) return [];
  const words = was?.value ? valueWords(was.value, indicator) : FILL.notYetAnswered;
  // A value that was only given once more (giữ nguyên) is no note.
  const text =
    isSameValue(was?.value, now?.value) && was?.note !== now?.note
      ? FILL.undoneNote(opened.template, indicator)
      : FILL.undone(indicator, words);
  const change: Change = was
    ? {
        type: 'answer_set',
        report,
        indicator: id,
        answer: putBack(was, turn),
        was: now ?? null,
        undoes,
      }
    : { type: 'answer_cleared', report, indicator: id, was: now as Answer, undoes };
  return [{ row: id, change, said: { text } }];
}

/** The value is still that of whoever gave it. */
function putBack(was: Answer, turn: Turn): Answer {
  const { valueBy: _, ...rest } = was;
  return { ...rest, ...stamp(turn), ...(was.value ? byAnother(valueWriter(was), turn) : {}) };
}

const isSame = (a: Answer | undefined, b: Answer | undefined): boolean =>
  isSameValue(a?.value, b?.value) && a?.note === b?.note && canonical(a?.waitsFor) === canonical(b?.waitsFor);
const isSameValue = (a: Value | undefined, b: Value | undefined): boolean => canonical(a) === canonical(b);

/** A single indicator without a value again is asked again; after many, the dialog goes on at the first gap. */
function outcomeOf(undone: readonly Undo[], opened: Opened, turn: Turn, passed: readonly Message[]): Outcome {
  const changes = undone.map((each) => each.change);
  const many = undone.length > 3;
  const say = [
    ...passed,
    ...(many ? [{ text: FILL.undoneMany(undone.length) }] : undone.map((each) => each.said)),
  ];
  const after = openReport(factsAfter(turn.facts, changes), opened.report.id) ?? opened;
  // What the coordinator asked about is asked again as well: it was not answered after all.
  const gap = undone.find(({ row }) => {
    const indicator = indicatorOf(opened.template, row);
    return indicator && (!after.report.answers[row]?.value || pointAbout(opened, indicator));
  });
  const target = many ? nextIndicator(after)?.id : gap?.row;
  // What a paste has left open goes with it.
  const doubts = many ? { doubts: turn.session.doubts.filter((each) => !each.pasted) } : {};
  return { say, changes, ...doubts, ...(target === undefined ? {} : { go: goTo(opened, target, turn) }) };
}
