// One message of the bot on its way to the platform: in its turn, within the month's quota, and counted when it is out.
import type { Pace } from './pace.ts';
import type { BotApi, BotFailure } from './zalo-bot-api.ts';
import { type TroubleKind, troubleOf } from './zalo-bot-errors.ts';
import type { Quota } from './zalo-bot-quota.ts';
import type { Trouble } from './zalo-bot-trouble.ts';

export type Answer =
  /** `id`: of the message in the chat. */
  | { readonly kind: 'done'; readonly id?: string }
  /** Nothing was sent; it was not this message's fault. */
  | { readonly kind: 'wait'; readonly why: string; readonly seconds?: number }
  /** It may have been sent. */
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'refused'; readonly trouble: Refusal; readonly why: string };
/** Refusals that concern this message. later: may pass, and may be about a picture that Zalo could not fetch. */
type Refusal = Exclude<TroubleKind, 'access' | 'quota' | 'rate' | 'doubtful'>;

/** `closed`: what keeps all messages waiting, so that nothing need be prepared. Neither rejects. */
export type Calls = {
  closed(): Promise<Extract<Answer, { kind: 'wait' }> | undefined>;
  call(
    method: 'sendMessage' | 'sendPhoto',
    chat: string,
    params: Readonly<Record<string, string>>,
    /** Awaited right before the call; when it rejects nothing is called. */
    begin?: () => Promise<void>,
  ): Promise<Answer>;
};

type Parts = {
  readonly api: BotApi;
  readonly pace: Pace;
  readonly quota: Quota;
  /** The token is refused; and the platform says the quota is used up although we counted less. */
  readonly access: Trouble;
  readonly overdrawn: Trouble;
  readonly now: () => Date;
};

const HOUR = 3600;
const ACCESS_PAUSE = 300;
const RATE_PAUSE = 60;

export function createCalls(parts: Parts): Calls {
  const { api, pace, quota, access, overdrawn, now } = parts;
  /** Until when nothing is sent because the platform says that the quota is used up (ms). */
  let closedUntil = 0;
  /** Calls under way, each of which may turn out to be one of the month's messages. */
  let inHand = 0;

  const closed: Calls['closed'] = async () => {
    await quota.load();
    // Looked at again every hour: the month may be over.
    if (quota.isUsedUp()) return { kind: 'wait', why: "the month's messages are used up", seconds: HOUR };
    const seconds = Math.ceil((closedUntil - now().getTime()) / 1000);
    if (seconds <= 0) return undefined;
    return { kind: 'wait', why: 'the platform says that the quota is used up', seconds };
  };

  const read = (failure: BotFailure): Answer => {
    const { kind, why } = failure;
    if (kind === 'lost') return { kind, why };
    if (kind === 'unsent') return { kind: 'wait', why };
    if (kind === 'foreign') return { kind: 'refused', trouble: 'later', why };
    const trouble = troubleOf(failure.code, why);
    switch (trouble) {
      case 'access':
        access.begin(why);
        return { kind: 'wait', why, seconds: ACCESS_PAUSE };
      case 'quota':
        overdrawn.begin(why);
        closedUntil = now().getTime() + HOUR * 1000;
        return { kind: 'wait', why, seconds: HOUR };
      case 'rate':
        pace.hold(RATE_PAUSE);
        return { kind: 'wait', why, seconds: RATE_PAUSE };
      case 'doubtful':
        return { kind: 'lost', why };
      default:
        return { kind: 'refused', trouble, why };
    }
  };

  return {
    closed,
    async call(method, chat, params, begin) {
      const wait = await closed();
      if (wait) return wait;
      const seconds = await pace.turn(chat);
      if (seconds > 0) return { kind: 'wait', why: 'waiting for our turn', seconds };
      // Others went, or are on their way, while this one waited: with them the quota may be full.
      if (quota.isUsedUp(inHand)) return { kind: 'wait', why: "the month's last messages are on their way" };
      // Counted at once: the others must see it while it is on its way.
      inHand += 1;
      const why = await begun(begin);
      const answer = why === undefined ? await api(method, { chat_id: chat, ...params }) : undefined;
      inHand -= 1;
      if (!answer) return { kind: 'wait', why: why ?? '' };
      if (answer.kind !== 'ok') return read(answer);
      quota.count();
      access.end();
      overdrawn.end();
      const { message_id: id } = (answer.result ?? {}) as { readonly message_id?: unknown };
      return {
        kind: 'done',
        ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
      };
    },
  };
}

/** Why it could not be noted that a message is on its way; undefined when it was. */
const begun = (begin: (() => Promise<void>) | undefined): Promise<string | undefined> =>
  (begin?.() ?? Promise.resolve()).then(
    () => undefined,
    (error: unknown) => `it could not be noted as on its way: ${String(error)}`,
  );
