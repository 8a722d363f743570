// When the bot must speak, when it must be silent, and what it must not take down: a human speaks, words come late, somebody leaves.
import { isDeepStrictEqual } from 'node:util';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { plain } from '../support/world.ts';
import { isLate } from './choices.ts';
import { conversationOf, MEMBERS, type Taken, type Walk } from './walk.ts';

const isCommand = ({ event }: Taken): boolean => event.type === 'text' && event.text.startsWith('/');
const isForUs = (taken: Taken): boolean => taken.meant.type === 'button' || isCommand(taken);
const ownIn = ({ event, said }: Taken): readonly string[] =>
  said.filter((each) => each.conversation === event.conversation).map((each) => plain(each.message));

/** Whether anything may or must be said in answer; undefined: both are right. */
function mustSpeak(taken: Taken): boolean | undefined {
  const { event, known, now } = taken;
  const until = known.session?.pausedUntil;
  if (event.type === 'reachable' || event.type === 'forget') return false;
  if (event.type === 'unsupported' && event.what === 'group') return undefined;
  // A phone number is meant for the office in any case, and is thanked for.
  if (event.type === 'contact') return undefined;
  // What is sent to a human is for the human, and a list that nobody waits for any more is nothing.
  if (event.type === 'fetched' || (event.type === 'file' && until !== undefined)) return undefined;
  if (event.type === 'takenOver') return known.person !== undefined && !(until !== undefined && until > now);
  return until === undefined || until <= now || (known.person !== undefined && isForUs(taken));
}

export function silenceFaults(taken: Taken): string[] {
  const wanted = mustSpeak(taken);
  const spoke = ownIn(taken).length > 0;
  if (wanted === undefined || wanted === spoke) return [];
  return [spoke ? `“${ownIn(taken)[0]?.slice(0, 60)}” was said instead of nothing` : 'nothing was said'];
}

/** While a human speaks here, and for the first words after that, nothing typed is taken for an answer. */
export function pauseFaults(taken: Taken): string[] {
  const { event, known, changes } = taken;
  if (known.session?.pausedUntil === undefined || isCommand(taken) || event.type === 'button') return [];
  return changes.flatMap((each) =>
    'indicator' in each || each.type === 'note_set' ? [`${each.type} while a human spoke`] : [],
  );
}

/** Words that overtook others change nothing, and the person learns which words they were, unless they must not stand anywhere. */
export function lateFaults(taken: Taken): string[] {
  const { event, known, changes } = taken;
  if (event.type !== 'text' || !isLate(taken)) return [];
  const wrote = changes.flatMap((each) => ('report' in each ? [`${each.type} by words that came late`] : []));
  const isAnswer = known.person && known.session?.waiting.flow !== 'register' && !isCommand(taken);
  if (!isAnswer || known.session?.pausedUntil !== undefined) return wrote;
  const words = event.text.replace(/\s+/g, ' ').trim().slice(0, 50);
  const isQuoted = ownIn(taken).some((text) => text.includes(`“${words}`));
  const isPrivate = privacyFault(event.text) !== undefined;
  return isQuoted === !isPrivate ? wrote : [...wrote, `late words are ${isPrivate ? '' : 'not '}quoted`];
}

/** When the person was last heard never goes back, whatever comes late. */
export function heardFaults({ sessions }: Walk, { event, known }: Taken): string[] {
  const [before, after] = [known.session?.heardAt ?? '', sessions.get(event.conversation)?.heardAt ?? ''];
  return after < before ? ['heard earlier than before'] : [];
}

/** Of somebody who is gone, nothing that is stored holds the name or the phone number, and every answer is still there. */
export async function forgottenFaults(walk: Walk, { known, changes, before }: Taken): Promise<string[]> {
  const { storage } = walk.world;
  if (!known.person || !changes.some((each) => each.type === 'person_forgotten')) return [];
  const everybody = [...MEMBERS, 'La' as const].map((name) => conversationOf(walk, name));
  const stored = {
    people: await storage.people(),
    invitations: await storage.invitations(),
    sessions: await storage.sessions(),
    messages: await Promise.all(everybody.map((each) => storage.transcript(each, 0, 1000))),
  };
  const gone = changes.flatMap((each) => (each.type === 'person_forgotten' ? [each.person] : []));
  const people = before.people.filter(({ id }) => gone.includes(id));
  const left = people.flatMap(({ name, phone }) => (phone === undefined ? [name] : [name, phone]));
  const report = known.reports.find((each) => people.some(({ unit }) => unit === each.unit));
  const after = report && (await storage.report(report.id));
  return [
    ...Object.entries(stored).flatMap(([where, what]) =>
      left.some((words) => JSON.stringify(what).includes(words)) ? [`${where} still hold ${left[0]}`] : [],
    ),
    ...(isDeepStrictEqual(report?.answers, after?.answers) ? [] : ['answers went with the person']),
  ];
}
