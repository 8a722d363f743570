// Tells the coordinators that a channel is in trouble, on another channel than that one.
import type { Storage } from '../storage/storage.ts';
import type { Notice } from './domain/channel-state.ts';
import { reachedIn } from './domain/people.ts';
import type { Log } from './log.ts';
import { UNDELIVERED } from './text/undelivered.ts';

type Parts = {
  readonly storage: Storage;
  readonly timezone: string;
  readonly now: () => Date;
  readonly wake: () => void;
  readonly log: Log;
};

/** A function that tells of a notice once: the same trouble, told again by a restart or by another instance, is not repeated. */
export function createAlarm(parts: Parts): (notice: Notice) => void {
  return (notice) => {
    tell(parts, notice).catch((error: unknown) =>
      parts.log.error(
        { err: error, channel: notice.channel },
        'the coordinators could not be told of a trouble',
      ),
    );
  };
}

async function tell({ storage, timezone, now, wake }: Parts, notice: Notice): Promise<void> {
  const at = now().toISOString();
  const message = { text: [UNDELIVERED.notice(notice, timezone)] };
  const outgoing = (await storage.people()).flatMap((person) => {
    const conversation = person.role === 'coordinator' ? reachedIn(person, notice.channel) : undefined;
    return conversation === undefined ? [] : [{ conversation, message }];
  });
  if (outgoing.length === 0) return;
  const outcome = await storage.commit({
    ...{ event: `alarm:${momentOf(notice, at)}`, at, by: '', conversation: `alarm:${notice.channel}` },
    ...{ changes: [], outgoing, expects: { reports: {} } },
  });
  if (outcome === 'done') wake();
}

/** What makes a trouble the same one: since when it lasts, the month, or the day. */
function momentOf(notice: Notice, at: string): string {
  switch (notice.kind) {
    case 'disconnected':
      return `${notice.kind}:${notice.since}`;
    case 'refused':
      return `${notice.kind}:${at.slice(0, 10)}`;
    case 'quota':
      return `${notice.kind}:${notice.month}:${stageOf(notice.used / notice.most)}`;
  }
}

/** A quota is worth a word when it runs low, when it is nearly used up, and when it is. */
const stageOf = (share: number): string => (share >= 1 ? 'over' : share >= 0.95 ? 'nearly' : 'low');
