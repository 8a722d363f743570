// What a stored paste has left open, asked one after the other in the order of the form.
import type { Doubt, Message } from '../../src/domain/conversation.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { lines } from '../../src/text/common.ts';
import { PASTE } from '../../src/text/paste.ts';
import { doubtId, readingButtons, withDoubt } from '../doubts.ts';
import { type At, type Facts, indicatorOf, type Opened, type Turn } from '../flow.ts';
import { askIndicator } from '../question.ts';
import type { PastedLine } from './pasted.ts';

/** The remembered doubts with those of the paste, the first of the form in front. */
export function withPasted(
  doubts: readonly Doubt[],
  opened: Opened,
  asked: readonly PastedLine[],
  turn: Turn,
): readonly Doubt[] {
  const place = (row: Indicator): number => opened.template.indicators.indexOf(row);
  const mine = asked
    .flatMap((line) => (line.indicator ? [{ line, indicator: line.indicator }] : []))
    .sort((a, b) => place(a.indicator) - place(b.indicator))
    .map(
      ({ line, indicator }): Doubt => ({
        id: doubtId(turn, line.n),
        report: opened.report.id,
        indicator: indicator.id,
        typed: line.text.slice(0, 200),
        readings: (line.readings ?? []).slice(0, 4),
        pasted: true,
        ...(line.note === undefined ? {} : { note: line.note }),
      }),
    );
  return mine.reduceRight(withDoubt, doubts);
}

/** The next thing that a paste has left open behind an indicator, as a question; undefined when there is none. */
export function nextPasted(
  facts: Facts,
  opened: Opened,
  doubts: readonly Doubt[],
  after?: string,
): { say: Message; go: At<'fill'> } | undefined {
  const { template, report } = opened;
  const from = template.indicators.findIndex((row) => row.id === after);
  const next = template.indicators.find(
    (row, n) => n > from && doubts.some((each) => isAbout(each, report.id, row)),
  );
  const doubt = next && doubts.find((each) => isAbout(each, report.id, next));
  if (!doubt) return undefined;
  const indicator = indicatorOf(template, doubt.indicator);
  if (!indicator) return undefined;
  const question = askIndicator(facts, opened, indicator);
  return {
    say: {
      ...question,
      text: lines(PASTE.asked(doubt.typed), '', question.text),
      buttons: [...readingButtons(doubt, indicator), ...(question.buttons ?? [])],
    },
    go: { flow: 'fill', report: report.id, indicator: indicator.id },
  };
}

const isAbout = ({ pasted, report, indicator }: Doubt, of: string, row: Indicator): boolean =>
  pasted === true && report === of && indicator === row.id;
