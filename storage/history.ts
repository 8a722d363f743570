// Writes what was changed into the histories, and what somebody may want to take back among the newest of a unit.
import type { Change, Recorded, ReportChange } from '../src/domain/change.ts';
import type { State } from './state.ts';
import type { Turn } from './storage.ts';

/** So many events are remembered with all they wrote, and of long ones so many changes. */
const RECENT = { events: 50, changes: 400 };

/** Into the history of a campaign. */
export function recordOf(state: State, turn: Turn, change: Change, n: number, campaign: string): void {
  const { at, by, conversation } = turn;
  push(state.history, `campaign:${campaign}`, { id: `${turn.event}:${n}`, at, by, conversation, change });
}

/** Into the history of a report, and among what its unit did lately. */
export function recordReportChange(state: State, turn: Turn, change: ReportChange, n: number): void {
  const { at, by, conversation } = turn;
  const record: Recorded = { id: `${turn.event}:${n}`, at, by, conversation, change };
  push(state.history, change.report, record);
  const unit = state.reports.get(change.report)?.unit;
  // Downloads must not push out what somebody may want to undo.
  if (unit === undefined || change.type === 'downloaded' || change.type === 'handed') return;
  forgetOldest(push(state.recent, unit, record));
}

/** Leaves of a unit's records, oldest first, what is remembered as recent. Whole events go, so that what is left of one can be taken back whole. What one event wrote stands together. */
export function forgetOldest(recent: Recorded[]): void {
  if (recent.length <= RECENT.events) return;
  let from = recent.length;
  for (let events = 0; from > 0 && events < RECENT.events; events++) {
    let start = from - 1;
    while (start > 0 && eventOf(recent[start - 1]) === eventOf(recent[from - 1])) start--;
    if (events > 0 && recent.length - start > RECENT.changes) break;
    from = start;
  }
  if (from > 0) recent.splice(0, from);
}

/** The event of a record, whose id is "<event>:<n>". */
const eventOf = (record: Recorded | undefined): string =>
  record === undefined ? '' : record.id.slice(0, record.id.lastIndexOf(':'));

function push(lists: Map<string, Recorded[]>, key: string, record: Recorded): Recorded[] {
  const list = lists.get(key) ?? [];
  if (list.length === 0) lists.set(key, list);
  list.push(record);
  return list;
}
