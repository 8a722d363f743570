// A trouble that concerns every message: told once when it begins, shown while it lasts, forgotten when something succeeds.
import type { Notice } from '../domain/channel-state.ts';
import type { TelegramLog } from './telegram-api.ts';

export type Trouble = {
  /** `why` in the platform's words. */
  begin(why: string): void;
  end(): void;
  notices(): readonly Notice[];
};

/** `begun` and `over`: what the log says. */
export function createTrouble(
  log: TelegramLog,
  alarm: (notice: Notice) => void,
  { begun, over }: { begun: string; over: string },
): Trouble {
  let current: Notice | undefined;
  return {
    begin(why) {
      const isNew = current === undefined;
      current = { kind: 'refused', channel: 'zalo-bot', why };
      if (!isNew) return;
      log.error({ why }, begun);
      alarm(current);
    },
    end() {
      if (current !== undefined) log.info({}, over);
      current = undefined;
    },
    notices: () => (current === undefined ? [] : [current]),
  };
}
