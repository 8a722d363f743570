// How the choices of what is said at once are marked where a channel has no buttons for them.
import type { Message } from '../src/domain/conversation.ts';
import type { Waiting } from '../src/domain/waiting.ts';

/** Where figures or words are awaited. */
export const TYPED: ReadonlySet<Waiting['flow']> = new Set([
  ...([
    'fill',
    'explain',
    'decide',
    'return',
    'reason',
    'nudge',
    'openPeriod',
    'period',
    'paste',
    'assign',
  ] as const),
]);

/**
 * Where figures or words are awaited, no number may stand for a choice, unless the message is a list to pick from. Of several
 * lists said at once only the last has the short marks, or one mark would mean two things.
 */
export function marked(said: readonly Message[], { flow }: Waiting): readonly Message[] {
  const last = said.findLastIndex((message) => message.buttons);
  const lastList = said.findLastIndex((message) =>
    (message.buttons ?? []).flat().some((each) => each.typed === undefined),
  );
  return said.map((message, n) => {
    if (!message.buttons) return message;
    const marks = message.marks ?? (TYPED.has(flow) ? 'letter' : 'number');
    const isShort = n === last || (n === lastList && marks === 'letter');
    return { ...message, marks: isShort ? marks : 'coded' };
  });
}
