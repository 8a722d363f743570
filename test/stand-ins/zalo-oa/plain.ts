// A plain client and a tiny webhook for looking at the Zalo stand-in itself, without the bot.
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZaloOa } from '../zalo-oa.ts';

type Body = Record<string, unknown>;

/** What a call was answered with. */
type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly error: number;
  readonly message: string;
  readonly data: Body;
};

/** Calls with the access token in force, unless `headers` say otherwise. */
export async function call(
  oa: ZaloOa,
  path: string,
  body?: Body | FormData,
  headers: Record<string, string> = { access_token: oa.tokens().access },
  root: string = oa.apiRoot,
): Promise<Answer> {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(root + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(json ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
  });
  const answer = (await response.json()) as { error: number; message: string; data: Body };
  return { status: response.status, headers: response.headers, ...answer };
}

export const CS = '/v3.0/oa/message/cs';

/** A consultation message to this person. */
export const tell = (oa: ZaloOa, user: string, message: Body): Promise<Answer> =>
  call(oa, CS, { recipient: { user_id: user }, message });

export const buttonsOf = (buttons: unknown, text = 'Chọn'): Body => ({
  text,
  attachment: { type: 'template', payload: { buttons } },
});

/** Uploads bytes under a name. */
export function upload(oa: ZaloOa, kind: string, name: string, bytes: Buffer | string): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(bytes)]), name);
  return call(oa, `/v2.0/oa/upload/${kind}`, form);
}

/** Asks for tokens. */
export async function token(oa: ZaloOa, form: Record<string, string>, secret = oa.appSecret): Promise<Body> {
  const response = await fetch(`${oa.oauthRoot}/v4/oa/access_token`, {
    method: 'POST',
    headers: { secret_key: secret },
    body: new URLSearchParams({ app_id: oa.appId, ...form }),
  });
  return (await response.json()) as Body;
}

type Received = {
  readonly raw: string;
  readonly headers: IncomingHttpHeaders;
  readonly name: string;
  readonly text: string | undefined;
};

export type Ear = {
  readonly url: string;
  readonly heard: Received[];
  /** The texts of the events, in the order they came. */
  texts(): (string | undefined)[];
  /** What the next events are answered with; 200 when there is nothing left. hang: no answer at all. */
  readonly answers: (number | 'hang')[];
  close(): Promise<void>;
};

/** A webhook that remembers what it heard. */
export async function listen(): Promise<Ear> {
  const heard: Received[] = [];
  const answers: (number | 'hang')[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString();
    const body = JSON.parse(raw) as { event_name: string; message?: { text?: string } };
    heard.push({ raw, headers: request.headers, name: body.event_name, text: body.message?.text });
    const answer = answers.shift() ?? 200;
    if (answer !== 'hang') response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/zalo-oa`,
    heard,
    texts: () => heard.map(({ text }) => text),
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether the event is signed as Zalo signs, computed here from what arrived. */
export function isSigned(oa: ZaloOa, received: Received | undefined, prefix = 'mac='): boolean {
  if (!received) return false;
  const { raw, headers } = received;
  const { timestamp } = JSON.parse(raw) as { timestamp: string };
  const mac = createHash('sha256').update(`${oa.appId}${raw}${timestamp}${oa.oaSecret}`).digest('hex');
  return headers['x-zevent-signature'] === `${prefix}${mac}`;
}
