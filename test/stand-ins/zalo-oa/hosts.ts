// The three hosts of the Zalo stand-in as servers on this machine: paths, tokens, the rate limit, troubles, and the envelope of answers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aboutOa, aboutPerson, quotas } from './lookups.ts';
import { ApiError, invalid } from './refusals.ts';
import { sendConsultation } from './send.ts';
import { sendTemplateByPhone, sendTemplateByUser, templateInfo } from './templates.ts';
import { checkToken, exchange } from './tokens.ts';
import { upload } from './uploads.ts';
import { type Call, type Host, now, type World } from './world.ts';

type Handler = (world: World, call: Call) => object;

const gone: Handler = () => {
  throw new ApiError(-233, 'Message type is invalid or not support');
};
const shut: Handler = () => {
  throw new ApiError(-240, 'This API has been shut down, please use v3');
};

const PATHS: Record<Host, Readonly<Record<string, Handler>>> = {
  oauth: { 'POST /v4/oa/access_token': exchange },
  api: {
    'POST /v3.0/oa/message/cs': sendConsultation,
    'POST /v3.0/oa/message/template': sendTemplateByUser,
    'POST /v3.0/oa/message/transaction': gone,
    'POST /v3.0/oa/message/promotion': gone,
    'POST /v2.0/oa/message': shut,
    'POST /v2.0/oa/message/cs': shut,
    'POST /v2.0/oa/upload/file': (world, call) => upload(world, call, 'file'),
    'POST /v2.0/oa/upload/image': (world, call) => upload(world, call, 'image'),
    'POST /v2.0/oa/upload/gif': (world, call) => upload(world, call, 'gif'),
    'POST /v3.0/oa/quota/message': quotas,
    'GET /v2.0/oa/getoa': aboutOa,
    'GET /v3.0/oa/user/detail': aboutPerson,
  },
  zbs: {
    'POST /message/template': sendTemplateByPhone,
    'GET /template/info/v2': templateInfo,
  },
};

export async function openHost(world: World, host: Host): Promise<{ server: Server; root: string }> {
  const server = createServer((request, response) => void serve(world, host, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, root: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function serve(
  world: World,
  host: Host,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let call: Call;
  try {
    call = await readCall(world, host, request);
  } catch {
    // The client went away in the middle of its request.
    return void request.socket.destroy();
  }
  const fault = world.faults.get(call.path)?.shift();
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'drop-before':
      return void request.socket.destroy();
    case 'gateway':
      return void response
        .writeHead(502, { 'content-type': 'text/html' })
        .end('<html><h1>502 Bad Gateway</h1></html>');
    case 'status':
      return void response
        .writeHead(fault.status, { 'content-type': 'application/json' })
        .end(fault.body ?? '');
  }
  const rate = countRequest(world, call);
  const { status, body } = carryOut(world, call, () => {
    if (fault?.kind === 'error') throw new ApiError(fault.code, fault.message ?? 'Trouble of the test');
    if (rate && rate.used > rate.limit) throw new ApiError(-32, 'Your application/OA reached limit call api');
  });
  if (fault?.kind === 'hang-after') return;
  if (fault?.kind === 'drop-after') return void request.socket.destroy();
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (rate) {
    headers['X-RateLimit-Limit'] = String(rate.limit);
    headers['X-RateLimit-Remain'] = String(Math.max(0, rate.limit - rate.used));
  }
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Runs the call after `first`, and puts what comes of it into the host's envelope. */
function carryOut(world: World, call: Call, first: () => void): { status: number; body: object } {
  try {
    first();
    const data = route(world, call);
    call.error = 0;
    return { status: 200, body: call.host === 'oauth' ? data : { error: 0, message: 'Success', data } };
  } catch (thrown) {
    const error = thrown instanceof ApiError ? thrown : new ApiError(-200, `Send failed: ${thrown}`);
    call.error = error.code;
    const { code, message, status = world.options.errorStatus } = error;
    if (call.host !== 'oauth') return { status, body: { error: code, message } };
    const body = {
      error: code,
      error_name: message,
      error_reason: `${message}.`,
      ref_doc: 'https://developers.zalo.me/docs/social-api/tham-khao/ma-loi',
    };
    return { status, body };
  }
}

function route(world: World, call: Call): object {
  const handler = PATHS[call.host][`${call.method} ${call.path}`];
  if (!handler || 'access_token' in call.query) throw new ApiError(404, 'empty or invalid API', 404);
  if (call.host !== 'oauth') checkToken(world, call);
  const isUpload = call.path.startsWith('/v2.0/oa/upload/');
  if (call.method === 'POST' && !isUpload && call.body === undefined) throw invalid('body');
  return handler(world, call);
}

/** Counts requests of the minute; template messages do not count. */
function countRequest(world: World, call: Call): { limit: number; used: number } | undefined {
  if (call.host !== 'api' || call.path.endsWith('/template')) return undefined;
  const minute = Math.floor(now(world) / 60_000);
  if (minute !== world.minute) Object.assign(world, { minute, usedInMinute: 0 });
  world.usedInMinute += 1;
  return { limit: world.options.rateLimit, used: world.usedInMinute };
}

async function readCall(world: World, host: Host, request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://zalo');
  const call: Call = {
    host,
    method: request.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    body: readBody(raw, request.headers['content-type'] ?? ''),
    raw,
    at: now(world),
    error: undefined,
  };
  world.calls.push(call);
  return call;
}

/** The form or the JSON in a request; undefined when it is neither. */
function readBody(raw: Buffer, type: string): unknown {
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(raw.toString()));
  if (!type.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}
