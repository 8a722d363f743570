// The doctor on the platforms: does each answer, does it take our token, does it call us where we are; and what time is it there.
import { tokensIn } from '../channels/zalo-token-state.ts';
import type { Config } from '../config.ts';
import type { ChannelState } from '../domain/channel-state.ts';
import { momentWords } from '../text/common.ts';
import { NETWORK_SAID, CHANNELS_SAID as SAID } from '../text/doctor-channels.ts';
import { type Answer, ask, bad, type Check, odd, ok, when } from './doctor-check.ts';

/** `skews`: by how many seconds our clock differs from each server that told. */
export type Asked = { readonly checks: readonly Check[]; readonly skews: readonly number[] };

const HOUR = 3_600_000;

/** Every channel that is on, asked side by side. `memory`: what the Zalo channel stored; undefined when it could not be read. */
export async function checkChannels(
  config: Config,
  memory: ChannelState | undefined,
  now: Date,
): Promise<Asked> {
  const asked = await Promise.all([telegram(config, now), zaloOa(config, memory, now), zaloBot(config)]);
  const found = asked.flatMap((each) => each ?? []);
  return {
    checks: [
      ok(SAID.web),
      ...when(found.length === 0, () => odd(SAID.onlyWeb)),
      ...found.flatMap(({ checks }) => checks),
    ],
    skews: found.flatMap(({ skews }) => skews),
  };
}

/** What a Bot API said to a call, of Telegram or of Zalo, which copied it. */
type BotSaid =
  | { readonly result: Readonly<Record<string, unknown>>; readonly skews: readonly number[] }
  | { readonly fault: Check; readonly skews: readonly number[] };

async function askBot(
  channel: string,
  url: string,
  todo: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<BotSaid> {
  const answer = await ask(url, { method });
  if ('why' in answer) return { fault: bad(SAID.away(channel, answer.why)), skews: [] };
  const skews = skewsOf(answer);
  const { ok: isOk, result, description, error_code: code } = answer.body ?? {};
  if (isOk === true) return { result: (result ?? {}) as Record<string, unknown>, skews };
  if (isOk !== false) return { fault: bad(SAID.away(channel, `HTTP ${answer.status}`)), skews };
  return { fault: bad(SAID.refused(channel, `${code} ${description}`, todo)), skews };
}

const skewsOf = (answer: Answer): readonly number[] =>
  'why' in answer || answer.skew === undefined ? [] : [answer.skew];

async function telegram(config: Config, now: Date): Promise<Asked | undefined> {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root, TELEGRAM_MODE: mode, PUBLIC_URL } = config;
  if (token === undefined) return undefined;
  const me = await askBot('Telegram', `${root}/bot${token}/getMe`, SAID.telegramToken);
  if ('fault' in me) return { checks: [me.fault], skews: me.skews };
  const up = ok(SAID.up('Telegram', `@${String(me.result.username)}`));
  const hook = await askBot('Telegram', `${root}/bot${token}/getWebhookInfo`, SAID.telegramToken);
  if ('fault' in hook) return { checks: [up, hook.fault], skews: me.skews };
  const ours = mode === 'webhook' ? `${PUBLIC_URL}/webhook/telegram` : '';
  const { last_error_date: failed, last_error_message: why } = hook.result;
  const isRecent = typeof failed === 'number' && now.getTime() - failed * 1000 < HOUR;
  return {
    checks: [
      up,
      ...webhook('Telegram', String(hook.result.url ?? ''), ours),
      ...when(mode === 'webhook' && isRecent, () => odd(SAID.hookError('Telegram', String(why)))),
    ],
    skews: me.skews,
  };
}

/** Whether the platform calls us where it should; `ours` is empty with polling. */
function webhook(channel: string, registered: string, ours: string): readonly Check[] {
  if (registered === ours) return [];
  if (ours === '') return [odd(SAID.hookWhilePolling(channel))];
  return [registered === '' ? odd(SAID.noHook(channel)) : bad(SAID.foreignHook(channel))];
}

async function zaloBot(config: Config): Promise<Asked | undefined> {
  const { ZALO_BOT_TOKEN: token, ZALO_BOT_API_ROOT: root } = config;
  if (token === undefined) return undefined;
  const path = `${root}/bot${encodeURIComponent(token).replaceAll('%3A', ':')}`;
  const me = await askBot('Zalo Bot', `${path}/getMe`, SAID.botToken, 'POST');
  if ('fault' in me) return { checks: [me.fault], skews: me.skews };
  const name = me.result.account_name ?? me.result.display_name ?? me.result.id ?? '';
  return { checks: [ok(SAID.up('Zalo Bot', String(name)))], skews: me.skews };
}

async function zaloOa(
  config: Config,
  memory: ChannelState | undefined,
  now: Date,
): Promise<Asked | undefined> {
  if (config.ZALO_OA_ID === undefined) return undefined;
  const when = (iso: string) => momentWords(iso, config.TIMEZONE);
  if (!memory) return { checks: [odd([SAID.oaUnknown, ''])], skews: [] };
  const { pair, rejected } = tokensIn(memory);
  if (rejected) return { checks: [bad(SAID.oaRejected(when(rejected.at), rejected.why))], skews: [] };
  if (!pair) {
    const isSeeded = config.ZALO_REFRESH_TOKEN !== undefined;
    return { checks: [isSeeded ? ok(SAID.oaSeed) : bad(SAID.oaNoToken)], skews: [] };
  }
  if (Date.parse(pair.until) <= now.getTime()) return { checks: [odd(SAID.oaOld(when(pair.at)))], skews: [] };
  const token = ok(SAID.oaToken(when(pair.at), when(pair.until)));
  const headers = { access_token: pair.access };
  const answer = await ask(`${config.ZALO_API_ROOT}/v2.0/oa/getoa`, { headers });
  if ('why' in answer) return { checks: [token, bad(SAID.away('Zalo OA', answer.why))], skews: [] };
  const { error, message, data } = answer.body ?? {};
  const skews = skewsOf(answer);
  const account = (data ?? {}) as { name?: unknown };
  if (error === 0) return { checks: [token, ok(SAID.up('Zalo OA', String(account.name ?? '')))], skews };
  const why = `${error ?? `HTTP ${answer.status}`} ${message ?? ''}`.trim();
  return { checks: [token, bad(SAID.refused('Zalo OA', why, SAID.oaNoToken[1]))], skews };
}

/** More seconds than this matter: codes, tokens and deadlines go by our clock. */
const MOST_SKEW = 30;

/** Whether people reach us where the links say, and whether our clock is right. */
export async function checkNetwork(
  { PUBLIC_URL }: Config,
  skews: readonly number[],
): Promise<readonly Check[]> {
  const reached = PUBLIC_URL === undefined ? ok(NETWORK_SAID.noPublic) : await reach(PUBLIC_URL);
  // Of several opinions the one that is nearest to ours: a proxy's clock may be wrong too.
  const [least] = [...skews].sort((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined) return [reached, ok(NETWORK_SAID.noClock)];
  const isRight = Math.abs(least) <= MOST_SKEW;
  return [reached, isRight ? ok(NETWORK_SAID.clock(least)) : bad(NETWORK_SAID.skew(least))];
}

async function reach(url: string): Promise<Check> {
  const answer = await ask(`${url}/health`);
  if (!('why' in answer) && answer.body?.status === 'ok') return ok(NETWORK_SAID.reached(url));
  return bad(NETWORK_SAID.unreached(url, 'why' in answer ? answer.why : `HTTP ${answer.status}`));
}
