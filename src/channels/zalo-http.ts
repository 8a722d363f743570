// HTTP calls to Zalo through axios, and what became of them. Nothing that leaves here contains a secret.
import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { limited } from './waiting.ts';

export type ZaloReply =
  /** A JSON object came back, whatever the HTTP status. Header names in lower case. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: Readonly<Record<string, unknown>>;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Something else answered (a gateway, a censor, a login page, a redirect). */
  | { readonly kind: 'foreign'; readonly status: number; readonly why: string }
  /** The connection was never made: nothing was sent. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** It may have arrived: time ran out or the connection was lost after sending. */
  | { readonly kind: 'lost'; readonly why: string };

/** At most one of `json`, `form` and `upload`. `path` begins with a slash; `query` is encoded here. */
export type ZaloRequest = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly upload?: {
    readonly field: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
  };
};

/** Makes one call; never rejects. */
export type ZaloHttp = (request: ZaloRequest) => Promise<ZaloReply>;

type Options = {
  /** How long one call may take altogether (ms). */
  readonly timeout: number;
  readonly redact: (text: string) => string;
  /** Ends every call, when the bot stops. */
  readonly signal?: AbortSignal;
};

/** The longest answer that is read (bytes); Zalo's have a few hundred. */
const MOST = 5 * 1024 * 1024;
/** A connection that is not there by then (a blocked address, a hanging handshake) is given up (ms). */
const CONNECT = 10_000;
/** Idle connections are closed before the other side does it, so that few calls end as "may have arrived" (ms). */
const IDLE = 4_000;

/** A client for the server at `root`. It follows no redirects and uses no proxy of the environment. */
export function createZaloHttp(root: string, { timeout, redact, signal }: Options): ZaloHttp {
  const base = root.replace(/\/+$/, '');
  const agent = { keepAlive: true, timeout: IDLE };
  const client = axios.create({
    httpAgent: new http.Agent(agent),
    httpsAgent: new https.Agent(agent),
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MOST,
    responseType: 'text',
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
  return async (request) => {
    if (signal?.aborted) return { kind: 'unsent', why: 'stopped' };
    const connection = watchConnection(base.startsWith('https:'));
    try {
      // axios' own limit counts from the last byte, not from the start.
      return read(await limited(timeout, signal, (until) => call(client, base, request, connection, until)));
    } catch (error) {
      return { kind: connection.made() ? 'lost' : 'unsent', why: redact(wordOf(error)) };
    } finally {
      connection.forget();
    }
  };
}

function call(
  client: AxiosInstance,
  base: string,
  { method, path, headers = {}, query = {}, json, form, upload }: ZaloRequest,
  { transport }: Connection,
  signal: AbortSignal,
): Promise<AxiosResponse<unknown>> {
  const search = new URLSearchParams(query).toString();
  const url = `${base}${path}${search === '' ? '' : `?${search}`}`;
  const send = (data?: unknown, type?: string) =>
    client.request<unknown>({
      ...{ method, url, data, transport, signal },
      headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
    });
  if (json) return send(JSON.stringify(json), 'application/json');
  if (form) return send(new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded');
  if (!upload) return send();
  const data = new FormData();
  // Copied: a Blob takes no view of shared memory.
  data.append(upload.field, new Blob([new Uint8Array(upload.bytes)], { type: upload.type }), upload.name);
  return send(data);
}

function read({ status, data, headers }: AxiosResponse<unknown>): ZaloReply {
  if (status >= 300 && status < 400) return { kind: 'foreign', status, why: `HTTP ${status}, a redirect` };
  const body = objectIn(data);
  // The text itself stays out: nobody knows what a stranger's page repeats.
  if (!body) return { kind: 'foreign', status, why: `HTTP ${status} without a JSON object` };
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), `${value}`]);
  return { kind: 'answer', status, body, headers: Object.fromEntries(texts) };
}

function objectIn(data: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(`${data}`);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

type Connection = {
  /** What axios makes the request with. */
  readonly transport: { request(options: https.RequestOptions, done: Answered): http.ClientRequest };
  /** True once bytes of the request may have left. */
  made(): boolean;
  forget(): void;
};
type Answered = (response: http.IncomingMessage) => void;

/** Sees whether a call got a connection at all, which no error code tells for sure, and gives up one that hangs. */
function watchConnection(secure: boolean): Connection {
  let isMade = false;
  let timer: NodeJS.Timeout | undefined;
  const made = () => {
    isMade = true;
    clearTimeout(timer);
  };
  const request = (options: https.RequestOptions, done: Answered): http.ClientRequest => {
    const asked = (secure ? https : http).request(options, done);
    const late = Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
    timer = setTimeout(() => asked.destroy(late), CONNECT);
    asked.once('socket', (socket: TLSSocket) => {
      if (asked.reusedSocket) made();
      else socket.once(secure ? 'secureConnect' : 'connect', made);
    });
    return asked;
  };
  return { transport: { request }, made: () => isMade, forget: () => clearTimeout(timer) };
}

/** A code like ECONNREFUSED where there is one: messages may repeat addresses and headers. */
function wordOf(error: unknown): string {
  if (axios.isCancel(error)) return 'no answer in time';
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return code ?? message ?? 'unknown error';
}

export type Redact = {
  /** The text without the secrets, query strings and numbers that may be a phone's. */
  readonly redact: (text: string) => string;
  /** From now on this text is a secret too. */
  add(secret: string): void;
};

const QUERY = /\?[^\s"'<>]*/g;
/** +84 912 345 678, 0912.345.678, and ids of people. */
const NUMBER = /(?<!\w)\+?(?:84|0)(?:[\s.-]?\d){8,10}(?!\d)|\d{8,}/g;

/** Takes secrets out of texts; undefined ones are settings that are not set. */
export function createRedact(secrets: readonly (string | undefined)[]): Redact {
  const known = new Set<string>();
  const add = (secret: string): void => {
    for (const each of [secret, encodeURIComponent(secret)]) if (each.trim() !== '') known.add(each);
  };
  for (const secret of secrets) add(secret ?? '');
  const redact = (text: string): string => {
    // Longest first: one secret may be the beginning of another.
    const longest = [...known].sort((a, b) => b.length - a.length);
    const bare = longest.reduce((left, secret) => left.replaceAll(secret, '<secret>'), text);
    return bare.replace(QUERY, '?…').replace(NUMBER, '<number>');
  };
  return { redact, add };
}
