// The token keeper of the Zalo Official Account against the stand-in, whose refresh tokens work once: races, crashes, losses, handover.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelMemory } from '../src/channels/channel.ts';
import { leaveToken, lookForResult } from '../src/channels/zalo-handover.ts';
import { createRedact, createZaloHttp, type ZaloHttp } from '../src/channels/zalo-http.ts';
import {
  createZaloTokens,
  ZaloDisconnected,
  type ZaloTokens,
  type ZaloTokensOptions,
} from '../src/channels/zalo-token.ts';
import type { ChannelState } from '../src/domain/channel-state.ts';
import { memoryStorage } from '../storage/memory.ts';
import { startZaloOa, type ZaloOa } from './stand-ins/zalo-oa.ts';

const HOUR = 3_600_000;
const TOKEN_PATH = '/v4/oa/access_token';

let oa: ZaloOa;
let folder: string;
let running: ZaloTokens[];
let logged: string[];
let events: string[];
let told: Set<string>;

beforeEach(async () => {
  oa = await startZaloOa();
  folder = await mkdtemp(join(tmpdir(), 'chitieu-zalo-'));
  running = [];
  logged = [];
  events = [];
  told = new Set();
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await oa.stop();
  await rm(folder, { recursive: true, force: true });
});

type SharedMemory = Omit<ChannelMemory, 'exclusive'> & {
  exclusive: boolean;
  state: ChannelState;
  /** Waits before each write. */
  gate: (state: ChannelState) => Promise<void>;
};

function sharedMemory(state: ChannelState = {}): SharedMemory {
  let rev = 0;
  const memory: SharedMemory = {
    state,
    exclusive: false,
    gate: async () => {},
    read: async () => ({ state: JSON.parse(JSON.stringify(memory.state)), rev }),
    async write(next, expected) {
      await memory.gate(next);
      if (expected !== rev) return 'stale';
      memory.state = JSON.parse(JSON.stringify(next));
      rev += 1;
      return 'done';
    },
  };
  return memory;
}

/** What the keeper stored under its own key. */
type Stored = {
  pair?: { access: string; refresh: string };
  before?: { refresh: string };
  refreshing?: object;
  rejected?: { why: string };
};
const storedIn = ({ state }: SharedMemory) => (state.tokens ?? {}) as Stored;

const http = (timeout = 5_000): ZaloHttp =>
  createZaloHttp(oa.oauthRoot, { timeout, redact: createRedact([]).redact });

function keeper(memory: ChannelMemory, options: Partial<ZaloTokensOptions> = {}): ZaloTokens {
  const line = (data: object, text: string) => void logged.push(JSON.stringify({ ...data, text }));
  const tokens = createZaloTokens({
    http: http(),
    appId: oa.appId,
    appSecret: oa.appSecret,
    memory,
    handover: folder,
    now: () => new Date(oa.now()),
    log: { info: line, warn: line, error: line },
    known: (secret) => void told.add(secret),
    onDisconnected: (why) => void events.push(`disconnected: ${why}`),
    onConnected: () => void events.push('connected'),
    lookEvery: 20,
    retryAfter: 10,
    ...options,
  });
  running.push(tokens);
  return tokens;
}

async function started(memory: ChannelMemory, options: Partial<ZaloTokensOptions> = {}): Promise<ZaloTokens> {
  const tokens = keeper(memory, options);
  await tokens.start();
  return tokens;
}

/** A keeper that is connected, and its memory. */
async function connected(options: Partial<ZaloTokensOptions> = {}) {
  const memory = sharedMemory({ refusedButtons: true });
  const tokens = await started(memory, { seed: oa.refreshToken, ...options });
  return { memory, tokens };
}

/** Waits until it holds; generous, for a busy machine. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, 8_000);

const spends = () => oa.calls(TOKEN_PATH).length;

/** Stops what runs, as if the process had died with its memory as it is. */
function crashed(memory: SharedMemory): SharedMemory {
  return sharedMemory(JSON.parse(JSON.stringify(memory.state)));
}

describe('The token keeper', () => {
  it('redeems the seed of the settings at the first start', async () => {
    const { memory, tokens } = await connected();
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(storedIn(memory).pair).toMatchObject({ access: oa.tokens().access, refresh: oa.tokens().refresh });
    expect(tokens.disconnected()).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('leaves alone what others keep in the same memory', async () => {
    const { memory } = await connected();
    expect(memory.state.refusedButtons).toBe(true);
  });

  it('uses the stored pair after a restart and never the same seed again', async () => {
    const { memory, tokens } = await connected();
    await tokens.stop();
    const again = await started(memory, { seed: oa.refreshToken });
    expect(await again.access()).toBe(oa.tokens().access);
    expect(spends()).toBe(1);
  });

  it('waits for the store before anybody gets the new token', async () => {
    const memory = sharedMemory();
    let release: (() => void) | undefined;
    memory.gate = (state) =>
      'pair' in (state.tokens as object)
        ? new Promise((resolve) => {
            release = resolve;
          })
        : Promise.resolve();
    const tokens = keeper(memory, { seed: oa.refreshToken });
    const start = tokens.start();
    let got: string | undefined;
    const asked = tokens.access().then((token) => {
      got = token;
    });
    await soon(() => expect(release).toBeDefined());
    // Zalo has given the pair; the store has not said that it is safe.
    expect(oa.tokens().refreshes).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(got).toBeUndefined();
    release?.();
    await Promise.all([start, asked]);
    expect(got).toBe(oa.tokens().access);
  });

  it('keeps trying to store a new pair when the store fails, and loses nothing', async () => {
    const memory = sharedMemory();
    let failures = 0;
    memory.gate = async (state) => {
      if ('pair' in (state.tokens as object) && failures++ < 1) throw new Error('disk full');
    };
    const tokens = await started(memory, { seed: oa.refreshToken });
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(failures).toBe(2);
    expect(spends()).toBe(1);
    expect(logged.join('\n')).toContain('could not be stored');
  });

  it('redoes a change when somebody else changed the memory meanwhile', async () => {
    const memory = sharedMemory();
    let isFirst = true;
    memory.gate = async (state) => {
      if (!isFirst || !('pair' in (state.tokens as object))) return;
      isFirst = false;
      const { state: now, rev } = await memory.read();
      expect(await memory.write({ ...now, counted: 7 }, rev)).toBe('done');
    };
    const tokens = await started(memory, { seed: oa.refreshToken });
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(memory.state.counted).toBe(7);
    expect(spends()).toBe(1);
  });

  it('renews in the background before the access token ends, and keeps the pair before', async () => {
    const { memory, tokens } = await connected();
    const first = await tokens.access();
    const { refresh } = oa.tokens();
    oa.advance(19 * HOUR);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(spends()).toBe(1);
    oa.advance(2 * HOUR);
    await soon(() => expect(storedIn(memory).before?.refresh).toBe(refresh));
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(await tokens.access()).not.toBe(first);
    expect(spends()).toBe(2);
  });

  it('renews first when the access token is about to end, once however many ask', async () => {
    const { tokens } = await connected({ lookEvery: 60_000 });
    oa.advance(24.9 * HOUR);
    const got = new Set(await Promise.all(Array.from({ length: 20 }, () => tokens.access())));
    expect([...got]).toEqual([oa.tokens().access]);
    expect(spends()).toBe(2);
  });

  it('renews once however many were refused at the same time, and not for those who come late', async () => {
    const { tokens } = await connected({ lookEvery: 60_000 });
    const old = await tokens.access();
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.renew(old)));
    expect(new Set(got)).toEqual(new Set([oa.tokens().access]));
    expect(await tokens.renew(old)).toBe(oa.tokens().access);
    expect(spends()).toBe(2);
  });

  it('does not burn refresh tokens when Zalo refuses one new access token after the other', async () => {
    const { tokens } = await connected({ lookEvery: 60_000 });
    let token = await tokens.access();
    for (let n = 0; n < 3; n++) token = await tokens.renew(token);
    await expect(tokens.renew(token)).rejects.toThrow('one access token after the other');
    await expect(tokens.renew(token)).rejects.not.toBeInstanceOf(ZaloDisconnected);
    expect(spends()).toBe(4);
  });

  it('takes an hour from a number and 25 hours from nothing', async () => {
    for (const [expires, hours] of [
      [3600, 1],
      [undefined, 25],
      ['soon', 25],
    ] as const) {
      const memory = sharedMemory();
      const body = { access_token: 'a'.repeat(30), refresh_token: 'r'.repeat(30), expires_in: expires };
      const answering: ZaloHttp = async () => ({ kind: 'answer', status: 200, body, headers: {} });
      await started(memory, { seed: 's'.repeat(30), http: answering });
      const { at, until } = storedIn(memory).pair as unknown as { at: string; until: string };
      expect(Date.parse(until) - Date.parse(at)).toBe(hours * HOUR);
    }
  });
});

describe('Several instances on one memory', () => {
  it('spend one refresh token when they renew at the same time', async () => {
    const { memory, tokens: a } = await connected({ lookEvery: 60_000 });
    const b = await started(memory, { lookEvery: 60_000 });
    const old = await a.access();
    expect(await b.access()).toBe(old);
    const got = await Promise.all([a.renew(old), b.renew(old), a.renew(old), b.renew(old)]);
    expect(new Set(got)).toEqual(new Set([oa.tokens().access]));
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 0 });
  });

  it('spend one seed when they start at the same time', async () => {
    const memory = sharedMemory();
    const seed = oa.refreshToken;
    const all = await Promise.all([1, 2, 3].map(() => started(memory, { seed })));
    const got = await Promise.all(all.map((each) => each.access()));
    expect(new Set(got)).toEqual(new Set([oa.tokens().access]));
    expect(oa.tokens()).toMatchObject({ refreshes: 1, refused: 0 });
  });

  it('wait while one of them renews, and take what it stored', async () => {
    const { memory, tokens: a } = await connected({ lookEvery: 60_000 });
    const b = await started(memory, { lookEvery: 60_000 });
    const old = await a.access();
    oa.fault(TOKEN_PATH, { kind: 'slow', ms: 150 });
    const first = a.renew(old);
    await soon(() => expect(storedIn(memory).refreshing).toBeDefined());
    expect(await b.renew(old)).toBe(await first);
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 0 });
  });

  it('learn from the memory that another one was connected again', async () => {
    const { memory, tokens: a } = await connected();
    const elsewhere = await mkdtemp(join(tmpdir(), 'chitieu-zalo-'));
    const b = await started(memory, { handover: elsewhere });
    oa.consent();
    await expect(a.renew(await a.access())).rejects.toBeInstanceOf(ZaloDisconnected);
    await expect(b.renew(await b.access())).rejects.toBeInstanceOf(ZaloDisconnected);
    await leaveToken(elsewhere, oa.consent());
    await soon(async () => expect(await a.access()).toBe(oa.tokens().access));
    expect(await b.access()).toBe(oa.tokens().access);
    expect(oa.tokens().refused).toBe(1);
    await rm(elsewhere, { recursive: true });
  });
});

describe('After a crash', () => {
  /** A process that dies between taking the lease and storing what came of it. `isSpent`: Zalo saw the refresh token. */
  async function diedRenewing(isSpent: boolean): Promise<SharedMemory> {
    const { memory, tokens } = await connected({ lookEvery: 60_000 });
    const old = await tokens.access();
    if (!isSpent) oa.fault(TOKEN_PATH, { kind: 'drop-before' }, 2);
    let left: SharedMemory | undefined;
    memory.gate = async (state) => {
      if (left) return;
      const { refreshing } = state.tokens as Stored;
      // The first write takes the lease, the second would store the outcome.
      if (!refreshing || storedIn(memory).refreshing) left = crashed(memory);
    };
    await tokens.renew(old).catch(() => {});
    await tokens.stop();
    if (!left) throw new Error('nothing was left');
    expect(storedIn(left).refreshing).toBeDefined();
    return left;
  }

  it('the lease of the dead ends, and a refresh token that Zalo never saw is used', async () => {
    const memory = await diedRenewing(false);
    oa.advance(24.9 * HOUR);
    const tokens = await started(memory);
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 0 });
  });

  it('a live lease is respected, and meanwhile the old access token serves', async () => {
    const memory = await diedRenewing(false);
    const calls = spends();
    const tokens = await started(memory);
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(spends()).toBe(calls);
  });

  it('where no other process can be alive the lease of the dead is no obstacle', async () => {
    const memory = await diedRenewing(false);
    memory.exclusive = true;
    const tokens = await started(memory, { lookEvery: 60_000 });
    const old = await tokens.access();
    expect(await tokens.renew(old)).not.toBe(old);
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 0 });
    expect(storedIn(memory).refreshing).toBeUndefined();
  });

  it('where no other process can be alive a token that the dead one spent is still known as such', async () => {
    const memory = await diedRenewing(true);
    memory.exclusive = true;
    const tokens = await started(memory, { lookEvery: 60_000 });
    await expect(tokens.renew(await tokens.access())).rejects.toBeInstanceOf(ZaloDisconnected);
    expect(tokens.disconnected()?.why).toContain('an earlier renewal with it ended without an answer');
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 1 });
  });

  it('a refresh token that was spent before its answer was stored ends in a rejection that says so', async () => {
    const memory = await diedRenewing(true);
    oa.advance(2 * 60_000);
    const tokens = await started(memory);
    const refused = tokens.renew(await tokens.access());
    await expect(refused).rejects.toBeInstanceOf(ZaloDisconnected);
    expect(tokens.disconnected()?.why).toContain('-14014');
    expect(tokens.disconnected()?.why).toContain('an earlier renewal with it ended without an answer');
  });
});

describe('When the network fails', () => {
  it('goes on with the old access token while it lasts, and renews later', async () => {
    const { tokens } = await connected();
    const old = await tokens.access();
    oa.fault(TOKEN_PATH, { kind: 'gateway' });
    oa.advance(21 * HOUR);
    await soon(() => expect(logged.join('\n')).toContain('trying again'));
    expect(await tokens.access()).toBe(old);
    expect(events).toEqual([]);
    await soon(async () => expect(await tokens.access()).not.toBe(old));
  });

  it('gives out the old access token to its last minute', async () => {
    const { tokens } = await connected({ lookEvery: 60_000 });
    const old = await tokens.access();
    oa.fault(TOKEN_PATH, { kind: 'gateway' });
    oa.advance(24.95 * HOUR);
    expect(await tokens.access()).toBe(old);
    expect(await tokens.access()).toBe(old);
    expect(spends()).toBe(2);
  });

  it('says that there is no token just now, without asking Zalo at every call, and recovers by itself', async () => {
    const { tokens } = await connected();
    oa.fault(TOKEN_PATH, { kind: 'gateway' }, 1);
    oa.advance(26 * HOUR);
    await expect(tokens.access()).rejects.not.toBeInstanceOf(ZaloDisconnected);
    const calls = spends();
    await expect(tokens.access()).rejects.toThrow('no access token just now');
    expect(spends()).toBe(calls);
    expect(tokens.disconnected()).toBeUndefined();
    await soon(async () => expect(await tokens.access()).toBe(oa.tokens().access));
  });

  it('starts although Zalo is away, with the seed kept for later', async () => {
    oa.fault(TOKEN_PATH, { kind: 'gateway' }, 1);
    const { tokens } = await connected();
    await expect(tokens.access()).rejects.toThrow('no access token just now');
    await soon(async () => expect(await tokens.access()).toBe(oa.tokens().access));
  });

  it.each([
    ['too many calls', { kind: 'error', code: -32 }],
    ['a server error', { kind: 'status', status: 503, body: '{"error":-1}' }],
  ] as const)('does not take %s for a refusal', async (_what, fault) => {
    oa.fault(TOKEN_PATH, fault);
    const { tokens } = await connected();
    expect(tokens.disconnected()).toBeUndefined();
    await soon(async () => expect(await tokens.access()).toBe(oa.tokens().access));
  });

  it('repeats a renewal whose request was lost', async () => {
    const { tokens } = await connected({ lookEvery: 60_000 });
    oa.fault(TOKEN_PATH, { kind: 'drop-before' });
    expect(await tokens.renew(await tokens.access())).toBe(oa.tokens().access);
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 0 });
  });

  it('says so when the answer was lost and the refresh token with it', async () => {
    const { tokens } = await connected({ lookEvery: 60_000 });
    oa.fault(TOKEN_PATH, { kind: 'drop-after' });
    await expect(tokens.renew(await tokens.access())).rejects.toBeInstanceOf(ZaloDisconnected);
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 1 });
    expect(tokens.disconnected()?.why).toContain('an earlier renewal with it ended without an answer');
    expect(events).toHaveLength(1);
  });
});

describe('When Zalo refuses the refresh token', () => {
  /** A keeper whose whole chain of tokens is dead, because somebody consented anew elsewhere. */
  async function disconnected(options: Partial<ZaloTokensOptions> = {}) {
    const { memory, tokens } = await connected(options);
    oa.consent();
    await expect(tokens.renew(await tokens.access())).rejects.toBeInstanceOf(ZaloDisconnected);
    return { memory, tokens };
  }

  it('stops asking, says once what to do, and rejects at once', async () => {
    const { tokens } = await disconnected();
    const calls = spends();
    await expect(tokens.access()).rejects.toBeInstanceOf(ZaloDisconnected);
    await expect(tokens.renew('x')).rejects.toBeInstanceOf(ZaloDisconnected);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(spends()).toBe(calls);
    expect(events).toEqual([expect.stringMatching(/^disconnected: HTTP 200, error -14014/)]);
    expect(logged.filter((line) => line.includes('npm run admin -- zalo token'))).toHaveLength(1);
    expect(tokens.disconnected()?.since).toMatch(/^\d{4}-/);
  });

  it('is still disconnected after a restart and says since when', async () => {
    const { memory, tokens } = await disconnected();
    const before = tokens.disconnected();
    await tokens.stop();
    const again = await started(memory, { seed: oa.refreshToken });
    expect(again.disconnected()).toEqual(before);
    await expect(again.access()).rejects.toBeInstanceOf(ZaloDisconnected);
    expect(oa.tokens().refused).toBe(1);
  });

  it('is connected again by a handed-in token, without a restart', async () => {
    const { tokens } = await disconnected();
    const token = oa.consent();
    await leaveToken(folder, token);
    await soon(async () => expect(await lookForResult(folder, token)).toMatchObject({ outcome: 'taken' }));
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(tokens.disconnected()).toBeUndefined();
    expect(events.slice(1)).toEqual(['connected']);
    expect(await readdir(folder)).toEqual(['zalo-oa.token.result']);
  });

  it('takes a new seed of the settings after a restart', async () => {
    const { memory, tokens } = await disconnected();
    await tokens.stop();
    events.length = 0;
    const again = await started(memory, { seed: oa.consent() });
    expect(await again.access()).toBe(oa.tokens().access);
    expect(events).toEqual([]);
  });

  it('asks again when the settings of the application were corrected', async () => {
    const memory = sharedMemory();
    const wrong = await started(memory, { seed: oa.refreshToken, appSecret: 'of another application' });
    expect(wrong.disconnected()?.why).toContain('Invalid secret key');
    await wrong.stop();
    const right = await started(memory, { seed: oa.refreshToken });
    expect(await right.access()).toBe(oa.tokens().access);
  });

  it('says so when there never was a token, and takes one that is handed in', async () => {
    const tokens = await started(sharedMemory());
    expect(tokens.disconnected()?.why).toContain('no refresh token');
    expect(spends()).toBe(0);
    await leaveToken(folder, oa.refreshToken);
    await soon(async () => expect(await tokens.access()).toBe(oa.tokens().access));
    expect(events).toEqual([expect.stringContaining('no refresh token'), 'connected']);
  });
});

describe('A token that is handed in', () => {
  it('is taken first when it waits at the start', async () => {
    await leaveToken(folder, oa.refreshToken);
    const tokens = await started(sharedMemory(), { seed: 'a-seed-that-nobody-would-accept' });
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(oa.tokens().refused).toBe(0);
  });

  it('changes nothing when Zalo refuses it while the bot is connected', async () => {
    const { tokens } = await connected();
    const token = 'x'.repeat(60);
    await leaveToken(folder, token);
    await soon(async () => expect(await lookForResult(folder, token)).toMatchObject({ outcome: 'refused' }));
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(tokens.disconnected()).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('is kept while Zalo is away, and the command is told both times', async () => {
    const { tokens } = await connected();
    const token = oa.consent();
    oa.fault(TOKEN_PATH, { kind: 'gateway' });
    await leaveToken(folder, token);
    await soon(async () =>
      expect(await lookForResult(folder, token)).toMatchObject({ outcome: 'unavailable' }),
    );
    await soon(async () => expect(await lookForResult(folder, token)).toMatchObject({ outcome: 'taken' }));
    expect(await tokens.access()).toBe(oa.tokens().access);
  });

  it('survives a crash between taking the file and spending it', async () => {
    await writeFile(join(folder, 'zalo-oa.token.taking'), oa.refreshToken);
    const tokens = await started(sharedMemory());
    expect(await tokens.access()).toBe(oa.tokens().access);
    expect(await readdir(folder)).toEqual(['zalo-oa.token.result']);
  });

  it('is not spent twice when a crash left its file behind', async () => {
    const { memory, tokens } = await connected();
    const token = oa.consent();
    await leaveToken(folder, token);
    await soon(async () => expect(await lookForResult(folder, token)).toMatchObject({ outcome: 'taken' }));
    await tokens.stop();
    await writeFile(join(folder, 'zalo-oa.token.taking'), token);
    const again = await started(memory);
    await soon(async () => expect(await readdir(folder)).toEqual(['zalo-oa.token.result']));
    expect(await again.access()).toBe(oa.tokens().access);
    expect(oa.tokens().refused).toBe(0);
  });

  it('is reported when the file holds none', async () => {
    await connected();
    await writeFile(join(folder, 'zalo-oa.token'), 'hai từ');
    await soon(async () =>
      expect(await lookForResult(folder, 'any')).toMatchObject({ outcome: 'unreadable' }),
    );
    expect(await readdir(folder)).toEqual(['zalo-oa.token.result']);
  });

  it('is left for its owner alone to read', async () => {
    await leaveToken(folder, oa.refreshToken);
    const { mode } = await stat(join(folder, 'zalo-oa.token'));
    expect(mode & 0o777).toBe(0o600);
    expect(await lookForResult(folder, oa.refreshToken)).toBe('waiting');
  });
});

describe('Secrets', () => {
  it('are in no log line, no reason and no answer to the command, and all are told to the redactor', async () => {
    const { memory, tokens } = await connected();
    const all = new Set([oa.refreshToken, oa.appSecret]);
    const collect = () => {
      for (const each of [oa.tokens().access, oa.tokens().refresh]) all.add(each);
    };
    collect();
    await tokens.renew(await tokens.access());
    collect();
    // A server that repeats what it was sent.
    const echo = JSON.stringify({
      error: -14014,
      error_name: oa.tokens().refresh,
      error_reason: oa.appSecret,
    });
    oa.fault(TOKEN_PATH, { kind: 'status', status: 200, body: echo });
    const error = await tokens.renew(await tokens.access()).catch((thrown: unknown) => thrown as Error);
    const refused = 'handed-in-but-wrong-0123456789';
    all.add(refused);
    await leaveToken(folder, refused);
    await soon(async () =>
      expect(await lookForResult(folder, refused)).toMatchObject({ outcome: 'refused' }),
    );
    const right = oa.consent();
    all.add(right);
    await leaveToken(folder, right);
    await soon(async () => expect(await lookForResult(folder, right)).toMatchObject({ outcome: 'taken' }));
    collect();
    expect(storedIn(memory).pair?.access).toBe(oa.tokens().access);
    const answer = await readFile(join(folder, 'zalo-oa.token.result'), 'utf8');
    const said = [...logged, ...events, `${error}`, answer].join('\n');
    expect(logged.length).toBeGreaterThan(3);
    expect(said).toContain('<secret>');
    for (const secret of all) expect(said).not.toContain(secret);
    for (const secret of all) expect(told).toContain(secret);
  });
});

describe('Over the store', () => {
  it('finds its pair again', async () => {
    const storage = memoryStorage();
    let turns = 0;
    const memory: ChannelMemory = {
      exclusive: storage.exclusive,
      async read() {
        return (await storage.channelState('zalo-oa')) ?? { state: {}, rev: 0 };
      },
      async write(state, rev) {
        const done = await storage.commit({
          ...{
            event: `zalo:${turns++}`,
            at: new Date(oa.now()).toISOString(),
            by: '',
            conversation: 'zalo-oa:',
          },
          changes: [{ type: 'channel_set', channel: 'zalo-oa', state }],
          outgoing: [],
          expects: { reports: {}, channels: { 'zalo-oa': rev } },
        });
        return done === 'duplicate' ? 'stale' : done;
      },
    };
    const first = await started(memory, { seed: oa.refreshToken });
    const got = await first.access();
    await first.renew(got);
    await first.stop();
    const second = await started(memory);
    expect(await second.access()).toBe(oa.tokens().access);
    expect(oa.tokens()).toMatchObject({ refreshes: 2, refused: 0 });
  });
});
