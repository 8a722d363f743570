// Calls to the Bot API through grammY, and what their failures mean. Nothing that leaves here contains the token.
import { Api, type ApiClientOptions, GrammyError, HttpError } from 'grammy';
import { createHttp, type HttpCall } from './telegram-http.ts';

/** What went wrong with a call: Telegram said no, it never got there, or we cannot know. */
export type Failure =
  | { readonly kind: 'refused'; readonly code: number; readonly why: string; readonly seconds?: number }
  | { readonly kind: 'unsent'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string };

/** Reads an error thrown by a call. */
export type ReadFailure = (error: unknown) => Failure;

/** The operator's log, as pino has it. */
export type TelegramLog = {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
};

/** The same log, with every text passed through `redact`. */
export function redactLog(log: TelegramLog, redact: (text: string) => string): TelegramLog {
  const clean = (data: object): object =>
    Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, typeof value === 'string' ? redact(value) : value]),
    );
  return {
    info: (data, text) => log.info(clean(data), redact(text)),
    warn: (data, text) => log.warn(clean(data), redact(text)),
    error: (data, text) => log.error(clean(data), redact(text)),
  };
}

type GrammyFetch = NonNullable<ApiClientOptions['fetch']>;

/**
 * grammY's client over Node's own HTTP client rather than the fetch it brings: a connection that cannot be made (blocked address,
 * broken TLS handshake) is given up after 10 s with an error that says nothing was sent, and idle connections are dropped
 * before the other side closes them, so that few messages end as "may have arrived".
 */
export function createApi(token: string, apiRoot: string, timeoutSeconds: number): Api {
  const http = createHttp();
  const call = async (url: string, init: RequestInit): Promise<{ json(): Promise<unknown> }> => {
    // grammY signals with a polyfill that can do what is needed of it here.
    const { status, text } = await http(url, init as unknown as HttpCall);
    const answer = parse(text);
    return { json: async () => answer ?? foreign(status) };
  };
  return new Api(token, {
    apiRoot: apiRoot.replace(/\/+$/, ''),
    timeoutSeconds,
    // grammY is typed for node-fetch; of the answer it uses json() alone.
    fetch: call as unknown as GrammyFetch,
  });
}

/** grammY's types know only its polyfill of AbortSignal; at run time it takes Node's. */
export function forGrammy(signal: AbortSignal): NonNullable<Parameters<Api['getMe']>[0]> {
  return signal as unknown as NonNullable<Parameters<Api['getMe']>[0]>;
}

function parse(text: string): object | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'ok' in answer ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** A gateway or a censor answered in Telegram's place: like a server error, to be tried again. */
function foreign(status: number): object {
  return {
    ok: false,
    error_code: 502,
    description: `Bad Gateway: HTTP ${status} without an answer of the Bot API`,
  };
}

/** A function that takes the secrets (the token, its second half, the webhook's secret) out of a text. */
export function createRedact(token: string, webhookSecret?: string): (text: string) => string {
  const parts = [token, encodeURIComponent(token), token.split(':')[1], webhookSecret];
  const secrets = parts.filter((secret) => secret !== undefined && secret !== '');
  return (text) => secrets.reduce<string>((left, secret) => left.replaceAll(secret ?? '', '<secret>'), text);
}

/** A reader of failures whose words pass through `redact`. Errors that are not grammY's count as lost: we cannot know. */
export function createReadFailure(redact: (text: string) => string): ReadFailure {
  return (error) => {
    if (error instanceof GrammyError) {
      const seconds = error.parameters.retry_after;
      const why = redact(error.description);
      return { kind: 'refused', code: error.error_code, why, ...(seconds === undefined ? {} : { seconds }) };
    }
    const chain = causes(error instanceof HttpError ? error.error : error);
    const last = chain.at(-1);
    const why = redact(typeof last?.code === 'string' ? last.code : (last?.message ?? String(error)));
    return { kind: chain.some(neverSent) ? 'unsent' : 'lost', why };
  };
}

/** `code` is a number on an abort. */
type Cause = { message: string; code?: string | number; syscall?: string; cause?: unknown };

function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at as Cause);
  return chain;
}

const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const NO_HANDSHAKE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/;

/** True when the connection was never made, so that Telegram cannot have seen the request. */
function neverSent({ code = '', syscall, message }: Cause): boolean {
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return (
    NOT_CONNECTED.test(`${code}`) ||
    NO_HANDSHAKE.test(`${code}`) ||
    /before secure TLS connection/.test(message)
  );
}
