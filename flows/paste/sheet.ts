// A filled table that came back as a file: first what it would change, and only after a tap and a second look is it stored.

import { canonical } from '../../src/domain/canonical.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Message } from '../../src/domain/conversation.ts';
import type { Event, SentFile } from '../../src/domain/event.ts';
import { fillsIn } from '../../src/domain/people.ts';
import { isEditable } from '../../src/domain/report.ts';
import type { Place } from '../../src/domain/waiting.ts';
import { periodWords, reportWords } from '../../src/text/common.ts';
import { FILL } from '../../src/text/fill.ts';
import { SHEET, type SheetItem, type SheetPlan, sheetShown } from '../../src/text/sheet.ts';
import { button } from '../actions.ts';
import { backTo, placeOf } from '../aside.ts';
import { factsAfter } from '../facts-after.ts';
import { findingsOf, openFindings } from '../findings.ts';
import {
  type At,
  type Facts,
  type Flow,
  type Opened,
  type Outcome,
  openable,
  openReport,
  type Turn,
} from '../flow.ts';
import { lockedMessage, resume } from '../menu.ts';
import { begun, setAnswer, setHeadingNote } from '../record.ts';
import { compareSheet } from './sheet-compare.ts';

type Fetched = Extract<Event, { type: 'fetched' }>;

export const sheet: Flow<'sheet'> = {
  prompt: (waiting, facts) => [waitingMessage(waiting, facts)],
  answer: (waiting, _input, { facts }) => ({ say: [waitingMessage(waiting, facts)] }),
};

function waitingMessage(waiting: At<'sheet'>, facts: Facts): Message {
  const { report, file, digest, gaps = 0, all = 0 } = waiting;
  if (report === undefined || digest === undefined) return whichReport(file, facts);
  return { text: [SHEET.waits(file.name)], ...choices(report, digest, gaps, all) };
}

/** It decides, so that no bare number may stand for it. */
function choices(
  report: string,
  digest: string,
  gaps: number,
  all: number,
): Pick<Message, 'buttons' | 'marks'> {
  const write = (label: string, what: 'gaps' | 'all') => [
    button(label, 'sheet', report, '', `${what}.${digest}`),
  ];
  const own = gaps === all ? SHEET.write(gaps) : SHEET.writeGaps(gaps);
  return {
    buttons: [
      ...(gaps > 0 ? [write(own, 'gaps')] : []),
      ...(all > gaps ? [write(SHEET.writeAll(all - gaps), 'all')] : []),
      [button(SHEET.drop, 'sheet', report, '', `drop.${digest}`)],
    ],
    marks: 'coded',
  };
}

const editable = (facts: Facts): readonly Opened[] =>
  openable(facts).filter(({ report }) => isEditable(report));

function whichReport(file: SentFile, facts: Facts): Message {
  const all = editable(facts);
  return {
    text: [SHEET.which(file.name)],
    buttons: all.map((each) => [button(reportWords(each, all), 'sheet', each.report.id, '', 'for')]),
    marks: 'number',
  };
}

/** Somebody sent a file: an officer's is read as the table of the report in hand, or of the one that is then chosen. */
export function fileSent(file: SentFile, turn: Turn): Outcome {
  const { facts, session } = turn;
  if (!fillsIn(facts.person)) return { say: [{ text: [], fetch: file }] };
  const all = editable(facts);
  const { waiting } = session;
  const own = 'report' in waiting ? all.find(({ report }) => report.id === waiting.report) : undefined;
  const opened = own ?? (all.length === 1 ? all[0] : undefined);
  if (opened) return { say: [errand(file, opened)] };
  if (all.length > 1) return { say: [], go: { flow: 'sheet', file, ...backIn(turn) } };
  const [only, ...others] = openable(facts);
  return { say: [only && others.length === 0 ? lockedMessage(only) : { text: [SHEET.noReport(file.name)] }] };
}

const errand = (file: SentFile, { report }: Opened, apply?: string): Message => ({
  text: [],
  fetch: {
    ...file,
    sheet: { report: report.id, template: report.template },
    ...(apply === undefined ? {} : { apply }),
  },
});

function backIn({ session: { waiting } }: Turn): { back?: Place } {
  const back = waiting.flow === 'sheet' ? waiting.back : placeOf(waiting);
  return back ? { back } : {};
}

/** What came of fetching an officer's file; undefined when it was not to be read as a table. */
export function fetchedSheet(event: Fetched, turn: Turn): Outcome | undefined {
  const { sheet: wanted, content, apply, file = { name: event.name, source: '' } } = event;
  if (!wanted) return undefined;
  const { facts, session } = turn;
  if (!fillsIn(facts.person)) return {};
  const { waiting } = session;
  const isShown = waiting.flow === 'sheet' && waiting.report === wanted.report;
  // It was dropped, or written by an earlier tap.
  if (apply !== undefined && !(isShown && apply.endsWith(`.${waiting.digest}`))) return {};
  const away = apply === undefined ? {} : { ...backTo(backIn(turn).back, turn), quiet: true as const };
  const opened = openReport(facts, wanted.report);
  if (!opened) return { say: [{ text: [FILL.closed] }], ...away };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)], ...away };
  const filled = 'fault' in content ? undefined : content.filled;
  if (!filled) return apply === undefined ? undefined : { say: [{ text: [SHEET.sendAgain] }], ...away };
  if ('fault' in filled) return { say: [{ text: [SHEET.unreadable(event.name, filled.fault)] }], ...away };
  if (filled.kind.is === 'otherForm') return { say: [{ text: [SHEET.otherForm(event.name)] }], ...away };
  const plan = compareSheet(filled, opened, facts);
  const digest = digestOf(plan, 'fault' in content ? '' : (content.digest ?? ''), facts);
  if (apply === `gaps.${digest}` || apply === `all.${digest}`)
    return applied(plan, apply.startsWith('all.'), opened, turn);
  const shown = tried(plan, file, digest, opened, turn);
  return apply === undefined
    ? shown
    : { ...away, ...shown, say: [{ text: [SHEET.altered] }, ...(shown.say ?? [])] };
}

/** Of the file and of everything that it would write. */
function digestOf(plan: SheetPlan, read: string, facts: Facts): string {
  const items = plan.items.map((item) => [
    ...[item.row.id, item.is, 'note' in item ? item.note : item.value, item.was ?? null],
  ]);
  return facts.digest(`${read}\n${canonical(items)}`).slice(0, 16);
}

/** The dry run: nothing is stored. */
function tried(plan: SheetPlan, file: SentFile, digest: string, opened: Opened, turn: Turn): Outcome {
  const { template, campaign, report } = opened;
  const text = sheetShown(file.name, periodWords(campaign, template), template, plan);
  const all = plan.items.length;
  if (all === 0) return { say: [{ text }] };
  const gaps = plan.items.filter(({ is }) => is !== 'newer').length;
  return {
    say: [{ text, ...choices(report.id, digest, gaps, all) }],
    go: { flow: 'sheet', file, report: report.id, digest, gaps, all, ...backIn(turn) },
    quiet: true,
  };
}

function applied(plan: SheetPlan, isAll: boolean, opened: Opened, turn: Turn): Outcome {
  const items = plan.items.filter(({ is }) => isAll || is !== 'newer');
  const changes = changesOf(items, opened, turn);
  const facts = factsAfter(turn.facts, changes);
  const after = openReport(facts, opened.report.id) ?? opened;
  const findings = openFindings(findingsOf(facts, after), after).filter(
    ({ severity }) => severity !== 'info',
  );
  const text = [SHEET.applied(items.length, plan.doubts.length + plan.unplaced.length, findings.length)];
  const on = resume(facts, after);
  return { ...on, say: [{ text }, ...(on.say ?? [])], changes };
}

/** One change for each row, whether a value, a note or both are written there. */
function changesOf(items: readonly SheetItem[], opened: Opened, turn: Turn): readonly Change[] {
  const given = new Map<string, SheetItem[]>();
  for (const item of items) given.set(item.row.id, [...(given.get(item.row.id) ?? []), item]);
  const changes = [...given.values()].flatMap((own): readonly Change[] => {
    const [{ row } = { row: undefined }] = own;
    if (!row) return [];
    const note = own.find((item) => 'note' in item);
    if (row.row !== 'indicator') return note ? setHeadingNote(opened, row.id, note.note) : [];
    const value = own.find((item) => 'value' in item);
    const both = { ...(value && { value: value.value }), ...(note && { note: note.note }) };
    return setAnswer(opened, row.id, both, turn).changes;
  });
  // A report that nobody has begun begins once.
  return [...begun(opened), ...changes.filter(({ type }) => type !== 'report_started')];
}

/** The tap under a dry run: the file is read once more, so that what is stored is what was shown. */
export function decideSheet(opened: Opened, arg: string, turn: Turn): Outcome {
  const { waiting } = turn.session;
  const [what = '', digest = ''] = arg.split('.');
  if (waiting.flow !== 'sheet') return { say: [{ text: [SHEET.sendAgain] }] };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  if (what === 'for' && waiting.report === undefined)
    return { say: [errand(waiting.file, opened)], ...backTo(waiting.back, turn), quiet: true };
  if (waiting.report !== opened.report.id || waiting.digest !== digest || digest === '')
    return { say: [{ text: [SHEET.sendAgain] }] };
  if (what === 'drop') return { say: [{ text: [SHEET.dropped] }], ...backTo(waiting.back, turn) };
  return { say: [errand(waiting.file, opened, arg)] };
}
