// The order among a unit's reports in which its newest changes were made: histories alone have only the order within each report.
import type pg from 'pg';
import type { Recorded } from '../src/domain/change.ts';
import type { Part } from './portable.ts';
import { toJson } from './postgres-text.ts';

/** A record in the database; `turn` and `n` give the order within a report. */
type Row = {
  readonly of: string;
  readonly turn: number;
  readonly n: number;
  readonly id: string;
  readonly conversation: string;
};

/** A row with the number that it gets, and the unit that may undo it. */
type MovedRow = Pick<Row, 'of' | 'turn' | 'n'> & { readonly next: number; readonly unit?: string };

type Recent = Extract<Part, { kind: 'recent' }>['item'];

/** `group`: which of the unit's newest events it belongs to, or comes before; `own`: it was written by that event. */
type Placed = {
  readonly row: Row;
  readonly group: number;
  readonly own: boolean;
  readonly isRecent: boolean;
};

const ROWS = `select json_build_object('of', h.of, 'turn', h.turn, 'n', h.n, 'id', h.event || ':' || h.n,
  'conversation', h.conversation)
  from history h where h.of in (select jsonb_array_elements_text($1::jsonb)) order by h.of, h.turn, h.n`;

/**
 * New numbers, higher than all there are, for what a unit changed last and for what came after it in the same reports: what one
 * event did gets one, in the order of the list, and every report keeps its own order.
 */
export async function recentRows(
  client: pg.Client,
  { unit, records }: Recent,
  next: () => number,
): Promise<readonly MovedRow[]> {
  const groups = groupsOf(records);
  const ids = [...new Set(records.map(reportIn))];
  const found = await client.query<[Row]>({ text: ROWS, values: [toJson(ids)], rowMode: 'array' });
  const placed = ids.flatMap((of) =>
    placedIn(
      found.rows.flat().filter((row) => row.of === of),
      groups.filter(({ record }) => reportIn(record) === of),
    ),
  );
  const sorted = placed.sort((a, b) => a.group - b.group || Number(a.own) - Number(b.own));
  let last: Placed | undefined;
  let number = 0;
  return sorted.map((each) => {
    if (!last || !isSameTurn(last, each)) number = next();
    last = each;
    const { of, turn, n } = each.row;
    return { of, turn, n, next: number, ...(each.isRecent && { unit }) };
  });
}

const reportIn = ({ change }: Recorded): string => ('report' in change ? change.report : '');

const eventOf = ({ id, conversation }: { readonly id: string; readonly conversation: string }): string =>
  `${conversation} ${id.slice(0, id.lastIndexOf(':'))}`;

const nOf = ({ id }: Recorded): number => Number(id.slice(id.lastIndexOf(':') + 1));

/** Each record with the place of its event among the events. */
function groupsOf(records: readonly Recorded[]): readonly { record: Recorded; group: number }[] {
  let group = 0;
  return records.map((record, n) => {
    const before = records[n - 1];
    // An event that comes again long after it was forgotten is another one.
    if (before && (eventOf(before) !== eventOf(record) || nOf(before) >= nOf(record))) group += 1;
    return { record, group };
  });
}

/** The rows of one report from the first that is recent on. */
function placedIn(
  rows: readonly Row[],
  recent: readonly { readonly record: Recorded; readonly group: number }[],
): readonly Placed[] {
  const placed: Placed[] = [];
  const left = [...recent];
  let after = Number.POSITIVE_INFINITY;
  // From the end: what is recent is the newest, should an id stand there twice.
  for (const row of rows.toReversed()) {
    const newest = left.at(-1);
    if (!newest) break;
    const isRecent = newest.record.id === row.id && newest.record.conversation === row.conversation;
    if (isRecent) left.pop();
    // What an event writes between two changes that can be undone belongs to it as well.
    const own = isRecent || newest.group === after;
    after = isRecent ? newest.group : after;
    placed.push({ row, group: after, own, isRecent });
  }
  return placed.reverse();
}

/** What comes before an event keeps numbers of its own, one for what was written at once in one report. */
function isSameTurn(a: Placed, b: Placed): boolean {
  if (a.own || b.own) return a.own && b.own && a.group === b.group;
  return a.row.of === b.row.of && eventOf(a.row) === eventOf(b.row) && a.row.n < b.row.n;
}
