// The same mark typed twice: a slow platform and an impatient thumb send things twice, and the second must not become a figure.
import type { Session } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import { fold } from '../src/domain/words.ts';
import type { Facts } from './flow.ts';

/** So soon after a choice the same words are more likely a repetition (ms). */
const SOON = 10_000;

/** What is remembered of a choice that was typed, for the next turn only. */
export const pickedBy = (event: Event): Pick<Session, 'picked'> =>
  event.type === 'button' && event.typed !== undefined ? { picked: fold(event.typed) } : {};

/** True when these words chose something a moment ago and are now no choice any more. */
export const isAgain = (event: Event, { picked, lastAt }: Session, { now }: Facts): boolean =>
  event.type === 'text' &&
  picked !== undefined &&
  lastAt !== undefined &&
  Date.parse(now) - Date.parse(lastAt) <= SOON &&
  fold(event.text) === picked;
