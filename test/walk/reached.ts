// What all walks together have reached, so that nobody walks in circles.
import { readAction } from '../../flows/actions.ts';
import { fold } from '../../src/domain/words.ts';
import { isLate } from './choices.ts';
import type { Taken, Walk } from './walk.ts';
import { COMMANDS } from './words.ts';

export const reached = {
  flows: new Set<string>(),
  commands: new Set<string>(),
  verbs: new Set<string>(),
  /** Verbs of the choices that were made by typing. */
  typed: new Set<string>(),
  changes: new Set<string>(),
  /** Words without effect: those that came late, and those typed while a human spoke. */
  late: 0,
  reminders: 0,
  whilePaused: 0,
};

export function countReached({ sessions }: Walk, taken: Taken): void {
  const { event, meant, known, changes } = taken;
  const flow = sessions.get(event.conversation)?.waiting.flow;
  if (flow) reached.flows.add(flow);
  for (const change of changes) reached.changes.add(change.type);
  const words = meant.type === 'text' ? meant.text : meant.type === 'button' ? meant.action : '';
  const command = /^\s*\/(\w+)/.exec(words)?.[1];
  if (command && COMMANDS.includes(fold(command))) reached.commands.add(command);
  const verb = meant.type === 'button' ? readAction(meant.action)?.verb : undefined;
  if (verb) reached.verbs.add(verb);
  if (verb && event.type === 'text') reached.typed.add(verb);
  if (meant.type !== 'text' || !known.person) return;
  if (known.session?.pausedUntil !== undefined) reached.whilePaused += 1;
  else if (isLate(taken)) reached.late += 1;
}
