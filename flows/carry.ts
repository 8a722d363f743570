// "Giữ nguyên kỳ trước": last period's values, shown with their period, are kept for this one where the officer says so.

import { isOfItsPeriod } from '../src/domain/carry.ts';
import type { Button } from '../src/domain/conversation.ts';
import { isEditable } from '../src/domain/report.ts';
import { CARRY, MANY } from '../src/text/many.ts';
import { recordAnswer } from './answered.ts';
import { type Facts, indicatorOf, type Opened, type Outcome, rowByRef, type Turn } from './flow.ts';
import { carriableOf, keptCode, keptValue, lastOf } from './last-period.ts';
import { manyButton, manyHere, pressMany } from './many.ts';
import type { Many } from './many-found.ts';
import { lockedMessage } from './menu.ts';
import { stale } from './stale.ts';

function carryOf(facts: Facts, opened: Opened): Many | undefined {
  const last = lastOf(facts, opened);
  if (!last) return undefined;
  return {
    ...{ verb: 'carry', words: CARRY, campaign: last.campaign.id, whole: true },
    period: MANY.carriedFrom(last.campaign.period, opened.template, last.parts !== undefined),
    headings: opened.template.rows.flatMap((row) => {
      const note = row.row === 'indicator' ? undefined : last.report.notes[row.id];
      return note ? [{ row, note }] : [];
    }),
    find: (waiting, isWide) => {
      const all = carriableOf(waiting, last);
      const plain = all.filter(({ indicator }) => !isOfItsPeriod(indicator));
      return { items: isWide ? all : plain, wide: isWide ? 0 : all.length - plain.length, asked: [] };
    },
  };
}

const none: Outcome = { say: [{ text: [MANY.noLastPeriod] }] };

/** "/giunguyen": the list for the section that is being asked about, or that the words name. */
export function carryHere(opened: Opened, words: string, turn: Turn): Outcome {
  const many = carryOf(turn.facts, opened);
  return many ? manyHere(many, opened, words, turn) : none;
}

/** The way in under "/muc". */
export function carryButton(facts: Facts, opened: Opened): Button[] {
  const many = carryOf(facts, opened);
  return many ? manyButton(many, opened) : [];
}

/** Its buttons; "one.code" keeps the value of a single indicator, as the button under its question named it. */
export function pressCarry(opened: Opened, ref: string, arg: string, turn: Turn): Outcome {
  const [first, code] = arg.split('.');
  if (first === 'one') return keepOne(opened, ref, code, turn);
  const many = carryOf(turn.facts, opened);
  return many ? pressMany(many, opened, ref, arg, turn) : none;
}

function keepOne(opened: Opened, ref: string, code: string | undefined, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const row = rowByRef(opened.template, ref);
  const indicator = row && indicatorOf(opened.template, row.id);
  const kept = indicator && keptValue(turn.facts, opened, indicator);
  if (!kept || keptCode(kept) !== code) return stale;
  return recordAnswer(opened, kept.indicator, { value: kept.value, carried: kept.carried }, turn);
}
