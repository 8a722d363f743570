// What must hold after every step of a walk.
import { expect } from 'vitest';
import type { Facts, Flow } from '../../flows/flow.ts';
import { FLOWS } from '../../flows/step.ts';
import type { Session } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';
import type { TemplateRef } from '../../src/domain/template.ts';
import type { Waiting } from '../../src/domain/waiting.ts';
import { plain } from '../support/world.ts';
import { choiceFaults, meantBy } from './choices.ts';
import { writeFaults } from './may-write.ts';
import { messageFault } from './message.ts';
import { partFaults } from './part.ts';
import { countReached } from './reached.ts';
import { rightFaults } from './rights.ts';
import { sightFaults } from './sight.ts';
import { forgottenFaults, heardFaults, lateFaults, pauseFaults, silenceFaults } from './silence.ts';
import { formOf, isBare, remember, type Taken, type Walk } from './walk.ts';

const promptOf = <F extends Waiting['flow']>(waiting: Extract<Waiting, { flow: F }>, facts: Facts) =>
  (FLOWS[waiting.flow as F] as Flow<F>).prompt(waiting, facts);

/** What is wrong after a step; [] when everything holds. */
export async function stepFaults(walk: Walk, event: Event): Promise<string[]> {
  const taken = await take(walk, event);
  countReached(walk, taken);
  const faults = [
    ...(walk.thrown.length > 0 ? [`a flow threw: ${walk.thrown.join(' ').slice(0, 600)}`] : []),
    ...taken.said.flatMap(({ message }) => messageFault(message) ?? []),
    ...(await sightFaults(walk, taken.said, taken.before)),
    ...(await partFaults(walk, taken)),
    ...(await rightFaults(walk, taken)),
    ...silenceFaults(taken),
    ...writeFaults(walk, taken),
    ...pauseFaults(taken),
    ...lateFaults(taken),
    ...heardFaults(walk, taken),
    ...(await forgottenFaults(walk, taken)),
    ...(await choiceFaults(walk, taken)),
  ];
  remember(walk, event.conversation, taken.said);
  if (walk.random() < 0.35) faults.push(...(await placeFaults(walk, event.conversation)));
  if (walk.random() < 0.15) faults.push(...(await repeatFaults(walk, event)));
  return faults;
}

async function take(walk: Walk, event: Event): Promise<Taken> {
  const { world, turns, seen } = walk;
  const from = turns.length;
  const shown = isBare(event.conversation) ? await world.storage.transcript(event.conversation, 0, 60) : [];
  const before = { people: await world.storage.people(), units: await world.storage.units() };
  const said = await world.send(event);
  // The last load of the turn is what it was decided on.
  const known = seen.loaded;
  if (!known) throw new Error('the turn looked at nothing');
  const changes = turns.slice(from).flatMap((turn) => turn.changes);
  for (const { conversation, message } of said)
    if (message.fetch) walk.errands.push({ conversation, fetch: message.fetch });
  const now = new Date(walk.clock).toISOString();
  const form = (ref: TemplateRef) => formOf(walk, ref);
  const meant = meantBy(walk, { event, known, shown });
  return { event, meant, shown, known, said, changes, now, before, form };
}

/** The place where we wait says something, and the session is plain data of bounded size. */
async function placeFaults(walk: Walk, conversation: string): Promise<string[]> {
  const session = walk.sessions.get(conversation);
  if (!session) return [];
  const copy = JSON.parse(JSON.stringify(session)) as Session;
  const faults: string[] = [];
  expect(copy).toEqual(session);
  if (JSON.stringify(session).length > 6_000)
    faults.push(`the session has grown large: ${JSON.stringify(session).slice(0, 300)}`);
  const prompt = promptOf(copy.waiting, await walk.world.facts(conversation));
  if (prompt.length === 0 || prompt.some((message) => plain(message).trim() === ''))
    faults.push('the place has no prompt');
  return [...faults, ...prompt.flatMap((message) => messageFault(message) ?? [])];
}

/** An event that the platform sends twice has no effect the second time. */
export async function repeatFaults({ world, turns }: Walk, event: Event): Promise<string[]> {
  const from = turns.length;
  const said = await world.send(event);
  return said.length > 0 || turns.length > from ? ['a repeated event had an effect'] : [];
}
