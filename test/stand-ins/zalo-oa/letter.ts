// One event as it is sent to the bot's webhook: the bytes, the signature over them, and what came back.
import { type Event, now, sha256, type World } from './world.ts';

export type Letter = {
  readonly event: string;
  /** The message's id, or '' for events that are not about one. */
  readonly id: string;
  readonly queue: string;
  readonly raw: string;
  /** Hex. */
  readonly mac: string;
  readonly zns: boolean;
};

/** status: the answer's, `failed` when no connection came about, `late` when it took longer than `answerWithin`. */
export type Posted = { readonly status: number | 'failed' | 'late'; readonly ms: number };

/** Puts the event into its envelope and signs it: sha256(app id + body + timestamp + OA secret key). */
export function sealed(world: World, event: Event, secret = world.oaSecret): Letter {
  const timestamp = String(now(world));
  const body = { event_name: event.name, app_id: world.appId, ...event.fields, timestamp };
  // Slashes are escaped, so that who checks the signature over a rewritten body instead of the received one is found out.
  const raw = JSON.stringify(body).replaceAll('/', '\\/');
  const { message } = event.fields as { message?: { msg_id?: string } };
  return {
    event: event.name,
    id: message?.msg_id ?? '',
    queue: event.queue,
    raw,
    mac: sha256(world.appId + raw + timestamp + secret).toString('hex'),
    zns: event.zns === true,
  };
}

/** Sends it; `attempt` > 0 carries the header of repetitions. */
export async function postLetter(
  world: World,
  url: string,
  letter: Letter,
  attempt: number,
): Promise<Posted> {
  const { mac, answerWithin } = world.options;
  const headers: Record<string, string> = {
    'X-ZEvent-Signature': mac === 'bare' ? letter.mac : `mac=${letter.mac}`,
  };
  if (letter.zns) headers['X-ZEvent-Server'] = 'ZNS';
  if (attempt > 0) headers.num_retry = String(attempt);
  return postRaw(url, letter.raw, headers, answerWithin);
}

export async function postRaw(
  url: string,
  body: string,
  headers: Record<string, string>,
  within: number,
): Promise<Posted> {
  const began = performance.now();
  const passed = (): number => Math.round(performance.now() - began);
  const limit = AbortSignal.timeout(within);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: limit,
    });
    await response.arrayBuffer();
    return { status: response.status, ms: passed() };
  } catch {
    return { status: limit.aborted ? 'late' : 'failed', ms: passed() };
  }
}
