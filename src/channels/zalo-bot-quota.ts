// Counts the messages of the month against what the platform allows; the count outlives restarts and is shared by all instances.
import type { ChannelState, Notice } from '../domain/channel-state.ts';
import { localTime } from '../domain/clock.ts';
import type { ChannelMemory } from './channel.ts';
import type { TelegramLog } from './telegram-api.ts';

export type Quota = {
  /** Learns what was counted before; does it once, and does not reject when that cannot be read. */
  load(): Promise<void>;
  /** `inHand`: messages on their way that are not counted yet. */
  isUsedUp(inHand?: number): boolean;
  /** One message was sent. */
  count(): void;
  notices(): readonly Notice[];
  /** Resolves when the count is written, or was tried to be. */
  stop(): Promise<void>;
};

type Parts = {
  /** Messages a month. */
  readonly most: number;
  readonly timezone: string;
  readonly memory: ChannelMemory;
  readonly now: () => Date;
  readonly log: TelegramLog;
  readonly alarm: (notice: Notice) => void;
  /** How long a count may stay unwritten (ms). */
  readonly saveAfter: number;
};

/** `month`: YYYY-MM. `told`: the highest share (%) that coordinators were told of. */
type Month = { readonly month: string; readonly sent: number; readonly told: number };

const TELL_AT = [100, 95, 80];
const SHOW_FROM = 50;
/** How often the count is written again when another writer was faster. */
const MOST_RACES = 20;

export function createQuota({ most, timezone, memory, now, log, alarm, saveAfter }: Parts): Quota {
  let stored: Month = { month: '', sent: 0, told: 0 };
  /** Sent since then and not written. */
  let more = 0;
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> = Promise.resolve();
  let loading: Promise<void> | undefined;
  let isStopped = false;

  /** How many were sent this month; a new month begins with none. */
  const used = (): number => {
    const month = localTime(now().toISOString(), timezone).day.slice(0, 7);
    if (stored.month !== month) {
      stored = { month, sent: 0, told: 0 };
      more = 0;
    }
    return stored.sent + more;
  };
  const levelOf = (sent: number): number => TELL_AT.find((share) => sent * 100 >= most * share) ?? 0;
  const noticeOf = (month: string, sent: number): Notice => ({
    ...{ kind: 'quota', channel: 'zalo-bot', month, used: sent, most },
  });

  const write = async (): Promise<void> => {
    for (let race = 0; race < MOST_RACES; race++) {
      const { state, rev } = await memory.read();
      used();
      const { month } = stored;
      const found = monthIn(state);
      // Another instance's clock is already in the next month.
      if (found.month > month) return;
      const before = found.month === month ? found : { month, sent: 0, told: 0 };
      const added = more;
      const sent = before.sent + added;
      const after = { month, sent, told: Math.max(before.told, levelOf(sent)) };
      const isNews = added > 0 || after.told > before.told;
      if (isNews && (await memory.write({ ...state, quota: after }, rev)) !== 'done') continue;
      if (after.told > before.told) alarm(noticeOf(month, sent));
      if (stored.month !== month) return;
      stored = after;
      more -= added;
      return;
    }
    throw new Error('other writers were always faster');
  };

  const save = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(write).catch((error: unknown) => {
      log.warn({ why: String(error) }, 'Zalo Bot: the count of sent messages could not be written');
      schedule();
    });
    return saving;
  };
  const schedule = (): void => {
    if (isStopped) return;
    timer ??= setTimeout(save, saveAfter).unref();
  };

  return {
    load() {
      loading ??= save();
      return loading;
    },
    isUsedUp: (inHand = 0) => used() + inHand >= most,
    count() {
      const before = levelOf(used());
      more += 1;
      if (levelOf(used()) > before) void save();
      else schedule();
    },
    notices() {
      const sent = used();
      return sent * 100 >= most * SHOW_FROM ? [noticeOf(stored.month, sent)] : [];
    },
    stop() {
      isStopped = true;
      return save();
    },
  };
}

/** What is kept may be of an older release, or broken. */
function monthIn({ quota }: ChannelState): Month {
  const { month, sent, told } = (quota ?? {}) as Partial<Record<keyof Month, unknown>>;
  const isWhole = typeof month === 'string' && Number.isSafeInteger(sent) && Number.isSafeInteger(told);
  return isWhole ? { month, sent: Number(sent), told: Number(told) } : { month: '', sent: 0, told: 0 };
}
