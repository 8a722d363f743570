// The address Zalo calls with the account's events: what is not signed by Zalo changes nothing, and the answer waits for the turn.
import type { Context, Hono } from 'hono';
import type { Event } from '../domain/event.ts';
import { limitBody } from './webhook-limit.ts';
import { createWrongSecrets } from './webhook-secrets.ts';
import { envelopeOf, toEvent } from './zalo-oa-events.ts';
import { type SignedWith, type SigningKeys, signedWith } from './zalo-oa-signature.ts';

const PATH = '/webhook/zalo-oa';
/** Zalo's events are a few kilobytes. */
const LARGEST_BODY = 1024 * 1024;
/** Zalo waits 2 s, and warns and in the end switches the webhook off when that passes. */
const DEADLINE = 1_700;
const MINUTE = 60_000;

/** The operator's log, as pino has it. */
type Log = {
  debug?(data: object, text: string): void;
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
};

type Options = SigningKeys & {
  /** Resolves when the event's turn is durable; rejects when it could not be stored. */
  readonly take: (event: Event) => Promise<void>;
  readonly log: Log;
  readonly now?: () => Date;
  /** How long an answer may wait for its turn (ms). */
  readonly deadline?: number;
};

/**
 * Adds the route. 200: the turn is durable, or there is nothing to do. What cannot be verified gets 200 as well, because Zalo
 * tries an address before it shows the key that events are signed with (429 once one address has sent dozens of them); and so does what is too long, the rest of it unread:
 * Zalo would only repeat it, and in the end switch the webhook off. 503: the turn takes longer than Zalo waits; it goes on,
 * and Zalo's repetition finds it done. 500: it could not be stored, and Zalo repeats.
 */
export function addZaloOaWebhook(app: Hono, options: Options): void {
  const { oaId, log, now = () => new Date() } = options;
  const verify = createVerify(options);
  const setAside = createTally(log, now);
  const slowDown = createWrongSecrets();
  const leaveUnread = (c: Context): Response => {
    setAside('too long', {});
    return c.text('ok');
  };
  app.get(PATH, (c) => c.text('The webhook of the Zalo Official Account is here.'));
  app.post(PATH, limitBody(LARGEST_BODY, leaveUnread), async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const body = parse(bytes);
    const refused = verify(c.req.header('X-ZEvent-Signature'), bytes, body);
    if (refused) {
      setAside(refused.why, refused.app === undefined ? {} : { app: refused.app });
      return slowDown(c) ?? c.text('ok');
    }
    const read = toEvent(body, oaId, now());
    if ('ignored' in read) {
      const { ignored, odd, account } = read;
      if (odd) setAside(ignored, account === undefined ? {} : { account });
      else log.debug?.({ why: ignored }, 'Zalo OA: an event that does not concern us');
      return c.text('ok');
    }
    const outcome = await take(read, options);
    if (outcome === 'durable') return c.text('ok');
    return outcome === 'failed' ? c.text('not stored', 500) : c.text('not stored yet', 503);
  });
}

type Refused = { readonly why: string; readonly app?: string };
type Verify = (header: string | undefined, bytes: Uint8Array, body: unknown) => Refused | undefined;

/** Why a request is not Zalo's, or undefined when it is. How Zalo signs is logged once, since its documents leave it open. */
function createVerify({ log, ...keys }: Options): Verify {
  const seen = new Set<SignedWith>();
  return (header, bytes, body) => {
    const { appId, timestamp } = envelopeOf(body);
    if (header === undefined) return { why: 'no signature' };
    if (timestamp === undefined) return { why: 'not an event' };
    if (appId !== keys.appId)
      return { why: 'for another application', ...(appId === undefined ? {} : { app: appId }) };
    const form = signedWith(header, bytes, timestamp, keys);
    if (form === undefined) return { why: 'wrong signature' };
    if (!seen.has(form)) log.info({ form }, 'Zalo OA: the first event with a right signature of this form');
    seen.add(form);
    return undefined;
  };
}

/** Waits for the turn, but not for ever; a turn that ends badly is logged however late. */
async function take(
  event: Event,
  { take, log, deadline = DEADLINE }: Options,
): Promise<'durable' | 'failed' | 'slow'> {
  const turn = (async () => take(event))().then(
    () => 'durable' as const,
    (error: unknown) => {
      log.error({ event: event.id, why: String(error) }, 'Zalo OA: a turn could not be stored');
      return 'failed' as const;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => {
      log.warn({ event: event.id, deadline }, 'Zalo OA: a turn takes longer than Zalo waits; it goes on');
      resolve('slow');
    }, deadline);
  });
  return Promise.race([turn, slow]).finally(() => clearTimeout(timer));
}

/** Counts what was left aside by its reason and says so at most once a minute, since anybody may post here. `last`: about the newest. */
function createTally(log: Log, now: () => Date): (why: string, last: object) => void {
  const counts = new Map<string, number>();
  let said: number | undefined;
  return (why, last) => {
    counts.set(why, (counts.get(why) ?? 0) + 1);
    const passed = said === undefined ? MINUTE : now().getTime() - said;
    // Below 0 the clock was set back.
    if (passed >= 0 && passed < MINUTE) return;
    said = now().getTime();
    log.warn(
      { counts: Object.fromEntries(counts), ...last },
      'Zalo OA: events that cannot be verified or are not for this account were answered and left aside',
    );
    counts.clear();
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
