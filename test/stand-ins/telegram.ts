// A strict stand-in of the Telegram Bot API on this machine, for tests: what Telegram would refuse, it refuses in Telegram's words.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getUpdates, startDelivery } from './telegram/delivery.ts';
import { fileAt } from './telegram/files.ts';
import { callMethod } from './telegram/methods.ts';
import { readMultipart } from './telegram/multipart.ts';
import { createGroup, createPerson, type Group, type Person } from './telegram/people.ts';
import { ApiError, createWorld, type Fault, type Files, type Params, type World } from './telegram/world.ts';

export type TelegramStandIn = {
  /** Where the Bot API answers; give it to the bot together with the token. */
  readonly apiRoot: string;
  readonly token: string;
  readonly username: string;
  /** The person with this id, always the same one. */
  user(id: number): Person;
  group(id: number): Group;
  /** The next `times` calls of the method meet this trouble. */
  fault(method: string, fault: Fault, times?: number): void;
  /** From now on every update is delivered twice. */
  redeliver(): void;
  /** The calls of a method that reached us, oldest first. */
  calls(method: string): Params[];
  /** Ids of the updates that are not confirmed yet. */
  unconfirmed(): number[];
  /** How many presses still show their little clock. */
  clocks(): number;
  /** The menu that everybody sees, or that of one chat; undefined when it has none of its own. */
  commands(): World['commands'];
  commandsOf(chat: number): World['commands'] | undefined;
  webhook(): World['webhook'];
  stop(): Promise<void>;
};

const TOKEN = '7000:AAstand-in_token-of-the-tests-00000';

/** Starts it on a free port. `retryMilliseconds`: the pause before a webhook is tried again. */
export async function startTelegram(options: { retryMilliseconds?: number } = {}): Promise<TelegramStandIn> {
  const world = createWorld('chitieu_test_bot');
  const stopDelivery = startDelivery(world, options.retryMilliseconds ?? 50);
  const people = new Map<number, Person>();
  const server = createServer((request, response) => void serve(world, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    username: world.bot.username,
    user(id) {
      const person = people.get(id) ?? createPerson(world, id);
      people.set(id, person);
      return person;
    },
    group: (id) => createGroup(world, id),
    fault: (method, fault, times = 1) => {
      world.faults.set(method, [...(world.faults.get(method) ?? []), ...Array<Fault>(times).fill(fault)]);
    },
    redeliver: () => {
      world.redeliver = true;
    },
    calls: (name) => world.calls.filter(({ method }) => method === name).map(({ params }) => params),
    unconfirmed: () => world.updates.map(({ update_id }) => update_id),
    clocks: () => world.presses.size,
    commands: () => world.commands,
    commandsOf: (chat) => world.menus.get(chat),
    webhook: () => world.webhook,
    async stop() {
      stopDelivery();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const [, place, token, rest = ''] = /^(\/file)?\/bot([^/]*)\/(.+)$/.exec(request.url ?? '') ?? [];
    const method = place === undefined ? rest : 'file';
    const { params, files } = place === undefined ? await readCall(request) : askedFile(rest);
    if (token === undefined || !/^\d+:[\w-]+$/.test(token)) throw new ApiError(404, 'Not Found');
    if (token !== TOKEN) throw new ApiError(401, 'Unauthorized');
    world.calls.push({ method, params });
    const fault = world.faults.get(method)?.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'drop-before') return void request.socket.destroy();
    if (fault?.kind === 'gateway')
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>');
    if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
    if (fault?.kind === 'refuse') throw new ApiError(fault.code, fault.description, fault.retryAfter);
    if (place !== undefined) return give(response, fileAt(world, params.path), fault?.kind === 'drop-after');
    const result =
      method === 'getUpdates'
        ? await getUpdates(world, params, gone.signal)
        : callMethod(world, method, params, files);
    if (fault?.kind === 'drop-after') return void request.socket.destroy();
    answer(response, 200, { ok: true, result });
  } catch (error) {
    const refusal = error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${error}`);
    const parameters =
      refusal.retryAfter === undefined ? {} : { parameters: { retry_after: refusal.retryAfter } };
    const { code: error_code, message: description } = refusal;
    answer(response, error_code, { ok: false, error_code, description, ...parameters });
  }
}

const askedFile = (path: string) => ({ params: { path: decodeURIComponent(path) }, files: new Map() });

/** A file, or the first half of it when the connection is to break. */
function give(response: ServerResponse, bytes: Buffer, breaks: boolean): void {
  if (!breaks) return void response.writeHead(200).end(bytes);
  response.writeHead(200, { 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The parameters and files of a call, which come as JSON or as multipart/form-data. */
async function readCall(request: IncomingMessage): Promise<{ params: Params; files: Files }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(body, type);
  return { params: body.length === 0 ? {} : (JSON.parse(body.toString()) as Params), files: new Map() };
}
