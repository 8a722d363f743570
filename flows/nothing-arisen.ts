// "Không phát sinh" for a whole group or section: 0 where things are counted, không áp dụng for ratios of nothing, after a look at the list.
import type { Proposed } from '../src/domain/carry.ts';
import type { Button } from '../src/domain/conversation.ts';
import { figure } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { NOTHING } from '../src/text/many.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { manyButton, manyHere, pressMany } from './many.ts';
import type { Many } from './many-found.ts';

const nothingOf = (opened: Opened): Many => ({
  ...{ verb: 'nothing', words: NOTHING, period: '', whole: false },
  find: (waiting) => {
    const zero = new Set(waiting.filter(({ type }) => type === 'count').map(({ id }) => id));
    const items = waiting.flatMap((indicator): Proposed[] => {
      if (zero.has(indicator.id)) return [{ indicator, value: { is: 'number', number: 0, decimals: 0 } }];
      return isOfNothing(opened, indicator, zero) ? [{ indicator, value: { is: 'notApplicable' } }] : [];
    });
    const asked = waiting.filter((each) => !items.some(({ indicator }) => indicator === each));
    return { items, wide: 0, asked };
  },
});

/** True for a ratio whose whole is 0, or would be. */
const isOfNothing = ({ template, report }: Opened, { id, type }: Indicator, zero: ReadonlySet<string>) =>
  type === 'percent' &&
  (template.rulesOf.get(id) ?? []).some(
    (rule) =>
      rule.kind === 'ratio' &&
      rule.value === id &&
      rule.whole.every((part) => zero.has(part) || figure(report.answers[part]) === 0),
  );

/** "/khongphatsinh": the list for the section that is being asked about, or that the words name. */
export const nothingHere = (opened: Opened, words: string, turn: Turn): Outcome =>
  manyHere(nothingOf(opened), opened, words, turn);

/** The way in under "/muc". */
export const nothingButton = (opened: Opened): Button[] => manyButton(nothingOf(opened), opened);

/** Its buttons. */
export const pressNothing = (opened: Opened, ref: string, arg: string, turn: Turn): Outcome =>
  pressMany(nothingOf(opened), opened, ref, arg, turn);
