// Asking a colleague for figures that are waited for: the buttons under /cho and in the review, and what they begin.

import type { Button } from '../../src/domain/conversation.ts';
import { isEditable } from '../../src/domain/report.ts';
import { fold } from '../../src/domain/words.ts';
import { ASK_FOR } from '../../src/text/ask-for.ts';
import { button } from '../actions.ts';
import type { Facts, Opened } from '../flow.ts';
import { awaitedWords } from './meant.ts';

/** Under the message that a figure is waited for: only for whoever may give a part, and where nobody has this one yet. */
export function askForButton(opened: Opened, indicator: string): Button[][] {
  return mayAskFor(opened, indicator)
    ? [[button(ASK_FOR.one, 'assign', opened.report.id, indicator, 'ask')]]
    : [];
}

/** In a list: one for each of these that waits for somebody or something, and before these one for all that wait for the same. */
export function askForButtons(opened: Opened, indicators: readonly string[]): Button[][] {
  const { template, report } = opened;
  const own = indicators.filter((id) => isAwaited(opened, id) && mayAskFor(opened, id));
  const groups = new Set(own.map((id) => awaitedAlike(opened, id)[0] ?? id));
  return [
    ...[...groups].flatMap((id) => {
      const all = awaitedAlike(opened, id);
      const label = ASK_FOR.all(awaitedWords(opened, id), all.length);
      return all.length > 1 ? [[button(label, 'assign', report.id, id, 'askAll')]] : [];
    }),
    ...own.flatMap((id) => {
      const row = template.byId.get(id);
      return row ? [[button(ASK_FOR.row(template, row), 'assign', report.id, id, 'ask')]] : [];
    }),
  ];
}

/** What waits for the same as this indicator and is with nobody yet, in the order of the form; only itself where nobody was named. */
export function awaitedAlike(opened: Opened, id: string): readonly string[] {
  const what = fold(awaitedWords(opened, id));
  if (what === '') return [id];
  return opened.template.indicators
    .map((row) => row.id)
    .filter((each) => fold(awaitedWords(opened, each)) === what && mayAskFor(opened, each));
}

function mayAskFor({ part, away, report }: Opened, id: string): boolean {
  return part === undefined && !away?.has(id) && isEditable(report);
}

const isAwaited = ({ report }: Opened, id: string): boolean => {
  const { value, waitsFor } = report.answers[id] ?? {};
  return value?.is === 'pending' && waitsFor !== undefined;
};

/** Until when whoever gave these rows waits for them, with the indicators of that hour, the earliest first. */
export function neededBy(
  { report }: Pick<Opened, 'report'>,
  rows: readonly string[],
  { now }: Pick<Facts, 'now'>,
): readonly { readonly until: string; readonly rows: readonly string[] }[] {
  const hours = new Map<string, string[]>();
  for (const id of rows) {
    const { value, waitsFor } = report.answers[id] ?? {};
    const until = value?.is === 'pending' ? waitsFor?.until : undefined;
    if (until !== undefined && until > now) hours.set(until, [...(hours.get(until) ?? []), id]);
  }
  return [...hours].sort(([a], [b]) => (a < b ? -1 : 1)).map(([until, of]) => ({ until, rows: of }));
}
