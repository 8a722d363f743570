// When a human of the office speaks to an officer under the bot's name: we step aside, and offer to go on.
import type { Message } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import type { Waiting } from '../src/domain/waiting.ts';
import { clean } from '../src/domain/words.ts';
import { PAUSE } from '../src/text/menu.ts';
import { commandButton, inWords } from './actions.ts';
import type { Outcome, Turn } from './flow.ts';

/** How long after the human's last word we stay silent (ms). */
const LASTS = 3_600_000;

/** Said once, at the beginning; every further word of the human makes it last longer. */
export function takenOver({ session, facts }: Turn): Outcome {
  const until = new Date(Date.parse(facts.now) + LASTS).toISOString();
  const isNew = session.pausedUntil === undefined || session.pausedUntil <= facts.now;
  const offer: Message = {
    text: [PAUSE.begins],
    buttons: [[inWords(commandButton(PAUSE.goOn, '/tieptuc'))]],
    // Figures are said to the human too, so none may stand for going on.
    marks: 'letter',
  };
  return { pausedUntil: until, ...(facts.person && isNew ? { say: [offer] } : {}) };
}

/**
 * Words are meant for the human, until the person goes on with us by a button or a command, or until it has been quiet for long.
 * Even then what was said is not taken for an answer; the open question is asked anew.
 */
export function whilePaused(event: Event, turn: Turn, until: string, goOn: () => Outcome): Outcome {
  const { session, facts } = turn;
  const isForUs = event.type === 'button' || (event.type === 'text' && clean(event.text).startsWith('/'));
  if (facts.invitation || (facts.person && isForUs)) return { ...goOn(), pausedUntil: null };
  if (event.type === 'contact') return goOn();
  if (facts.now < until) return {};
  if (!facts.person) return { ...goOn(), pausedUntil: null };
  return { say: [{ text: [PAUSE.back] }], go: openQuestion(session.waiting), pausedUntil: null };
}

/** `/tieptuc`: on with us, where we were. */
export const goOnHere = ({ session }: Turn): Outcome => ({ go: openQuestion(session.waiting) });

const openQuestion = (waiting: Waiting): Waiting =>
  waiting.flow === 'register' ? { flow: 'menu' } : waiting;
