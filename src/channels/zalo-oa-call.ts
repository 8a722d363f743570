// One call to Zalo in the account's name: in turn, with a token that is renewed once when refused, and what became of it.
import type { Pace } from './pace.ts';
import type { ZaloHttp, ZaloReply, ZaloRequest } from './zalo-http.ts';
import { codeOf, type Trouble, troubleOf } from './zalo-oa-errors.ts';
import { ZaloDisconnected, type ZaloTokens } from './zalo-token.ts';

/** The operator's log, as pino has it. */
export type ZaloOaLog = {
  debug?(data: object, text: string): void;
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
};

export type Answer =
  | { readonly kind: 'done'; readonly data: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly trouble: Trouble;
      readonly why: string;
      /** How long to wait. */
      readonly seconds?: number;
    }
  /** Zalo has not taken it, for no fault of the message: no connection, no token, no turn. */
  | { readonly kind: 'wait'; readonly why: string; readonly seconds?: number }
  /** It may have been carried out. */
  | { readonly kind: 'lost'; readonly why: string };

/** Where a call goes: the account's API (messages and uploads, counted by the minute), or what concerns templates. */
type To = {
  readonly chat?: string;
  readonly at?: 'api' | 'template' | 'zbs';
  /** Awaited right before the first call; when it rejects nothing is called. */
  readonly begin?: (() => Promise<void>) | undefined;
};

/** Makes a call; never rejects. `renew` among its answers: even a token made just now is refused. */
export type Call = (request: ZaloRequest, to?: To) => Promise<Answer>;

type Parts = {
  readonly api: ZaloHttp;
  readonly zbs: ZaloHttp;
  readonly tokens: Pick<ZaloTokens, 'access' | 'renew'>;
  readonly pace: Pace;
  readonly now: () => Date;
  readonly redact: (text: string) => string;
  /** Aborted when no more calls may begin. */
  readonly over: AbortSignal;
};

/** How long a message waits while somebody has to renew the access (s). */
export const DISCONNECTED_PAUSE = 60;

export function createCall(parts: Parts): Call {
  const once = async (request: ZaloRequest, at: To['at'], token: string): Promise<Answer> => {
    const headers = { ...request.headers, access_token: token };
    const http = at === 'zbs' ? parts.zbs : parts.api;
    return read(parts, await http({ ...request, headers }), at);
  };
  return async (request, { chat, at = 'api', begin } = {}) => {
    const seconds = at === 'zbs' ? 0 : await parts.pace.turn(chat);
    if (seconds > 0) return { kind: 'wait', why: 'waiting for our turn', seconds };
    if (parts.over.aborted) return { kind: 'wait', why: 'stopping' };
    try {
      const token = await parts.tokens.access();
      await begin?.();
      const first = await once(request, at, token);
      if (!isRenew(first)) return first;
      return await once(request, at, await parts.tokens.renew(token));
    } catch (error) {
      const why = parts.redact(error instanceof Error ? error.message : String(error));
      return {
        kind: 'wait',
        why,
        ...(error instanceof ZaloDisconnected ? { seconds: DISCONNECTED_PAUSE } : {}),
      };
    }
  };
}

const isRenew = (answer: Answer): boolean => answer.kind === 'refused' && answer.trouble.kind === 'renew';

function read({ pace, now, redact }: Parts, reply: ZaloReply, at: To['at']): Answer {
  if (reply.kind === 'foreign' || reply.kind === 'unsent') return { kind: 'wait', why: reply.why };
  if (reply.kind === 'lost') return reply;
  const { body, headers, status } = reply;
  const code = codeOf(status, body.error);
  const trouble = code === 0 ? undefined : troubleOf(code, at !== 'api');
  const isFull = at === 'api' && headers['x-ratelimit-remain'] === '0';
  if (isFull || trouble?.kind === 'limit') pace.hold(toNextMinute(now()));
  if (!trouble) return { kind: 'done', data: fieldsOf(body.data) };
  const why = `Zalo ${code}: ${redact(String(body.message ?? body.error_description ?? ''))}`;
  const seconds = trouble.kind === 'limit' ? { seconds: Math.ceil(toNextMinute(now())) } : {};
  return { kind: 'refused', code, trouble, why, ...seconds };
}

/** Zalo counts by the minute of the clock. */
const toNextMinute = (now: Date): number => (60_000 - (now.getTime() % 60_000)) / 1000;

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
}
