// Who is told when a report moves, and what they should look at.
import { covers } from '../src/domain/campaign.ts';
import type { Message, Text } from '../src/domain/conversation.ts';
import { type Person, reachedIn } from '../src/domain/people.ts';
import { lines } from '../src/text/common.ts';
import { COORDINATE } from '../src/text/coordinate.ts';
import { findingText } from '../src/text/findings.ts';
import { SUBMIT, valueOrNone } from '../src/text/submit.ts';
import { findingsOf } from './findings.ts';
import type { Facts, Opened, Outcome } from './flow.ts';
import { carriedLine } from './last-period.ts';

/** Conversations of the coordinators who look after this report's unit: the newest one of each that can be reached. */
export const coordinators = (facts: Facts, opened: Opened): readonly string[] =>
  facts.people
    .filter((each) => covers(each, opened.unit.id, opened.campaign, facts.units))
    .flatMap((each) => reachedIn(each) ?? []);

/** The officers of a unit who can be written to. */
export const officersOf = (facts: Facts, unit: string): readonly Person[] =>
  facts.people.filter(
    (each) => each.role === 'officer' && each.unit === unit && reachedIn(each) !== undefined,
  );

/** Conversations of the officers of a unit. */
export const officers = (facts: Facts, unit: string): readonly string[] =>
  officersOf(facts, unit).flatMap((each) => reachedIn(each) ?? []);

/** To where this person is written to; [] where that is nowhere. */
export function toPerson(person: Person | undefined, message: Message): NonNullable<Outcome['tell']> {
  const conversation = person && reachedIn(person);
  return conversation === undefined ? [] : [{ conversation, message }];
}

/** So many rows keep a message short enough for a phone; the table that comes with it has them all. */
const MOST_CHANGED = 10;
const MOST_EXPLAINED = 5;
const MOST_LET_PASS = 3;

/** What a new version changed against the one before. */
export function differences({ template, report }: Opened): Message[] {
  const last = report.submissions.at(-1);
  if (!last) return [];
  const changed = template.indicators.filter(
    (row) => valueOrNone(last.answers, row) !== valueOrNone(report.answers, row),
  );
  const noted = template.rows.filter((row) => noteOf(last, row.id) !== noteOf(report, row.id));
  const notes =
    noted.length > 0 ? SUBMIT.changedNotes(template, noted.slice(0, MOST_CHANGED), noted.length) : undefined;
  if (changed.length === 0) return notes === undefined ? [] : [{ text: [notes] }];
  const rows = changed
    .slice(0, MOST_CHANGED)
    .map((row) =>
      SUBMIT.changedLine(template, row, valueOrNone(last.answers, row), valueOrNone(report.answers, row)),
    );
  const more = changed.length - rows.length;
  return [
    {
      text: lines(
        SUBMIT.changed(changed.length),
        ...rows,
        more > 0 ? SUBMIT.moreChanged(more) : undefined,
        notes,
      ),
    },
  ];
}

const noteOf = ({ answers, notes }: Pick<Opened['report'], 'answers' | 'notes'>, row: string): string =>
  answers[row]?.note ?? notes[row] ?? '';

/** What stands settled in a report: soft points explained or confirmed, and hard ones that a coordinator let pass. */
export function settledCounts(
  facts: Facts,
  { template, report, campaign, unit }: Opened,
): {
  warnings: number;
  overrides: number;
} {
  const found = findingsOf(facts, { template, report, campaign, unit }).filter(
    ({ severity }) => severity !== 'info',
  );
  const overrides = found.filter(({ id }) => report.overrides[id]).length;
  return { warnings: found.length - overrides, overrides };
}

/** What the coordinator should look at: values kept from an earlier period, points let pass and by whom, explanations given, texts in figure cells. */
export function remarks(facts: Facts, opened: Opened): Text[] {
  const { template, report } = opened;
  const carried = carriedLine(facts, opened);
  const settled = findingsOf(facts, opened).flatMap((finding) => {
    const words = report.explanations[finding.id];
    const isPassed = report.overrides[finding.id] !== undefined;
    return words && !isPassed && finding.severity !== 'info' ? [{ finding, words }] : [];
  });
  const blank = settled.filter(({ finding, words }) => finding.kind === 'choiceBlank' && words.text === '');
  const single = blank.length > 1 ? settled.filter((each) => !blank.includes(each)) : settled;
  const explained = single.map(
    ({ finding, words }): Text => [...findingText(template, finding), ` → ${COORDINATE.reason(words)}`],
  );
  const more = explained.length - MOST_EXPLAINED;
  const passed = findingsOf(facts, opened).flatMap((finding): Text[] => {
    const words = report.overrides[finding.id];
    const name = facts.people.find(({ id }) => id === words?.by)?.name;
    return words ? [[...findingText(template, finding), ` → ${COORDINATE.passed(name, words.text)}`]] : [];
  });
  const verbatim = template.indicators.filter(
    (row) => report.answers[row.id]?.value?.is === 'verbatim',
  ).length;
  return [
    ...(carried === undefined ? [] : [[carried]]),
    ...(verbatim > 0 ? [[COORDINATE.verbatim(verbatim)]] : []),
    ...(passed.length > 0 ? [[COORDINATE.letPass(passed.length)], ...passed.slice(0, MOST_LET_PASS)] : []),
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
