// One turn: a pure function from what was known and what happened to what is remembered, changed and said.
import type { Change } from '../src/domain/change.ts';
import type { Message, Session } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import { fillsIn } from '../src/domain/people.ts';
import type { Waiting } from '../src/domain/waiting.ts';
import { clean } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { CHOICES } from '../src/text/choices.ts';
import { FILL } from '../src/text/fill.ts';
import { FILES, TROUBLE, unsupported } from '../src/text/menu.ts';
import { readAction } from './actions.ts';
import { assign } from './assign/assign.ts';
import { lostPlace, withDone } from './assign/part.ts';
import { press } from './buttons.ts';
import { isBareCode, isJoining } from './code-words.ts';
import { runCommand } from './commands.ts';
import { coordinate } from './coordinate/board.ts';
import { decide } from './coordinate/decide.ts';
import { nudge } from './coordinate/nudge.ts';
import { openPeriod } from './coordinate/open-period.ts';
import { people } from './coordinate/people.ts';
import { period } from './coordinate/period-changes.ts';
import { giveBackFlow } from './coordinate/return.ts';
import { fetchedList, units } from './coordinate/units-file.ts';
import { corrected } from './corrected.ts';
import { explain } from './explain.ts';
import { factsAfter } from './facts-after.ts';
import { fill } from './fill.ts';
import type { At, Facts, Flow, Outcome, Turn } from './flow.ts';
import { forgotten, leave } from './leave.ts';
import { marked, TYPED } from './marks.ts';
import { arrive, menu } from './menu.ts';
import { paste } from './paste/paste.ts';
import { fetchedSheet, fileSent, sheet } from './paste/sheet.ts';
import { takenOver, whilePaused } from './pause.ts';
import { isAgain } from './picked.ts';
import { inGroup, reachability, reachableAgain, shared } from './presence.ts';
import { reason } from './reason.ts';
import { register } from './register.ts';
import { newSession, remembered } from './remembered.ts';
import { review } from './review.ts';
import { withScreen } from './screen.ts';
import { submit } from './submit.ts';

/** Every conversation, by the name under which the session waits in it. */
export const FLOWS: { readonly [F in Waiting['flow']]: Flow<F> } = {
  register,
  menu,
  fill,
  review,
  submit,
  explain,
  leave,
  units,
  people,
  coordinate,
  nudge,
  openPeriod,
  period,
  decide,
  return: giveBackFlow,
  reason,
  paste,
  sheet,
  assign,
};

const OFFICERS_OWN: ReadonlySet<Waiting['flow']> = new Set([
  'fill',
  'review',
  'submit',
  'explain',
  'paste',
  'sheet',
]);

/** What a turn results in. The session's rev is still the one that was read; the store counts it up. */
export type Step = {
  readonly session: Session;
  readonly changes: readonly Change[];
  readonly messages: readonly { readonly conversation: string; readonly message: Message }[];
  /** The step has to be taken again with these histories among the facts; until then nothing of it counts. */
  readonly needs?: readonly string[];
};

/**
 * Handles one event. Never throws for anything a person did, asks no clock and no randomness (both are facts), and given
 * the same arguments returns the same, so that a turn that lost a race can simply be done again.
 */
export function step(session: Session | undefined, event: Event, facts: Facts): Step {
  const before = session ?? newSession(event.conversation);
  const outcome = withDone(react(before, event, facts), { event: event.id, session: before, facts });
  if (outcome.needs?.some((id) => !Object.hasOwn(facts.histories, id)))
    return { session: before, changes: [], messages: [], needs: outcome.needs };
  const changes = outcome.changes ?? [];
  const seen = factsAfter(facts, changes);
  const go = outcome.quiet ? outcome.go : outcome.go && withScreen(outcome.go, seen);
  const prompts = go && !outcome.quiet ? promptOf(go, seen) : [];
  const said = [...(outcome.say ?? []), ...prompts];
  const after = remembered(before, { ...outcome, ...(go && { go }) }, said, event, seen);
  const own = marked(said, after.waiting).map((message) => ({ conversation: event.conversation, message }));
  return { session: after, changes, messages: [...own, ...(outcome.tell ?? [])] };
}

function promptOf<F extends Waiting['flow']>(waiting: At<F>, facts: Facts): readonly Message[] {
  const flow = FLOWS[waiting.flow as F] as Flow<F>;
  return flow.prompt(waiting, facts);
}

function answerIn<F extends Waiting['flow']>(
  waiting: At<F>,
  input: { type: 'text'; text: string; message?: string },
  turn: Turn,
): Outcome {
  const flow = FLOWS[waiting.flow as F] as Flow<F>;
  return flow.answer(waiting, input, turn);
}

function react(session: Session, event: Event, facts: Facts): Outcome {
  const turn: Turn = { event: event.id, session, facts };
  if (event.type === 'unsupported' && event.what === 'group') return inGroup(session, facts);
  if (event.type === 'takenOver') return takenOver(turn);
  if (event.type === 'forget') return forgotten(facts);
  if (event.type === 'reachable') return reachability(event.conversation, event.reachable, facts);
  const goOn = () => (facts.person ? reachableAgain(event, facts, said(event, turn)) : stranger(event, turn));
  return session.pausedUntil === undefined ? goOn() : whilePaused(event, turn, session.pausedUntil, goOn);
}

/** What somebody known says or does. */
function said(event: Event, turn: Turn): Outcome {
  const { session, facts } = turn;
  switch (event.type) {
    case 'text':
      if (event.beyond !== undefined) return beyond(event.text, event.beyond, turn);
      if (isAgain(event, session, facts)) return again(event.text, turn);
      if (event.late && session.waiting.flow !== 'register' && !isJoining(event.text, facts)) {
        return tooLate(event.text, turn);
      }
      if (clean(event.text).startsWith('/')) return runCommand(event.text, turn);
      if (facts.invitation && isBareCode(event.text.trim())) return runCommand(`/start ${event.text}`, turn);
      // Somebody known whose session was lost: the conversation alone tells who it is, so we go on as if they had come back.
      if (session.waiting.flow === 'register') return arrive(facts);
      // Whose role has changed since must not go on where only the unit's officers write.
      if (OFFICERS_OWN.has(session.waiting.flow)) {
        if (!fillsIn(facts.person)) return arrive(facts);
        const lost = lostPlace(event.text, turn);
        if (lost) return lost;
      }
      return answerIn(session.waiting, event, turn);
    case 'button': {
      if (event.action.startsWith('/')) return runCommand(event.action, turn);
      const pressed = readAction(event.action);
      return pressed ? press(pressed, turn) : { say: [{ text: [FILL.staleButton] }] };
    }
    case 'edited':
      return corrected(event, turn);
    case 'unsupported':
      return { say: [{ text: [unsupported(event.what)] }] };
    case 'file':
      return fileSent(event.file, turn);
    case 'fetched':
      return (
        fetchedSheet(event, turn) ??
        fetchedList(event, turn) ?? { say: [{ text: [FILES.received(event.name, event.content)] }] }
      );
    case 'contact':
      return shared(event, turn);
    default:
      return {};
  }
}

/** A number that the list does not have is nothing: neither a choice nor a figure. The list stays valid, or the question is asked anew. */
function beyond(text: string, most: number, { session, facts }: Turn): Outcome {
  const prompt = TYPED.has(session.waiting.flow) ? promptOf(session.waiting, facts) : [];
  return { say: [{ text: [CHOICES.notThere(text, most)] }, ...prompt] };
}

const again = (text: string, { session, facts }: Turn): Outcome => ({
  say: [{ text: [CHOICES.again(text)] }, ...promptOf(session.waiting, facts)],
});

/** Words that overtook each other on the way: nobody can know which question they were meant for, so they are not taken for an answer. */
function tooLate(text: string, { session, facts }: Turn): Outcome {
  const quoted = privacyFault(text) ? TROUBLE.hidden : text;
  return { say: [{ text: [TROUBLE.late(quoted)] }, ...promptOf(session.waiting, facts)] };
}

/** Somebody unknown may redeem a code and learns nothing else. */
function stranger(event: Event, turn: Turn): Outcome {
  const text = event.type === 'text' ? event.text.trim() : '';
  if (/^\/start(@\S+)?\s+\S/i.test(text)) return runCommand(text, turn);
  if (isBareCode(text)) return runCommand(`/start ${text}`, turn);
  return { say: register.prompt({ flow: 'register' }, turn.facts) };
}
