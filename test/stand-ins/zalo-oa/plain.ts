// A plain client for looking at the Zalo stand-in itself, without the bot.
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

/** The error that such a message is answered with; 0 when it was sent. */
export const errorOf = async (oa: ZaloOa, user: string, message: Body): Promise<number> =>
  (await tell(oa, user, message)).error;

/** A message with a picture. */
export const media = (element: object): Body => ({
  attachment: { type: 'template', payload: { template_type: 'media', elements: [element] } },
});

/** A message with an uploaded file. */
export const file = (id: unknown): Body => ({ attachment: { type: 'file', payload: { token: id } } });

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

/** Asks for a new pair of tokens. */
export const refresh = (oa: ZaloOa, refresh_token: string): Promise<Body> =>
  token(oa, { grant_type: 'refresh_token', refresh_token });
