// A trouble that concerns every message: told once when it begins, shown while it lasts, forgotten when something succeeds.
import type { Notice } from '../domain/channel-state.ts';
import type { ZaloOaLog } from './zalo-oa-call.ts';

export type Episode = {
  /** Zalo refuses for a reason that somebody must put right; `why` in Zalo's words. */
  begin(why: string): void;
  end(): void;
  notices(): readonly Notice[];
};

/** `what`: what is refused, for the log. */
export function createEpisode(what: string, log: ZaloOaLog, alarm: (notice: Notice) => void): Episode {
  let current: Notice | undefined;
  return {
    begin(why) {
      const isNew = current === undefined;
      current = { kind: 'refused', channel: 'zalo-oa', why };
      if (!isNew) return;
      log.error({ why }, `Zalo OA: ${what} are refused until this is put right`);
      alarm(current);
    },
    end() {
      if (current !== undefined) log.info({}, `Zalo OA: ${what} are accepted again`);
      current = undefined;
    },
    notices: () => (current === undefined ? [] : [current]),
  };
}
