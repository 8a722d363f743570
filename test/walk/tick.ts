// Time goes on, and what is due is sent: to those it concerns, to nobody who has sent, and never twice.
import { createRounds } from '../../src/rounds.ts';
import type { Turn } from '../../storage/storage.ts';
import { TIMEZONE } from '../support/world.ts';
import { messageFault } from './message.ts';
import { reached } from './reached.ts';
import { sightFaults } from './sight.ts';
import type { Before, Walk } from './walk.ts';

const UNFINISHED: readonly unknown[] = ['notStarted', 'inProgress', 'returned', undefined];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So long nobody must have said anything where a reminder comes. */
const QUIET = HOUR / 4;

/** To one of the next days, at some hour of it, mostly in the morning when reminders are due. */
export function daysOn({ random, clock }: Pick<Walk, 'random' | 'clock'>): number {
  const midnight = Math.floor(clock / DAY) * DAY;
  const hour = random() < 0.5 ? HOUR + 600_000 * random() : 14 * HOUR * random();
  const next = midnight + Math.ceil(random() * 2) * DAY + Math.floor(hour);
  if (random() < 0.6) return next;
  return clock + Math.floor(random() * (random() < 0.5 ? 4 * HOUR : QUIET));
}

/** Looks what is due; what is wrong with what was sent. The second look at the same moment sends nothing. */
export async function tickFaults(walk: Walk): Promise<string[]> {
  const { storage } = walk.world;
  const before = { people: await storage.people(), units: await storage.units() };
  const turns = await ticked(walk);
  const faults = (await Promise.all(turns.map((turn) => faultsOf(walk, turn, before)))).flat();
  for (const out of await storage.unsent()) {
    const isLost = walk.random() < 0.15;
    await storage.markSent(out.id, isLost ? { outcome: 'never', why: 'blocked' } : { outcome: 'sent' });
  }
  const again = walk.random() < 0.3 ? (await ticked(walk)).filter(({ event }) => isReminder(event)) : [];
  return [...faults, ...again.map(({ event }) => `${event} was sent only at the second look`)];
}

const isReminder = (event: string): boolean => event.startsWith('reminder:');

async function ticked(walk: Walk): Promise<readonly Turn[]> {
  const { world, templates, turns, clock, log } = walk;
  const from = turns.length;
  const rounds = createRounds({
    ...{ storage: world.storage, templates, timezone: TIMEZONE, holidays: {}, log },
    now: () => new Date(clock),
    wake: () => {},
  });
  await rounds.tick();
  await rounds.stop();
  return turns.slice(from);
}

async function faultsOf(walk: Walk, turn: Turn, before: Before): Promise<string[]> {
  const said = turn.outgoing;
  const about = said.map(async ({ conversation, message }) => {
    const id = message.key?.startsWith('reminder:') ? message.key.slice('reminder:'.length) : undefined;
    return id === undefined ? [] : reminderFaults(walk, id, conversation, before);
  });
  return [
    ...(turn.changes.length > 0 ? [`${turn.event} has changed something`] : []),
    ...said.flatMap(({ message }) => messageFault(message) ?? []),
    ...(await sightFaults(walk, said, before)),
    ...(await Promise.all(about)).flat(),
  ].map((fault) => `${turn.event}: ${fault}`);
}

/** To an officer of the unit, who has not sent and is not in the middle of something, while the period is open. */
async function reminderFaults(
  { world: { storage }, sessions, clock }: Walk,
  id: string,
  conversation: string,
  { people }: Before,
): Promise<string[]> {
  const [campaign = '', unit = ''] = id.split('/');
  const found = await storage.campaign(campaign);
  const status = (await storage.report(id))?.status;
  const person = people.find((each) => each.conversations.includes(conversation));
  const lastAt = sessions.get(conversation)?.lastAt ?? '';
  reached.reminders += 1;
  return [
    ...(UNFINISHED.includes(status) ? [] : [`a reminder of what is ${status}`]),
    ...(person?.role === 'officer' && person.unit === unit ? [] : ['a reminder to somebody else']),
    ...(found?.units.includes(unit) && found.closedAt === undefined ? [] : ['a reminder of nothing open']),
    ...(clock - Date.parse(lastAt) < QUIET ? ['a reminder in the middle of something'] : []),
  ];
}
