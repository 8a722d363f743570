// Pasting a section: many lines at once are shown as they were understood, and stored by one tap.

import { nextIndicator } from '../../src/domain/progress.ts';
import { isEditable } from '../../src/domain/report.ts';
import type { Row } from '../../src/domain/template.ts';
import { clean } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { FILL, privacyRefused } from '../../src/text/fill.ts';
import { PASTE } from '../../src/text/paste.ts';
import {
  type At,
  type Flow,
  indicatorOf,
  type Opened,
  type Outcome,
  openReport,
  type Turn,
} from '../flow.ts';
import { lockedMessage } from '../menu.ts';
import { stale, staleMessage } from '../stale.ts';
import { goesOn, isFull } from './cut.ts';
import { nextPasted } from './paste-doubt.ts';
import { inSection, isAbroad, readAt, readerAt } from './paste-look.ts';
import { pasteMessage, sectionsOf } from './paste-message.ts';
import { askPaste, skipLine, storePaste } from './paste-store.ts';
import type { Pasted } from './pasted.ts';

/** Longest text that waits, in characters: more than any section as Word copies it. */
const LONGEST = 12_000;

export const paste: Flow<'paste'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [staleMessage];
    return isEditable(opened.report) ? [pasteMessage(facts, opened, waiting)] : [lockedMessage(opened)];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened) return { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
    if (!isEditable(opened.report)) return { say: [lockedMessage(opened)], go: { flow: 'menu' } };
    if (input.type !== 'text') return stale;
    const again = joined(opened, input.text, waiting, turn) ?? pasted(opened, input.text, waiting, turn);
    if (again) return again;
    const quoted = privacyFault(input.text) ? '…' : clean(input.text);
    return { say: [{ ...pasteMessage(turn.facts, opened, waiting), text: [PASTE.waits(quoted)] }] };
  },
};

/** What a typed text is when it is a paste at the question that is asked; undefined when it is an answer. */
export function pasted(
  opened: Opened,
  text: string,
  at: { readonly section: string; readonly indicator: string; readonly page?: number },
  turn: Turn,
): Outcome | undefined {
  const filled = clean(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  if ((filled.length < 2 && !isRow(text)) || !isEditable(opened.report)) return undefined;
  const isText = indicatorOf(opened.template, at.indicator)?.type === 'text';
  if (text.length > LONGEST) return isText ? undefined : { say: [{ text: [PASTE.tooLong] }] };
  const { kept, gone } = withoutPrivate(text);
  const here = { section: at.section, indicator: at.indicator, text: kept };
  const read = readAt(turn.facts, opened, here);
  if (!isPaste(read, filled, isText)) return undefined;
  // Broken over several lines it is found only once they are read as one.
  if (read.lines.some(({ why }) => why === 'private'))
    return { say: [{ text: [privacyRefused(privacyFault(text) ?? 'citizenId', 'nothing')] }] };
  const said = gone.length > 0 ? [{ text: [PASTE.withoutPrivate(gone)] }] : [];
  const page = at.page === undefined ? {} : { page: at.page };
  const waiting: At<'paste'> = { flow: 'paste', report: opened.report.id, ...here, chosen: {}, ...page };
  return { say: said, go: elsewhereWhole(opened, read, waiting) };
}

/** Of a paste with nothing for this section, the section of most of its lines: what is shown there is asked about all the same. */
function elsewhereWhole(opened: Opened, { lines, list, columns }: Pasted, waiting: At<'paste'>): At<'paste'> {
  const [other] = sectionsOf(lines.filter(isAbroad));
  const isHere = lines.some(
    ({ is, indicator, candidates = [] }) => is === 'placed' || indicator || candidates.length > 0,
  );
  return other === undefined || isHere || list || columns ? waiting : inSection(opened, waiting, other);
}

/** So soon after a part of a cut text its next part comes (ms); the rest of a single line only at once. */
const SOON = { lines: 120_000, line: 15_000 };

/**
 * The next part of a text that the platform has cut: read together with what waits, and shown anew as a whole. undefined: it is a
 * text of its own.
 */
function joined(opened: Opened, text: string, waiting: At<'paste'>, turn: Turn): Outcome | undefined {
  if (waiting.stored) return undefined;
  const { lastAt = '' } = turn.session;
  const before = [waiting.text, ...(waiting.more ?? [])];
  const isLines = clean(text).includes('\n');
  const ago = Date.parse(turn.facts.now) - Date.parse(lastAt);
  if (!(ago <= (isLines ? SOON.lines : SOON.line)) || clean(text).startsWith('/')) return undefined;
  const read = readerAt(turn.facts, opened, waiting);
  const { kept, gone } = withoutPrivate(text);
  const last = before.at(-1) ?? '';
  if (!isFull(last) && !goesOn(last, kept, read)) return undefined;
  const all = { ...waiting, more: [...(waiting.more ?? []), kept] };
  if (before.join('').length + kept.length > LONGEST) return { say: [{ text: [PASTE.tooLong] }] };
  if (readAt(turn.facts, opened, all).lines.some(({ why }) => why === 'private'))
    return { say: [{ text: [privacyRefused(privacyFault(last + kept) ?? 'citizenId', 'nothing')] }] };
  return { say: gone.length > 0 ? [{ text: [PASTE.withoutPrivate(gone)] }] : [], go: all };
}

/** The last message alone, as if nothing had come before it. */
function apart({ more = [], ...waiting }: At<'paste'>): Outcome {
  const { at: _, ...chosen } = waiting.chosen;
  return { go: { ...waiting, text: more.at(-1) ?? waiting.text, chosen } };
}

/** The same in the review, where no section is open: lines without names have no place there. */
export function pastedInReview(opened: Opened, text: string, page: number, turn: Turn): Outcome | undefined {
  const first =
    nextIndicator({ template: opened.template, report: opened.report }) ?? opened.template.indicators[0];
  if (!first) return undefined;
  const found = pasted(opened, text, { section: first.section, indicator: first.id, page }, turn);
  if (found?.go?.flow !== 'paste') return found;
  return readAt(turn.facts, opened, found.go).list
    ? { say: [...(found.say ?? []), { text: [PASTE.whichSection] }] }
    : found;
}

/**
 * Three lines or more of which something is understood; or two that name two indicators, or are rows of the form's table. Words
 * for a cell of words, and a value with its note on a second line, stay an answer.
 */
function isPaste(read: Pasted, filled: readonly string[], isText: boolean): boolean {
  const placed = new Set(
    read.lines.flatMap((line) => (line.is === 'placed' ? (line.indicator?.id ?? []) : [])),
  );
  const isNamed = read.list === undefined && filled.some((line) => /[\t:：]/.test(line));
  if (isNamed && placed.size >= 2) return true;
  const known = read.lines.filter(
    ({ indicator, candidates = [], elsewhere = [] }) => indicator || candidates.length + elsewhere.length > 0,
  );
  // Rows of the form's table are no words for a cell, wherever they belong.
  if (isNamed && filled.some(isRow) && known.length >= Math.min(2, read.lines.length)) return true;
  if (filled.length < 3 || isText) return false;
  if (read.columns) return true;
  if (read.list) return filled.filter(isShort).length * 2 >= filled.length;
  return known.length >= 2;
}

/** Cells of a table, which nobody types. */
const isRow = (line: string): boolean => line.trim().includes('\t');

/** A figure, or a word or two. */
const isShort = (line: string): boolean =>
  /^[-+(]?\d/.test(line.trim()) || line.trim().split(/\s+/).length < 3;

/** The text without the lines that must not be kept; they stay as blank lines, so that the others keep their places. */
function withoutPrivate(text: string): { kept: string; gone: readonly number[] } {
  const gone: number[] = [];
  const kept = text.split(/\r\n?|\n/).map((line, n) => {
    if (!privacyFault(line)) return line;
    gone.push(n + 1);
    return '';
  });
  return { kept: kept.join('\n'), gone };
}

/**
 * What a button of a paste says: w store, q ask what is doubtful, x drop, o only the last part, f and c where a list begins, k a
 * column, s another section, a a line's place, n that it has none.
 */
export function pressPaste(opened: Opened, row: Row | undefined, arg: string, turn: Turn): Outcome {
  const { waiting } = turn.session;
  if (waiting.flow !== 'paste' || waiting.report !== opened.report.id)
    return { say: [{ text: [PASTE.gone] }] };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)], go: { flow: 'menu' } };
  const choose = (more: At<'paste'>['chosen']): Outcome => ({
    go: { ...waiting, chosen: { ...waiting.chosen, ...more } },
  });
  const [what, rest] = [arg.slice(0, 1), arg.slice(1)];
  const isNumber = /^\d{1,4}$/.test(rest);
  if (what === 'w') return storePaste(opened, waiting, rest, turn);
  if (arg === 'q') return askPaste(opened, waiting, turn);
  if (what === 'n' && isNumber) return skipLine(opened, waiting, Number(rest), turn);
  if (arg === 'o' && waiting.more) return apart(waiting);
  if (arg === 'x') return dropped(opened, waiting, turn);
  if (arg === 'f' || arg === 'c') return choose({ start: arg === 'f' ? 'first' : 'current' });
  if (what === 'k' && isNumber) return choose({ column: Number(rest) });
  if (what === 'a' && isNumber && row?.row === 'indicator')
    return choose({ at: { ...waiting.chosen.at, [Number(rest)]: row.id } });
  if (arg === 's' && row && opened.template.indicators.some(({ section }) => section === row.id))
    return { go: inSection(opened, waiting, row.id) };
  return stale;
}

/** Back to where it was pasted, with what an earlier part of it has left open. */
function dropped(opened: Opened, { indicator, page, stored }: At<'paste'>, turn: Turn): Outcome {
  const say = [{ text: [stored ? PASTE.droppedRest : PASTE.dropped] }];
  const open = nextPasted(turn.facts, opened, turn.session.doubts);
  if (open) return { say: [...say, open.say], go: open.go, quiet: true };
  const report = opened.report.id;
  return {
    say,
    go: page === undefined ? { flow: 'fill', report, indicator } : { flow: 'review', report, page },
  };
}
