// Who is told when a report moves, and what they should look at.
import { covers } from '../src/domain/campaign.ts';
import type { Message, Text } from '../src/domain/conversation.ts';
import { reachedIn } from '../src/domain/people.ts';
import { lines } from '../src/text/common.ts';
import { findingText } from '../src/text/findings.ts';
import { COORDINATE, SUBMIT, valueOrNone } from '../src/text/submit.ts';
import { findingsOf } from './findings.ts';
import type { Facts, Opened } from './flow.ts';

/** Conversations of the coordinators who look after this report's unit: the newest one of each that can be reached. */
export const coordinators = (facts: Facts, opened: Opened): readonly string[] =>
  facts.people
    .filter((each) => covers(each, opened.unit.id, opened.campaign, facts.units))
    .flatMap((each) => reachedIn(each) ?? []);

/** Conversations of the officers of a unit. */
export const officers = (facts: Facts, unit: string): readonly string[] =>
  facts.people
    .filter((each) => each.role === 'officer' && each.unit === unit)
    .flatMap((each) => reachedIn(each) ?? []);

/** So many rows keep a message short enough for a phone; the table that comes with it has them all. */
const MOST_CHANGED = 10;
const MOST_EXPLAINED = 5;

/** What a new version changed against the one before. */
export function differences({ template, report }: Opened): Message[] {
  const last = report.submissions.at(-1);
  if (!last) return [];
  const changed = template.indicators.filter(
    (row) => valueOrNone(last.answers, row) !== valueOrNone(report.answers, row),
  );
  if (changed.length === 0) return [];
  const rows = changed
    .slice(0, MOST_CHANGED)
    .map((row) =>
      SUBMIT.changedLine(template, row, valueOrNone(last.answers, row), valueOrNone(report.answers, row)),
    );
  const more = changed.length - rows.length;
  return [
    { text: lines(SUBMIT.changed(changed.length), ...rows, more > 0 ? SUBMIT.moreChanged(more) : undefined) },
  ];
}

/** What the coordinator should look at: explanations given, texts in figure cells. */
export function remarks(facts: Facts, opened: Opened): Text[] {
  const { template, report } = opened;
  const settled = findingsOf(facts, opened).flatMap((finding) => {
    const words = report.overrides[finding.id] ?? report.explanations[finding.id];
    return words && finding.severity !== 'info' ? [{ finding, words }] : [];
  });
  const blank = settled.filter(({ finding, words }) => finding.kind === 'choiceBlank' && words.text === '');
  const single = blank.length > 1 ? settled.filter((each) => !blank.includes(each)) : settled;
  const explained = single.map(
    ({ finding, words }): Text => [...findingText(template, finding), ` → ${COORDINATE.reason(words)}`],
  );
  const more = explained.length - MOST_EXPLAINED;
  const verbatim = template.indicators.filter(
    (row) => report.answers[row.id]?.value?.is === 'verbatim',
  ).length;
  return [
    ...(verbatim > 0 ? [[COORDINATE.verbatim(verbatim)]] : []),
    ...(explained.length > 0 ? [[COORDINATE.explained], ...explained.slice(0, MOST_EXPLAINED)] : []),
    ...(more > 0 ? [[COORDINATE.moreReasons(more)]] : []),
    ...(blank.length > 1
      ? [
          [
            COORDINATE.blankConfirmed(
              template,
              blank.flatMap(({ finding }) => finding.rows),
            ),
          ],
        ]
      : []),
  ];
}
