// A strict stand-in of the Zalo Bot Platform on this machine, for tests: what Zalo would refuse, it refuses.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getUpdates, startDelivery } from './zalo-bot/delivery.ts';
import { callMethod } from './zalo-bot/methods.ts';
import { createGroup, createUser, type ZaloBotGroup, type ZaloBotUser } from './zalo-bot/people.ts';
import {
  ApiError,
  bad,
  createWorld,
  type Delivery,
  type Fault,
  newId,
  type Params,
  type Settings,
  type World,
} from './zalo-bot/world.ts';

export type ZaloBotStandIn = {
  /** Where the API answers: `<apiRoot>/bot<token>/<method>`. */
  readonly apiRoot: string;
  readonly token: string;
  /** The person with this id, always the same one; without an id a new person. */
  user(id?: string): ZaloBotUser;
  /** A new group. */
  group(): ZaloBotGroup;
  /** The next `times` calls of the method meet this trouble. */
  fault(method: string, fault: Fault, times?: number): void;
  /** Changes how it behaves from now on. */
  set(settings: Partial<Settings>): void;
  /** The calls of a method that came with the right token, also refused ones, oldest first. */
  calls(method: string): Params[];
  webhook(): World['webhook'];
  /** Every POST to the webhook that is over, in the order they ended. */
  deliveries(): readonly Delivery[];
  /** Resolves when every update was read by a poll, or was accepted or given up at the webhook. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

const TOKEN = '1459232000000000007:StandInTokenOfTheTests';

/** Starts it on a free port. Without settings: wrapped webhook bodies, errors with HTTP status 200, no quota. */
export async function startZaloBot(settings: Partial<Settings> = {}): Promise<ZaloBotStandIn> {
  const world = createWorld(settings);
  const delivery = startDelivery(world);
  const people = new Map<string, ZaloBotUser>();
  const server = createServer((request, response) => void serve(world, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    user(id = newId(world)) {
      const person = people.get(id) ?? createUser(world, id);
      people.set(id, person);
      return person;
    },
    group: () => createGroup(world),
    fault: (method, fault, times = 1) => {
      world.faults.set(method, [...(world.faults.get(method) ?? []), ...Array<Fault>(times).fill(fault)]);
    },
    set: (changes) => void Object.assign(world.settings, changes),
    calls: (name) => world.calls.filter(({ method }) => method === name).map(({ params }) => params),
    webhook: () => world.webhook,
    deliveries: () => [...world.deliveries],
    settled: () => delivery.settled(),
    async stop() {
      delivery.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    const params = await readCall(request, url);
    if (token === undefined) throw new ApiError(404, 'Not Found');
    if (token !== TOKEN) throw new ApiError(401, 'Unauthorized');
    world.calls.push({ method, params });
    const fault = world.faults.get(method)?.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'drop-before') return void request.socket.destroy();
    if (fault?.kind === 'gateway')
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
    if (fault?.kind === 'refuse') throw new ApiError(fault.code, fault.description);
    const result =
      method === 'getUpdates'
        ? await getUpdates(world, params, gone.signal)
        : await callMethod(world, method, params);
    if (fault?.kind === 'drop-after') return void request.socket.destroy();
    answer(response, 200, { ok: true, result });
  } catch (error) {
    const refusal = error instanceof ApiError ? error : new ApiError(500, `The stand-in failed: ${error}`);
    const { code: error_code, message: description } = refusal;
    answer(response, world.settings.mirrorStatus ? error_code : 200, { ok: false, error_code, description });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The parameters of a call: a POST's JSON object, or a GET's query (in which text_styles is JSON). */
async function readCall(request: IncomingMessage, url: URL): Promise<Params> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (request.method === 'GET') {
    const params: Params = Object.fromEntries(url.searchParams);
    return 'text_styles' in params ? { ...params, text_styles: json(String(params.text_styles)) } : params;
  }
  if (request.method !== 'POST') throw bad('only GET and POST are accepted');
  if (body === '') return {};
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw bad('the body must be application/json');
  const params = json(body);
  if (typeof params !== 'object' || params === null || Array.isArray(params))
    throw bad('the body must be a JSON object');
  return params as Params;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('the body is not JSON');
  }
}
