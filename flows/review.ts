// "Xem lại": what is missing, doubtful or contradictory, by section, each with a button to it.
import type { Button, Message, Text } from '../src/domain/conversation.ts';
import { partsOf, unanswered } from '../src/domain/progress.ts';
import type { Finding } from '../src/domain/rules.ts';
import type { Indicator, Template } from '../src/domain/template.ts';
import { bold, lines, periodWords } from '../src/text/common.ts';
import { FILL } from '../src/text/fill.ts';
import { findingText } from '../src/text/findings.ts';
import { EXPLAIN, REVIEW } from '../src/text/submit.ts';
import { button, commandButton } from './actions.ts';
import { findingButtons, findingsOf, isExplainable, openFindings } from './findings.ts';
import { type Facts, type Flow, isEditable, type Opened, openReport } from './flow.ts';
import { lockedMessage } from './menu.ts';

const PAGE = 6;

type Item = {
  readonly section: string;
  readonly text: Text;
  readonly buttons: readonly (readonly Button[])[];
};

export const review: Flow<'review'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [{ text: [FILL.staleButton] }];
    return isEditable(opened.report) ? [reviewMessage(facts, opened, waiting.page)] : [lockedMessage(opened)];
  },
  answer: (waiting, _input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    return opened
      ? { say: [{ text: [FILL.noQuestion], buttons: [[button(REVIEW.resume, 'open', opened.report.id)]] }] }
      : { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
  },
};

/** One page of the review: the counts, then the open points of some sections. */
function reviewMessage(facts: Facts, opened: Opened, page: number): Message {
  const { template, report } = opened;
  const open = openFindings(findingsOf(facts, opened), opened).filter((each) => each.severity !== 'info');
  const missing = unanswered(template, report);
  const items = itemsOf(opened, missing, open);
  const pages = Math.max(1, Math.ceil(items.length / PAGE));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const shown = items.slice(at * PAGE, (at + 1) * PAGE);
  const pending = open.filter((each) => each.kind === 'pending').length;
  const counts = {
    missing: missing.length,
    pending,
    hard: open.filter((each) => each.severity === 'hard').length - pending,
    soft: open.filter((each) => each.severity === 'soft').length,
  };
  return {
    text: lines(
      REVIEW.head(template, report, periodWords(opened.campaign, template), counts),
      ...bySection(template, shown, items),
    ),
    buttons: [
      ...shown.flatMap((each) => each.buttons),
      ...pager(report.id, at, pages, items.length),
      ...foot(opened, missing.length),
    ],
  };
}

/** The open points in the order of the form. */
function itemsOf(opened: Opened, missing: readonly Indicator[], open: readonly Finding[]): readonly Item[] {
  const { template, report } = opened;
  const at = new Map(template.rows.map((row, n) => [row.id, n]));
  const lacking = missing.map((row) => ({
    section: row.section,
    place: at.get(row.id) ?? 0,
    text: [REVIEW.missing(template, row)],
    buttons: [[button(REVIEW.goTo(template, row), 'goTo', report.id, row.id)]],
  }));
  const found = open.map((each) => {
    const row = template.byId.get(each.rows.find((id) => template.byId.has(id)) ?? '');
    return {
      section: row?.section ?? '',
      place: row ? (at.get(row.id) ?? 0) : 0,
      text: findingText(template, each),
      buttons: compact(opened, each),
    };
  });
  return [...lacking, ...found].sort((a, b) => a.place - b.place);
}

/** In a list there is room for one way to correct and one to explain. */
function compact(opened: Opened, finding: Finding): Button[][] {
  const [fix] = findingButtons(opened, finding);
  const explain = button(EXPLAIN.button, 'explain', opened.report.id, finding.id);
  return [[...(fix ?? []).slice(0, 1), ...(isExplainable(finding) ? [explain] : [])]];
}

function bySection(template: Template, shown: readonly Item[], all: readonly Item[]): Text[] {
  return partsOf(template).flatMap((part): Text[] => {
    const mine = shown.filter((each) => each.section === part.id);
    if (mine.length === 0) return [];
    const n = all.filter((each) => each.section === part.id).length;
    return [[''], [bold(REVIEW.section(template, part, n))], ...mine.map((each) => each.text)];
  });
}

function pager(report: string, at: number, pages: number, total: number): Button[][] {
  const back = at > 0 ? [button(REVIEW.back, 'review', report, '', at - 1)] : [];
  const more =
    at < pages - 1 ? [button(REVIEW.more(total - (at + 1) * PAGE), 'review', report, '', at + 1)] : [];
  return back.length + more.length > 0 ? [[...back, ...more]] : [];
}

const foot = ({ report }: Opened, missing: number): Button[][] => [
  [
    ...(missing > 0
      ? [button(REVIEW.resume, 'open', report.id)]
      : [button(REVIEW.submit, 'submit', report.id)]),
    commandButton(REVIEW.file, '/file'),
  ],
];
