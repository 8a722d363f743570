// A list of units that was sent as a file: first what it would do, and only after a tap and a second look is it stored.
import { localTime } from '../../src/domain/clock.ts';
import type { Message } from '../../src/domain/conversation.ts';
import type { Event, SentFile } from '../../src/domain/event.ts';
import { planMark, planUnits, type UnitsPlan } from '../../src/domain/units-plan.ts';
import { bold, lines } from '../../src/text/common.ts';
import { UNIT_LIST } from '../../src/text/unit-list.ts';
import { planLines } from '../../src/text/units.ts';
import { button } from '../actions.ts';
import type { At, Facts, Flow, Outcome, Turn } from '../flow.ts';
import { ownUnits } from './own-units.ts';

type Fetched = Extract<Event, { type: 'fetched' }>;

const home = { flow: 'coordinate', page: 0 } as const;

export const units: Flow<'units'> = {
  prompt: (waiting) => [waitingMessage(waiting)],
  answer: (waiting) => ({ say: [waitingMessage(waiting)] }),
};

const waitingMessage = ({ file, digest, count }: At<'units'>): Message => ({
  text: [UNIT_LIST.waits(file.name)],
  ...choices(digest, count),
});

/** It decides, so that no bare number may stand for it. */
const choices = (digest: string, count: number): Pick<Message, 'buttons' | 'marks'> => ({
  buttons: [
    [button(UNIT_LIST.apply(count), 'units', '', '', `apply.${digest}`)],
    [button(UNIT_LIST.drop, 'units', '', '', `drop.${digest}`)],
  ],
  marks: 'coded',
});

/** What came of fetching a coordinator's file; undefined when it has nothing to do with a list of units. */
export function fetchedList(event: Fetched, turn: Turn): Outcome | undefined {
  const { facts, session } = turn;
  const { content, file = { name: event.name, source: '' }, apply } = event;
  if (facts.person?.role !== 'coordinator') return undefined;
  const { waiting } = session;
  const isShown = waiting.flow === 'units' && waiting.digest === apply;
  // It was dropped, or applied by an earlier tap.
  if (apply !== undefined && !isShown) return {};
  const table = 'fault' in content ? undefined : content.table;
  if (!table || 'fault' in table) {
    if (apply !== undefined) return { say: [{ text: [UNIT_LIST.sendAgain] }], go: home, quiet: true };
    return table && { say: [{ text: [UNIT_LIST.unreadable(event.name, table.fault, table.line)] }] };
  }
  const plan = planFor(facts, table.rows);
  const read = 'fault' in content ? '' : (content.digest ?? '');
  const digest = facts.digest(`${read}\n${planMark(plan)}`).slice(0, 16);
  if (apply === undefined) return tried(plan, file, digest, facts.person.unit);
  if (apply === digest && plan.faults.length === 0) return applied(plan);
  const anew = tried(plan, file, digest, facts.person.unit);
  return { ...anew, say: [{ text: [UNIT_LIST.altered] }, ...(anew.say ?? [])] };
}

function planFor(facts: Facts, rows: Parameters<typeof planUnits>[0]): UnitsPlan {
  const { now, timezone, person } = facts;
  const theirs = new Set(ownUnits(facts).map(({ id }) => id));
  return planUnits(rows, facts.units, localTime(now, timezone).day, { office: person?.unit ?? '', theirs });
}

/** The dry run: nothing is stored, and with anything wrong nothing can be. */
function tried(plan: UnitsPlan, file: SentFile, digest: string, office: string): Outcome {
  const count = plan.added.length + plan.changed.length;
  const isWrong = plan.faults.length > 0;
  const text = lines(
    [bold(UNIT_LIST.tried(file.name))],
    ...planLines(plan, office),
    isWrong ? UNIT_LIST.wrong : count === 0 ? UNIT_LIST.nothing : undefined,
  );
  if (isWrong || count === 0) return { say: [{ text }] };
  return {
    say: [{ text, ...choices(digest, count) }],
    go: { flow: 'units', file, digest, count },
    quiet: true,
  };
}

const applied = ({ added, changed }: UnitsPlan): Outcome => ({
  say: [{ text: [UNIT_LIST.applied(added.length, changed.length)] }],
  changes: [...added, ...changed.map(({ unit }) => unit)].map((unit) => ({ type: 'unit_set', unit })),
  go: home,
  quiet: true,
});

/** The tap under a dry run: the file is read once more, so that what is stored is what was shown. */
export function decideList(what: string, digest: string, { session: { waiting } }: Turn): Outcome {
  if (waiting.flow !== 'units' || waiting.digest !== digest)
    return { say: [{ text: [UNIT_LIST.sendAgain] }] };
  if (what === 'drop') return { say: [{ text: [UNIT_LIST.dropped] }], go: home, quiet: true };
  return {
    say: [{ text: [UNIT_LIST.reading] }, { text: [], fetch: { ...waiting.file, apply: digest } }],
  };
}
