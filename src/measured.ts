// The store and the channels as the rest of the bot uses them, with what they do counted, and what is known of how they are.
import type { Storage } from '../storage/storage.ts';
import type { Channel } from './channels/channel.ts';
import type { Gauge, Metrics } from './metrics.ts';

/** `writeFault`: why the last write failed, for as long as that says something about the next one; else undefined. */
type MeasuredStorage = { readonly storage: Storage; writeFault(): string | undefined };

/** Whoever asks whether we are ready may send nobody here while we are not: then only time can tell (ms). */
const FAULT_LASTS = 10_000;

/** The same store, its commits timed. */
export function measuredStorage(storage: Storage, metrics: Metrics): MeasuredStorage {
  let fault: { readonly why: string; readonly at: number } | undefined;
  return {
    writeFault: () => (fault && performance.now() - fault.at < FAULT_LASTS ? fault.why : undefined),
    storage: {
      ...storage,
      async commit(turn) {
        const began = performance.now();
        try {
          const outcome = await storage.commit(turn);
          fault = undefined;
          metrics.committed(outcome, (performance.now() - began) / 1000);
          if (outcome === 'done' && turn.conversation.startsWith('reminder:'))
            metrics.reminded(turn.event.slice(0, turn.event.indexOf(':')));
          return outcome;
        } catch (error) {
          fault = { why: (error instanceof Error && error.name) || 'Error', at: performance.now() };
          metrics.committed('failed', (performance.now() - began) / 1000);
          throw error;
        }
      },
    },
  };
}

/** After so many sends in a row that did not get through, without the platform having asked us to wait, a channel counts as down. */
const FAILURES = 3;

type MeasuredChannel<C extends Channel> = {
  readonly name: string;
  readonly channel: C;
  fault(): string | undefined;
};

/** The same channel, its sends counted. `fault`: why it is down, as far as known here; undefined when it is up. */
export function measuredChannel<C extends Channel>(channel: C, metrics: Metrics): MeasuredChannel<C> {
  let failures = 0;
  let why = '';
  return {
    name: channel.name,
    fault: () => channel.down?.() ?? (failures >= FAILURES ? why : undefined),
    channel: {
      ...channel,
      async send(sending) {
        try {
          const result = await channel.send(sending);
          metrics.sent(channel.name, result.outcome);
          const isFailure =
            result.outcome === 'unknown' || (result.outcome === 'retry' && result.seconds === undefined);
          failures = isFailure ? failures + 1 : 0;
          why = isFailure ? result.why : '';
          return result;
        } catch (error) {
          metrics.sent(channel.name, 'thrown');
          throw error;
        }
      },
    },
  };
}

/** What is measured only when somebody asks: the outbox, and the process itself. */
export async function gaugesOf(storage: Storage, version: string, now: Date): Promise<readonly Gauge[]> {
  const unsent = await storage.unsent();
  const waiting = unsent.filter(({ held }) => held === undefined);
  const oldest = waiting.reduce((least, each) => Math.min(least, Date.parse(each.createdAt)), now.getTime());
  const chats = (messages: typeof unsent) => new Set(messages.map(({ conversation }) => conversation)).size;
  const tried = waiting.filter(({ attempts }) => attempts > 0);
  const state = (name: string, value: number) => ({ labels: [['state', name]] as const, value });
  const { user, system } = process.cpuUsage();
  return [
    {
      name: 'chitieu_outbox_messages',
      help: 'Messages not yet dealt with; held ones wait for their person.',
      samples: [state('waiting', waiting.length), state('held', unsent.length - waiting.length)],
    },
    {
      name: 'chitieu_outbox_oldest_seconds',
      help: 'Age of the oldest message that waits and is not held; 0 when there is none.',
      samples: [{ value: Math.max(0, now.getTime() - oldest) / 1000 }],
    },
    {
      name: 'chitieu_conversations',
      help: 'Conversations whose messages do not go out: paused after a failed send, or held.',
      samples: [
        state('paused', chats(tried)),
        state('held', chats(unsent.filter(({ held }) => held !== undefined))),
      ],
    },
    single('process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss()),
    single('process_uptime_seconds', 'How long the process runs.', process.uptime()),
    {
      ...single('process_cpu_seconds_total', 'CPU time of the process.', (user + system) / 1e6),
      type: 'counter',
    },
    {
      name: 'chitieu_info',
      help: 'The release, always 1.',
      samples: [{ labels: [['version', version]], value: 1 }],
    },
  ];
}

const single = (name: string, help: string, value: number): Gauge => ({ name, help, samples: [{ value }] });
