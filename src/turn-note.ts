// What is noted of a turn when it is over, for the operator.
import type { Event } from './domain/event.ts';
import type { Role } from './domain/people.ts';
import type { Log } from './log.ts';
import type { Metrics, TurnOutcome } from './metrics.ts';

/** How a turn ended. `flow`: where the conversation waits since; `answers`: values recorded; `known`: who speaks in it now. */
export type Ended = {
  readonly outcome: TurnOutcome;
  readonly flow?: string;
  readonly answers: number;
  readonly known?: { readonly role: Role | undefined };
};

/**
 * One line and one count for each turn: which event, where it led and how long it took, never what was said or by whom. `began`:
 * when we had the event (performance.now).
 */
export function note(
  { log, metrics }: { readonly log: Log; readonly metrics?: Metrics },
  { id, conversation }: Event,
  began: number,
  ended: Ended,
): void {
  const ms = performance.now() - began;
  const channel = conversation.slice(0, conversation.indexOf(':'));
  const { outcome, flow, answers } = ended;
  metrics?.turn({ channel, outcome, answers, seconds: ms / 1000 });
  if (outcome === 'failed') log.warn({ event: id, channel, ms: Math.round(ms) }, 'a turn was not stored');
  // Whoever sends too fast must not fill the log either.
  else
    log[outcome === 'dropped' ? 'debug' : 'info'](
      { event: id, channel, flow, outcome, ms: Math.round(ms * 10) / 10 },
      'turn',
    );
}
