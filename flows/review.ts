// "Xem lại": what is missing, doubtful or contradictory, by section, each with a button to it.

import type { Button, Message, Text } from '../src/domain/conversation.ts';
import type { Finding } from '../src/domain/finding.ts';
import { partsOf, unanswered } from '../src/domain/progress.ts';
import { isEditable } from '../src/domain/report.ts';
import type { Indicator, Template } from '../src/domain/template.ts';
import { ASSIGN } from '../src/text/assign.ts';
import { PART } from '../src/text/assign-part.ts';
import { bold, lines, periodWords } from '../src/text/common.ts';
import { FILL } from '../src/text/fill.ts';
import { findingText, flat } from '../src/text/findings.ts';
import { LOOK } from '../src/text/look.ts';
import { REVIEW } from '../src/text/submit.ts';
import { waitingWords } from '../src/text/waiting-for.ts';
import { button, commandButton } from './actions.ts';
import { askForButtons } from './assign/ask-for.ts';
import { awayLines } from './assign/list.ts';
import { findingsOf, openFindings, type Point, pointButtons } from './findings.ts';
import { type Facts, type Flow, type Opened, openReport } from './flow.ts';
import { carriedLine } from './last-period.ts';
import { LOOKING } from './look.ts';
import { lockedMessage } from './menu.ts';
import { paged } from './pages.ts';
import { pastedInReview } from './paste/paste.ts';
import { staleMessage } from './stale.ts';

/** A page has at most so many points, and about so many characters with what it offers, as much as a phone shows at once. */
const PAGE = { items: 6, characters: 1_100 };

type Item = { readonly section: string; readonly point: Point; readonly text: Text };

export const review: Flow<'review'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [staleMessage];
    return isEditable(opened.report) ? [reviewMessage(facts, opened, waiting.page)] : [lockedMessage(opened)];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    const pasted =
      opened && input.type === 'text' ? pastedInReview(opened, input.text, waiting.page, turn) : undefined;
    if (pasted) return pasted;
    return opened
      ? { say: [{ text: [FILL.noQuestion], buttons: [[button(REVIEW.resume, 'open', opened.report.id)]] }] }
      : { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
  },
};

/** One page of the review: the counts, then the open points of some sections. */
function reviewMessage(facts: Facts, opened: Opened, page: number): Message {
  const { template, report } = opened;
  const open = openFindings(findingsOf(facts, opened), opened).filter((each) => each.severity !== 'info');
  const missing = unanswered(template, report).filter(({ id }) => !opened.away?.has(id));
  const items = itemsOf(facts, opened, missing, open);
  const pages = paged(items, (item) => sizeOf(opened, item), PAGE);
  const at = Math.min(Math.max(page, 0), pages.length - 1);
  const shown = pages[at] ?? [];
  const later = pages.slice(at + 1).flat().length;
  const counts = {
    missing: missing.length,
    hard: open.filter((each) => each.severity === 'hard').length,
    pending: open.filter((each) => each.kind === 'pending').length,
    soft: open.filter((each) => each.severity === 'soft').length,
  };
  return {
    text: lines(
      REVIEW.head(template, report, periodWords(opened.campaign, template), counts, readyWords(opened)),
      ...awayLines(facts, opened),
      carriedLine(facts, opened),
      ...bySection(template, shown, items),
    ),
    buttons: [...offered(opened, shown), ...pager(report.id, at, later), ...foot(opened, missing.length)],
  };
}

/** What is said when nothing is left to be done here. */
function readyWords({ part, away }: Opened): string | undefined {
  if (part) return PART.ready;
  return away ? ASSIGN.onlyAway : undefined;
}

/** In a list there is room for one way to correct and one to explain; whoever is waited for can be asked. */
const offered = (opened: Opened, items: readonly Item[]): Button[][] => [
  ...pointButtons(
    opened,
    items.map((each) => each.point),
    1,
  ),
  ...askForButtons(
    opened,
    items.flatMap(({ point }) => ('severity' in point && point.kind === 'pending' ? point.rows : [])),
  ),
];

/** How much of a page a point takes with what it offers. */
function sizeOf(opened: Opened, item: Item): number {
  const labels = offered(opened, [item]).flatMap((row) => row.map(({ label }) => label));
  return [flat(item.text), ...labels].join('\n').length;
}

/** The open points in the order of the form. */
function itemsOf(
  facts: Facts,
  opened: Opened,
  missing: readonly Indicator[],
  open: readonly Finding[],
): readonly Item[] {
  const { template } = opened;
  const at = new Map(template.rows.map((row, n) => [row.id, n]));
  const lacking = missing.map((row) => ({
    section: row.section,
    place: at.get(row.id) ?? 0,
    text: [REVIEW.missing(template, row)],
    point: row,
  }));
  const found = open.map((each) => {
    const row = template.byId.get(each.rows.find((id) => template.byId.has(id)) ?? '');
    return {
      section: row?.section ?? '',
      place: row ? (at.get(row.id) ?? 0) : 0,
      text: [...findingText(template, each), ...awaitedIn(facts, opened, each)],
      point: each,
    };
  });
  return [...lacking, ...found].sort((a, b) => a.place - b.place);
}

/** For whom or what a figure that has not come is waited for. */
function awaitedIn({ now, timezone }: Facts, { report }: Opened, finding: Finding): Text {
  const words =
    finding.kind === 'pending' && waitingWords(report.answers[finding.rows[0] ?? ''], now, timezone);
  return words ? [` ${words}.`] : [];
}

function bySection(template: Template, shown: readonly Item[], all: readonly Item[]): Text[] {
  return partsOf(template).flatMap((part): Text[] => {
    const mine = shown.filter((each) => each.section === part.id);
    if (mine.length === 0) return [];
    const n = all.filter((each) => each.section === part.id).length;
    return [[''], [bold(REVIEW.section(template, part, n))], ...mine.map((each) => each.text)];
  });
}

function pager(report: string, at: number, later: number): Button[][] {
  const back = at > 0 ? [button(REVIEW.back, 'review', report, '', at - 1)] : [];
  const more = later > 0 ? [button(REVIEW.more(later), 'review', report, '', at + 1)] : [];
  return back.length + more.length > 0 ? [[...back, ...more]] : [];
}

const foot = ({ report, part }: Opened, missing: number): Button[][] => [
  [
    ...(missing > 0
      ? [button(REVIEW.resume, 'open', report.id)]
      : [button(part ? PART.handIn : REVIEW.submit, 'submit', report.id)]),
    button(LOOK.button, 'pictures', report.id, '', LOOKING),
  ],
  [
    commandButton(REVIEW.file, '/file'),
    ...(part && missing > 0 ? [button(PART.handIn, 'submit', report.id)] : []),
  ],
];
