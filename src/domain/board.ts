// The board of a period (bảng tiến độ): how far every unit is, those that need somebody first. It never holds a value.

import { type BoardPart, boardParts, percentOf, progressIn } from './board-parts.ts';
import { type Campaign, campaignFor } from './campaign.ts';
import { type Person, reachedIn, type Unit } from './people.ts';
import type { Progress } from './progress.ts';
import { emptyReport, openPoints, type Report, reportId, type Status } from './report.ts';
import type { Template, TemplateRef } from './template.ts';
import { fold } from './words.ts';

/** `reached`: whether this officer can be written to now. */
export type BoardOfficer = { readonly name: string; readonly phone?: string; readonly reached: boolean };

/** Instants are ISO, UTC. */
export type BoardRow = {
  readonly unit: Unit;
  /** The report's id, also of one that nobody has begun. */
  readonly report: string;
  readonly status: Status;
  /** Its deadline has passed and it is not with the coordinator; no state of its own. */
  readonly overdue: boolean;
  readonly progress: Progress;
  /** Whole per cent, rounded down: 100 only when nothing is left. */
  readonly percent: number;
  /** By the part's id; none for a part that this report's version of the form does not have. */
  readonly parts: Readonly<Record<string, Progress>>;
  /** When the officer last wrote or sent something. */
  readonly lastActivity?: string;
  /** The newest version that was sent; 0 when none was. */
  readonly version: number;
  readonly sentAt?: string;
  /** The first version came after the unit's own deadline; later ones are often asked for by the coordinator. */
  readonly late: boolean;
  /** The unit's own deadline; `extended`: not the one of all. */
  readonly due: string;
  readonly extended: boolean;
  readonly officers: readonly BoardOfficer[];
  /** Of a returned report: the indicators that are still to be looked at again. */
  readonly openPoints: readonly string[];
  /** Of the newest version; left out: none was sent, or under an earlier release. */
  readonly warnings?: number;
  readonly overrides?: number;
};

export type BoardCounts = {
  readonly total: number;
  readonly overdue: number;
  readonly byState: Readonly<Record<Status, number>>;
};

/** `counts` are always those of all units; `filter` says in words which of them `rows` shows. */
export type Board = {
  readonly campaign: Campaign;
  readonly template: Template;
  readonly now: string;
  readonly timezone: string;
  readonly parts: readonly BoardPart[];
  readonly rows: readonly BoardRow[];
  readonly counts: BoardCounts;
  readonly filter?: string;
};

export type BoardInput = {
  readonly template: (ref: TemplateRef) => Template | undefined;
  readonly campaign: Campaign;
  /** Only units of the campaign that are among these get a row. */
  readonly units: readonly Unit[];
  readonly reports: readonly Report[];
  readonly people: readonly Person[];
  readonly now: string;
  readonly timezone: string;
};

/** In the order of trouble. */
export const BOARD_ORDER: readonly Status[] = [
  'notStarted',
  'returned',
  'inProgress',
  'awaiting',
  'submitted',
  'accepted',
];

const OPEN: readonly Status[] = ['notStarted', 'returned', 'inProgress', 'awaiting'];

/**
 * The board with the units in trouble first: overdue, not begun, returned, in progress (the least first), waiting for the leader,
 * sent (the oldest first), accepted; among alike in the order of the campaign. undefined when the campaign's form is gone; a
 * report whose own version of it is gone is measured by the campaign's.
 */
export function boardOf(input: BoardInput): Board | undefined {
  const { campaign, now, timezone } = input;
  const template = input.template(campaign.template);
  if (!template) return undefined;
  const units = new Map(input.units.map((unit) => [unit.id, unit]));
  const reports = new Map(input.reports.map((report) => [report.id, report]));
  const parts = new Map(boardParts(template).map((part) => [part.id, part]));
  const rows = campaign.units.flatMap((id) => {
    const unit = units.get(id);
    if (!unit) return [];
    const report = reports.get(reportId(campaign.id, id)) ?? emptyReport(campaign, id);
    const own = input.template(report.template) ?? template;
    for (const part of own === template ? [] : boardParts(own))
      if (!parts.has(part.id)) parts.set(part.id, part);
    return [rowOf({ unit, report, template: own }, input)];
  });
  rows.sort(byTrouble);
  return { campaign, template, now, timezone, parts: [...parts.values()], rows, counts: countsOf(rows) };
}

type Filled = { readonly unit: Unit; readonly report: Report; readonly template: Template };

function rowOf({ unit, report, template }: Filled, { campaign, people, now }: BoardInput): BoardRow {
  const { due } = campaignFor(campaign, unit.id);
  const { whole, parts } = progressIn(template, report);
  const [first, last] = [report.submissions[0], report.submissions.at(-1)];
  const lastActivity = newestIn(report);
  return {
    ...{ unit, report: report.id, status: report.status, due, extended: due !== campaign.due },
    overdue: due < now && OPEN.includes(report.status),
    ...{ progress: whole, percent: percentOf(whole), parts },
    ...(lastActivity !== undefined && { lastActivity }),
    version: last?.version ?? 0,
    ...(last && { sentAt: last.at }),
    late: first !== undefined && first.at > due,
    officers: officersOf(unit, people),
    openPoints: openPoints(report).map(({ indicator }) => indicator),
    ...(last?.warnings !== undefined && { warnings: last.warnings }),
    ...(last?.overrides !== undefined && { overrides: last.overrides }),
  };
}

/** The newest of what the officer wrote, explained, signed and sent. */
function newestIn({ answers, explanations, awaiting, submissions }: Report): string | undefined {
  const stamped = [...Object.values(answers), ...Object.values(explanations), ...submissions];
  return [...stamped, ...(awaiting ? [awaiting] : [])].reduce<string | undefined>(
    (newest, { at }) => (newest === undefined || at > newest ? at : newest),
    undefined,
  );
}

const officersOf = (unit: Unit, people: readonly Person[]): BoardOfficer[] =>
  people
    .filter((each) => each.unit === unit.id && each.role === 'officer' && each.leftAt === undefined)
    .map((each) => ({
      name: each.name,
      ...(each.phone !== undefined && { phone: each.phone }),
      reached: reachedIn(each) !== undefined,
    }));

/** Rows that are alike keep their places, as sorting is stable. */
function byTrouble(a: BoardRow, b: BoardRow): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
  if (a.status !== b.status) return BOARD_ORDER.indexOf(a.status) - BOARD_ORDER.indexOf(b.status);
  if (a.status === 'inProgress')
    return a.progress.answered * b.progress.total - b.progress.answered * a.progress.total;
  const [mine = '', other = ''] = [a.sentAt, b.sentAt];
  return a.status !== 'submitted' || mine === other ? 0 : mine < other ? -1 : 1;
}

function countsOf(rows: readonly BoardRow[]): BoardCounts {
  const byState = { notStarted: 0, returned: 0, inProgress: 0, awaiting: 0, submitted: 0, accepted: 0 };
  for (const { status } of rows) byState[status] += 1;
  return { total: rows.length, overdue: rows.filter(({ overdue }) => overdue).length, byState };
}

/** `unsent`: with the unit still, whatever its state. `words`: each begins a word of the unit's name or stands in its code, in any order. */
export type BoardFilter = {
  readonly kind?: string;
  readonly words?: string;
  readonly state?: Status | 'overdue' | 'unsent';
};

/** The rows that all of the filter is true of, in their order; words are compared without diacritics and capitals. */
export function filterBoard(rows: readonly BoardRow[], { kind, words, state }: BoardFilter): BoardRow[] {
  const typed = tokensOf(words ?? '');
  const wanted = kind === undefined ? undefined : fold(kind);
  return rows.filter(({ unit, status, overdue }) => {
    if (wanted !== undefined && fold(unit.kind) !== wanted) return false;
    if (state !== undefined && !isIn(state, status, overdue)) return false;
    const named = tokensOf(unit.name);
    const code = tokensOf(unit.id).join('');
    // Words that many names begin with are meant only when they are typed whole: "phú" is no beginning of "phường".
    const common = new Set([...tokensOf(unit.kind), 'ubnd', 'uy']);
    const means = (word: string) => (each: string) =>
      common.has(each) ? each === word : each.startsWith(word);
    return typed.every((word) => named.some(means(word)) || code.includes(word));
  });
}

function isIn(state: NonNullable<BoardFilter['state']>, status: Status, overdue: boolean): boolean {
  if (state === 'overdue') return overdue;
  return state === 'unsent' ? OPEN.includes(status) : status === state;
}

/** "Đưng K'Nớ" → dung, kno. */
const tokensOf = (text: string): string[] =>
  fold(text)
    .replace(/['’ʼ]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
