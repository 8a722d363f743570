// The tap on a paste: all that was shown is written in one turn; then what is open is asked, one after the other.
import type { Change } from '../../src/domain/change.ts';
import type { Doubt, Message } from '../../src/domain/conversation.ts';
import { nextIndicator } from '../../src/domain/progress.ts';
import type { Indicator } from '../../src/domain/template.ts';
import type { Waiting } from '../../src/domain/waiting.ts';
import { PASTE } from '../../src/text/paste.ts';
import { button } from '../actions.ts';
import { withoutDoubt } from '../doubts.ts';
import { factsAfter } from '../facts-after.ts';
import { warnings } from '../findings.ts';
import { type At, indicatorOf, type Opened, type Outcome, openReport, type Turn } from '../flow.ts';
import { toGap } from '../navigate.ts';
import { begun, setAnswer } from '../record.ts';
import { nextPoint, pointsOf } from '../returned.ts';
import { nextPasted, withPasted } from './paste-doubt.ts';
import { inSection, type Looked, lookAt, type Write } from './paste-look.ts';
import { pasteMessage, sectionsOf } from './paste-message.ts';

/** Writes what the button named, and nothing when that is not what the paste would write now. */
export function storePaste(opened: Opened, waiting: At<'paste'>, mark: string, turn: Turn): Outcome {
  const looked = lookAt(turn.facts, opened, waiting);
  if (mark !== looked.mark || looked.writes.length === 0)
    return { say: [{ text: [PASTE.changed] }, pasteMessage(turn.facts, opened, waiting)] };
  const changes = written(opened, looked.writes, turn);
  const after = openReport(factsAfter(turn.facts, changes), opened.report.id) ?? opened;
  const settled = looked.writes.reduce(
    (doubts, { indicator }) => withoutDoubt(doubts, opened.report.id, indicator.id),
    turn.session.doubts,
  );
  const doubts = withPasted(settled, opened, looked.asked, turn);
  const { template } = opened;
  const say: readonly Message[] = [
    { text: PASTE.stored(template, template.byId.get(waiting.section), looked.writes.length) },
    ...contradictions(
      opened,
      after,
      looked.writes.map(({ indicator }) => indicator),
      turn,
    ),
  ];
  if (looked.open.length > 0) return { say, changes, doubts, go: { ...waiting, stored: true } };
  return { ...left(after, waiting, looked, { say, doubts }, turn), changes };
}

/** Nothing of the paste is written, but what it left open is asked. */
export function askPaste(opened: Opened, waiting: At<'paste'>, turn: Turn): Outcome {
  const looked = lookAt(turn.facts, opened, waiting);
  const doubts = withPasted(turn.session.doubts, opened, looked.asked, turn);
  return left(opened, waiting, looked, { say: [], doubts }, turn);
}

/** A line that fits several indicators is none of them; with the last of these the paste is done. */
export function skipLine(opened: Opened, waiting: At<'paste'>, n: number, turn: Turn): Outcome {
  const { chosen } = waiting;
  const next = { ...waiting, chosen: { ...chosen, skipped: [...(chosen.skipped ?? []), n] } };
  const looked = lookAt(turn.facts, opened, next);
  if (looked.open.length + looked.writes.length > 0) return { go: next };
  return left(opened, next, looked, { say: [], doubts: turn.session.doubts }, turn);
}

/** On from a paste of which nothing waits here any more: its lines of other sections, then what it left open, then the next gap. */
function left(
  after: Opened,
  waiting: At<'paste'>,
  looked: Looked,
  { say, doubts }: { readonly say: readonly Message[]; readonly doubts: readonly Doubt[] },
  turn: Turn,
): Outcome {
  const rest = restOf(after, waiting, looked);
  if (rest) return { say, doubts, go: rest };
  const open = nextPasted(turn.facts, after, doubts);
  if (open) return { say: [...say, open.say], doubts, go: open.go, quiet: true };
  return { say, doubts, go: onward(after, waiting, looked.writes) };
}

/** One change for each value, all with the stamp of this event, so that they are taken back together. */
const written = (opened: Opened, writes: readonly Write[], turn: Turn): readonly Change[] => [
  ...begun(opened),
  ...writes.flatMap(({ indicator, value, note }) => {
    const given = note === undefined ? { value } : { value, note };
    return setAnswer(opened, indicator.id, given, turn).changes.filter(({ type }) => type === 'answer_set');
  }),
];

/** So many contradictions are said in full, more only counted. */
const MOST_SAID = 2;

/** What many values given at once contradict, each point once. */
export function contradictions(
  opened: Opened,
  after: Opened,
  written: readonly Indicator[],
  turn: Turn,
): readonly Message[] {
  const found = written.flatMap(({ id }) => warnings(turn.facts, opened, after, id));
  const different = new Map(found.map((message) => [JSON.stringify(message.text), message]));
  if (different.size <= MOST_SAID) return [...different.values()];
  const review = button(PASTE.review, 'review', opened.report.id, '', 0);
  return [{ text: [PASTE.warnings(different.size)], buttons: [[review]] }];
}

/** The lines that fit another section wait there for a tap of their own; there are fewer of them each time. */
function restOf(after: Opened, waiting: At<'paste'>, { abroad }: Looked): At<'paste'> | undefined {
  const [section] = sectionsOf(abroad).filter((id) => id !== waiting.section);
  if (section === undefined) return undefined;
  const { more: _, stored: __, ...there } = inSection(after, waiting, section);
  return { ...there, text: abroad.map(({ text }) => text).join('\n') };
}

/** To the question that was open if it still is, else the next gap; in a report returned point by point, the next of these. */
function onward(after: Opened, { indicator }: At<'paste'>, writes: readonly Write[]): Waiting {
  const { template } = after;
  const report = after.report.id;
  const asked = indicatorOf(template, indicator);
  const last = writes.at(-1)?.indicator ?? asked;
  if (pointsOf(after).length > 0 && last) return nextPoint(after, last, undefined, true);
  if (asked && after.report.answers[indicator]?.value === undefined)
    return { flow: 'fill', report, indicator };
  return toGap(report, nextIndicator(after, last?.id));
}
