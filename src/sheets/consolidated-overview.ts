// The first sheet of the consolidated workbook: how far the period is, who is missing, what was left out, and why.
import { campaignFor } from '../domain/campaign.ts';
import { sentBy } from '../domain/consolidate.ts';
import { countedTwice, otherForms } from '../domain/consolidate-remarks.ts';
import type { Status } from '../domain/report.ts';
import { momentWords, periodWords } from '../text/common.ts';
import {
  countedTwiceWords,
  leftOutWords,
  otherFormWords,
  rowWords,
  CONSOLIDATED as SAY,
  stateWords,
} from '../text/consolidated.ts';
import type { Work } from './consolidated-work.ts';
import { type Grid, type GridCell, number, text } from './grid.ts';
import { rowHeight } from './grid-size.ts';

const WIDTHS = [6, 56, 24, 50];
/** A remark goes across all columns but the first. */
const REMARK = [6, 130];
/** From the sent to those nobody has begun. */
const STATES: readonly Status[] = [
  'accepted',
  'submitted',
  'awaiting',
  'inProgress',
  'returned',
  'notStarted',
];

export function overviewGrid(work: Work): Grid {
  const { input, consolidated } = work;
  const lines = [
    [text(SAY.title, 'title')],
    [text(periodWords(input.campaign, input.template), 'line')],
    [text(SAY.office(input.office), 'line')],
    [text(work.state, consolidated.provisional ? 'alert' : 'line')],
    [text(SAY.asOf(momentWords(input.at, input.timezone)), 'line')],
    [],
    ...states(work),
    [],
    ...missing(work),
    [],
    ...leftOut(work),
    [],
    [text(SAY.remarks, 'title')],
  ];
  const remarks = [...remarksOf(work), ...SAY.reading].map((words) => [
    text('•', 'line'),
    text(words, 'remark'),
  ]);
  return {
    name: work.overview,
    widths: WIDTHS,
    rows: [
      // Lines stand across the columns; only what has a border is broken into lines.
      ...lines.map((cells) => ({ height: cells.length > 1 ? rowHeight(cells, WIDTHS) : 20, cells })),
      ...remarks.map((cells) => ({ height: rowHeight(cells, REMARK), cells, wide: true as const })),
    ],
    frozen: { rows: 0, columns: 0 },
  };
}

const head = (...words: readonly string[]): GridCell[] => words.map((each) => text(each, 'head'));

function states({ entries }: Work): GridCell[][] {
  const counts = STATES.map((status) => ({
    status,
    n: entries.filter(({ report }) => report.status === status).length,
  })).filter(({ n }) => n > 0);
  return [
    [text(SAY.states, 'title')],
    head(SAY.heads.stt, SAY.state, SAY.units),
    ...counts.map(({ status, n }, at) => [
      number(at + 1, 0, 'centre'),
      text(stateWords({ status }), 'text'),
      number(n),
    ]),
    [text('', 'section'), text(SAY.all, 'section'), number(entries.length, 0, 'total')],
  ];
}

function missing({ entries, input }: Work): GridCell[][] {
  const rows = entries.filter(({ report }) => !sentBy(report));
  if (rows.length === 0) return [[text(SAY.missing(0), 'title')]];
  return [
    [text(SAY.missing(rows.length), 'title')],
    head(SAY.heads.stt, SAY.unitName, SAY.state, SAY.note),
    ...rows.map(({ unit, report }, n) => {
      const last = report.submissions.at(-1);
      const due = SAY.due(momentWords(campaignFor(input.campaign, unit.id).due, input.timezone));
      const notes = [last && SAY.sentBefore(last.version), due].filter(Boolean).join('; ');
      return [
        number(n + 1, 0, 'centre'),
        text(unit.name, 'text'),
        text(stateWords(report), 'text'),
        text(notes, 'text'),
      ];
    }),
  ];
}

function leftOut({ consolidated, input: { template } }: Work): GridCell[][] {
  const rows = [...consolidated.rows].flatMap(([id, { total }]) =>
    total.how === 'leftOut' ? [{ id, reason: leftOutWords(template, total.leftOut) }] : [],
  );
  if (rows.length === 0) return [[text(SAY.leftOut(0), 'title')]];
  return [
    [text(SAY.leftOut(rows.length), 'title')],
    head(SAY.heads.stt, SAY.heads.label, SAY.heads.unit, SAY.reason),
    ...rows.map(({ id, reason }, n) => [
      number(n + 1, 0, 'centre'),
      text(rowWords(template, id), 'text'),
      text(template.byId.get(id)?.unit ?? '', 'text'),
      text(reason, 'text'),
    ]),
  ];
}

function remarksOf({ entries, consolidated, input }: Work): string[] {
  const others = [...consolidated.rows.values()].reduce((sum, { tally }) => sum + tally.other, 0);
  return [
    ...countedTwice(entries, input.known).map(countedTwiceWords),
    ...otherForms(input.template, entries).map(otherFormWords),
    ...(others > 0 ? [SAY.others(others)] : []),
  ];
}
