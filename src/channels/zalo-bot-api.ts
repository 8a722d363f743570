// Calls to the Zalo Bot Platform, and what was answered. Nothing that leaves here contains the token.
import { createZaloHttp } from './zalo-http.ts';

export type BotFailure =
  /** The platform said no; `code` is its error_code. */
  | { readonly kind: 'refused'; readonly code: number; readonly why: string }
  /** Somebody else answered in the platform's place. */
  | { readonly kind: 'foreign'; readonly why: string }
  /** It never got there. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** It may have got there. */
  | { readonly kind: 'lost'; readonly why: string };
export type BotAnswer = { readonly kind: 'ok'; readonly result: unknown } | BotFailure;

/** Makes one call; never rejects. */
export type BotApi = (method: string, params?: object) => Promise<BotAnswer>;

type Options = {
  readonly token: string;
  readonly apiRoot: string;
  /** How long one call may take (ms). */
  readonly timeout: number;
  readonly redact: (text: string) => string;
  /** Ends every call. */
  readonly signal: AbortSignal;
};

export function createBotApi({ token, apiRoot, timeout, redact, signal }: Options): BotApi {
  const http = createZaloHttp(apiRoot, { timeout, redact, signal });
  // The colon stays as it is documented; anything else that is odd in a token must not change the path.
  const path = `/bot${encodeURIComponent(token).replaceAll('%3A', ':')}`;
  return async (method, params = {}) => {
    const reply = await http({ method: 'POST', path: `${path}/${method}`, json: params });
    if (reply.kind !== 'answer') return { kind: reply.kind, why: reply.why };
    const { status, body } = reply;
    // Not the HTTP status: errors come with 200 as well.
    if (body.ok === true) return { kind: 'ok', result: body.result };
    if (body.ok !== false)
      return { kind: 'foreign', why: `HTTP ${status} without an answer of the Bot Platform` };
    const { description, error_code } = body;
    const code = Number(error_code ?? status);
    const words = typeof description === 'string' ? redact(description) : 'no description';
    return { kind: 'refused', code, why: `${code} ${words}` };
  };
}
