// Words that were typed but not stored yet: kept for a while, so that nothing typed is lost and old buttons still find them.
import type { Button, Doubt } from '../src/domain/conversation.ts';
import type { Indicator } from '../src/domain/template.ts';
import { valueWords } from '../src/text/common.ts';
import { READING } from '../src/text/fill.ts';
import { button } from './actions.ts';
import type { Opened, Turn } from './flow.ts';

/** Of what was typed, and of what a paste left open: no section has many more rows. */
const MOST = { typed: 5, pasted: 60 };

/** Names the doubt that arises in this turn; where a turn leaves several, each by its line. */
export const doubtId = ({ event, facts }: Turn, line?: number): string =>
  facts.digest(line === undefined ? event : `${event}:${line}`).slice(0, 6);

/** The remembered doubts with a new one in front; an older doubt of the same indicator goes. */
export function withDoubt(doubts: readonly Doubt[], doubt: Doubt): readonly Doubt[] {
  const all = [doubt, ...withoutDoubt(doubts, doubt.report, doubt.indicator)];
  const kept = new Set([
    ...all.filter(({ pasted }) => pasted).slice(0, MOST.pasted),
    ...all.filter(({ pasted }) => !pasted).slice(0, MOST.typed),
  ]);
  return all.filter((each) => kept.has(each));
}

export const withoutDoubt = (doubts: readonly Doubt[], report: string, indicator: string): readonly Doubt[] =>
  doubts.filter((each) => each.report !== report || each.indicator !== indicator);

/** The doubt about this indicator that still waits; there is at most one. */
export const doubtAbout = (opened: Opened, indicator: Indicator, { session }: Turn): Doubt | undefined =>
  session.doubts.find((each) => each.report === opened.report.id && each.indicator === indicator.id);

/** The same, where its button still means it. */
export function doubtNamed(opened: Opened, indicator: Indicator, id: string, turn: Turn): Doubt | undefined {
  const doubt = doubtAbout(opened, indicator, turn);
  return doubt?.id === id ? doubt : undefined;
}

/** A button for each value that the words may have meant. */
export const readingButtons = (doubt: Doubt, indicator: Indicator): Button[][] =>
  doubt.readings.map(({ value, note = doubt.note }, n) => [
    button(
      READING.save(valueWords(value, indicator), note),
      'take',
      doubt.report,
      indicator.id,
      `${doubt.id}.${n}`,
    ),
  ]);

/**
 * The officer's own words, apart from the note typed behind a separator. A note that only the reading proposed ("cụ thể" of
 * "21 nhiệm vụ cụ thể") is no note of the officer's.
 */
export function ownWords({ typed, note }: Doubt): { text: string; note?: string } {
  if (!note || !typed.endsWith(note)) return { text: typed };
  const before = /^([\s\S]*\S)\s*[;\n–—-]\s*$/.exec(typed.slice(0, typed.length - note.length));
  return before?.[1] ? { text: before[1], note } : { text: typed };
}
