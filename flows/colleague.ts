// Two people on one indicator: what the one has written, and the other has not seen, is never replaced without asking.
import { canonical } from '../src/domain/canonical.ts';
import type { Doubt } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';
import { type Value, valueWriter, type WaitsFor } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';
import { COLLEAGUE } from '../src/text/colleague.ts';
import { valueWords } from '../src/text/common.ts';
import { button } from './actions.ts';
import { askedNow } from './asked.ts';
import { doubtId, withDoubt } from './doubts.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { questionKey } from './question.ts';

/** A value on its way into the report. `over`: the code of a colleague's value that it is to replace, as that was told. */
export type Given = {
  readonly value: Value;
  readonly note?: string;
  readonly message?: string;
  readonly carried?: string;
  readonly waitsFor?: WaitsFor;
  readonly over?: string;
};

/** Tells one value from another that may stand there later; undefined for none. */
export const codeOfValue = (value: Value | undefined): string | undefined =>
  value && shortHash(canonical(value));

/** What somebody else has written there, in words, where it says something else than this value. */
export function theirsAt({ report }: Opened, indicator: Indicator, mine: Value | undefined, turn: Turn) {
  const was = report.answers[indicator.id];
  const { people, person } = turn.facts;
  if (!was?.value || valueWriter(was) === person?.id) return undefined;
  const value = valueWords(was.value, indicator);
  if (mine && value === valueWords(mine, indicator)) return undefined;
  return { name: people.find(({ id }) => id === valueWriter(was))?.name, value, at: was.valueAt ?? was.at };
}

/** True when this person was shown what stands there: under the question that is being asked, or when asked what to do about it. */
function isSeen(opened: Opened, indicator: Indicator, { over }: Given, turn: Turn): boolean {
  const code = codeOfValue(opened.report.answers[indicator.id]?.value);
  const isAsked = askedNow(opened, indicator, turn) !== undefined;
  return code === over || (isAsked && code === turn.session.shown);
}

/** Says who wrote what, and asks; nothing is stored. undefined: no colleague's unseen value stands there. */
export function askOver(opened: Opened, indicator: Indicator, given: Given, turn: Turn): Outcome | undefined {
  const theirs = theirsAt(opened, indicator, given.value, turn);
  if (!theirs || isSeen(opened, indicator, given, turn)) return undefined;
  const { value, note, over: _, ...from } = given;
  const mine = { value: valueWords(value, indicator), ...(note === undefined ? {} : { note }) };
  const report = opened.report.id;
  const doubt: Doubt = {
    id: doubtId(turn),
    report,
    indicator: indicator.id,
    typed: note === undefined ? mine.value : `${mine.value}; ${note}`,
    readings: [{ value, ...(note === undefined ? {} : { note }) }],
    ...(note === undefined ? {} : { note }),
    ...from,
    over: codeOfValue(opened.report.answers[indicator.id]?.value) ?? '',
  };
  const take = (label: string, which: string) => [
    button(label, 'take', report, indicator.id, `${doubt.id}.${which}`),
  ];
  return {
    say: [
      {
        text: COLLEAGUE.ask(indicator, theirs, mine, turn.facts.timezone),
        buttons: [take(COLLEAGUE.keep(theirs), KEEP), take(COLLEAGUE.replace(mine.value), '0')],
        key: questionKey(report, indicator.id),
      },
    ],
    doubts: withDoubt(turn.session.doubts, doubt),
  };
}

/** Stands in a button for the colleague's value; a reading has its number there. */
export const KEEP = 'k';

/**
 * What typed words (folded) say to that question: "giữ", "giữ 25", "ghi 26", "ghi 26 thay vào". undefined: something else.
 */
export function saidTo(
  { readings: [mine] }: Doubt,
  typed: string,
  opened: Opened,
  indicator: Indicator,
  turn: Turn,
): 'keep' | 'replace' | undefined {
  const theirs = theirsAt(opened, indicator, undefined, turn);
  const begins = (label: string): boolean => `${fold(label)} `.startsWith(`${typed} `);
  if (typed === 'giu nguyen' || (theirs && begins(COLLEAGUE.keep(theirs)))) return 'keep';
  return mine && begins(COLLEAGUE.replace(valueWords(mine.value, indicator))) ? 'replace' : undefined;
}
