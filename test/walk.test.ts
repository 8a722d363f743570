// Random walks of two officers, a colleague who fills a part, their leader, a coordinator and a stranger through the real shell: what must hold after every step, whatever is done.
import { describe, expect, it } from 'vitest';
import { VERBS, type Verb } from '../flows/actions.ts';
import { FLOWS } from '../flows/step.ts';
import type { Event } from '../src/domain/event.ts';
import { begin } from './walk/begin.ts';
import { repeatFaults, stepFaults } from './walk/faults.ts';
import { fetchedEvent, nextEvent } from './walk/next.ts';
import { reached } from './walk/reached.ts';
import { daysOn, tickFaults } from './walk/tick.ts';
import {
  comeIn,
  conversationOf,
  isOfficeWalk,
  type Name,
  pick,
  type Random,
  type Walk,
} from './walk/walk.ts';
import { COMMANDS } from './walk/words.ts';

const WALKS = 448;
const STEPS = 60;

/** Choices that must have been made by typing: of questions, doubts, warnings, lists, the signature, and news told in passing. */
const TYPED: Verb[] = [
  ...(['blank', 'notApplicable', 'pending', 'skip', 'keep', 'take', 'verbatim', 'asNote'] as const),
  ...(['goTo', 'explain', 'confirmed', 'open', 'section', 'review', 'file', 'blankRest', 'sign'] as const),
  ...(['withdraw', 'amend', 'accept', 'giveBack', 'leave', 'board', 'acceptAll', 'nudge'] as const),
  ...(['period', 'openPeriod', 'consolidated', 'units', 'invite', 'person', 'history'] as const),
];

const show = (event: Event): string => {
  const what =
    event.type === 'text' || event.type === 'edited'
      ? event.text.slice(0, 80)
      : event.type === 'button'
        ? event.action
        : event.type;
  return `${event.at.slice(11, 19)} ${event.conversation} ${event.type} ${JSON.stringify(what)}`;
};

/** In how many of a hundred steps each does something where the coordinators do most. */
const OFFICE: readonly (readonly [Name, number])[] = [
  ...([
    ['Dau', 40],
    ['Chi', 16],
    ['Vy', 8],
    ['Lan', 8],
    ['Hoa', 6],
    ['Sen', 6],
    ['Nga', 5],
  ] as const),
  ...([
    ['Duc', 4],
    ['Kha', 3],
    ['Oanh', 1],
    ['Ut', 1],
    ['Minh', 1],
    ['La', 1],
  ] as const),
];

function whoIsNext(walk: Walk): Name {
  const who = walk.random();
  if (isOfficeWalk(walk)) {
    const sums = OFFICE.map((_, n) => OFFICE.slice(0, n + 1).reduce((sum, [, share]) => sum + share, 0));
    return OFFICE[sums.findIndex((sum) => who * 100 < sum)]?.[0] ?? 'Dau';
  }
  return who < 0.46
    ? 'Lan'
    : who < 0.6
      ? 'Minh'
      : who < 0.68
        ? 'Ut'
        : who < 0.73
          ? 'Duc'
          : who < 0.97
            ? 'Dau'
            : 'La';
}

/** Time stands still or goes on by a minute, and now and then by more than an hour. */
const pause = (random: Random): number => (random() < 0.02 ? 70 : random() < 0.5 ? 1 : 0) * 60_000;

async function takeAStep(walk: Walk): Promise<string[]> {
  const { random, world, done } = walk;
  const name = whoIsNext(walk);
  const isOut = walk.sessions.get(conversationOf(walk, name))?.person === undefined;
  if (name !== 'La' && isOut && random() < 0.5) {
    const faults = await comeIn(walk, name);
    if (faults.length > 0) return faults;
  }
  if (random() < 0.03) world.restart();
  if (done.length > 0 && random() < 0.05) return repeatFaults(walk, pick(random, done));
  const event = await nextEvent(walk, name);
  done.push(event);
  const faults = await stepFaults(walk, event);
  while (faults.length === 0) {
    const errand = walk.errands.shift();
    if (!errand) break;
    const fetched = fetchedEvent(walk, errand);
    done.push(fetched);
    faults.push(...(await stepFaults(walk, fetched)));
  }
  return faults;
}

async function play(seed: number): Promise<string[]> {
  const walk = await begin(seed);
  for (let n = 0; n < STEPS; n++) {
    const isLong = walk.random() < (isOfficeWalk(walk) ? 0.06 : 0.01);
    walk.clock = isLong ? daysOn(walk) : walk.clock + pause(walk.random);
    walk.world.setNow(new Date(walk.clock).toISOString());
    // Now and then somebody is there before it is looked what is due.
    const isDue = isLong && walk.random() < 0.7;
    const faults = isDue ? await tickFaults(walk) : await takeAStep(walk);
    if (faults.length > 0)
      return [`walk ${seed}, step ${n}: ${faults.join('; ')}`, ...walk.done.slice(-6).map(show)];
  }
  return [];
}

describe('However people walk through the chat', () => {
  it('every property holds after every step', async () => {
    const failures: string[] = [];
    for (let seed = 1; seed <= WALKS; seed++) {
      const failure = await play(seed);
      if (failure.length > 0) failures.push(failure.join('\n  '));
    }
    expect(failures.length, failures.slice(0, 5).join('\n')).toBe(0);
  }, 180_000);

  it('and the walks have been everywhere', () => {
    expect([...reached.flows].sort()).toEqual(Object.keys(FLOWS).sort());
    expect([...reached.commands].sort()).toEqual([...COMMANDS].sort());
    expect([...reached.verbs].sort()).toEqual(Object.keys(VERBS).sort());
    expect([...reached.typed]).toEqual(expect.arrayContaining(TYPED));
    expect(reached.late).toBeGreaterThan(0);
    expect(reached.reminders).toBeGreaterThan(50);
    expect(reached.whilePaused).toBeGreaterThan(0);
    const made = [
      'answer_set',
      'answer_cleared',
      'note_set',
      'explained',
      'overridden',
      'submitted',
      'withdrawn',
      'accepted',
      'returned',
      'reopened',
      'approval_asked',
      'unlock_asked',
      'asked',
      'replied',
      'handed',
      'person_forgotten',
      'campaign_set',
      'nudged',
      'unit_set',
      'invitation_set',
      'assignment_set',
    ];
    expect(made.filter((each) => !reached.changes.has(each))).toEqual([]);
  });
});
