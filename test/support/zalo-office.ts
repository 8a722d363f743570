// An office whose people are on Zalo, for tests: the strict stand-in, a data folder, and the real program that can be killed and started again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../src/codes.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Role } from '../../src/domain/people.ts';
import { openStorage } from '../../storage/open.ts';
import type { Storage } from '../../storage/storage.ts';
import { startZaloOa, type ZaloOa } from '../stand-ins/zalo-oa.ts';
import { freePort, prepare, type Running, start } from './process.ts';
import { type ZaloChat, zaloChat } from './zalo-officer.ts';

const DAY = 86_400_000;
/** The coordinating office, above all units. */
const OFFICE = 'so-noi-vu';

type Opening = {
  readonly id: string;
  readonly template: string;
  readonly unit: string;
  readonly period: string;
};

type Start = {
  /** How far the program's clock is ahead (ms). */
  readonly ahead?: number;
  /** How many times faster the clock of its pace runs, and its calendar. */
  readonly haste?: number;
  readonly hurry?: number;
  readonly settings?: Readonly<Record<string, string>>;
};

export type ZaloOffice = {
  readonly zalo: ZaloOa;
  readonly folder: string;
  /** Where the program serves, the same for every run. */
  readonly url: string;
  start(how?: Start): Promise<void>;
  /** Ends it by SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** A fresh invitation; the coordinator's office is meant when no unit is named. The program must not run. */
  invite(name: string, unit?: string): Promise<string>;
  /** A person on Zalo. */
  person(how?: Parameters<typeof zaloChat>[1]): ZaloChat;
  /** Opens the data folder; the program must not run. */
  look<T>(read: (storage: Storage) => Promise<T>): Promise<T>;
  /** Everything that all runs have printed. */
  output(): string;
  /** Secrets, codes and phone numbers that stand in what was printed. */
  leaks(): string[];
  close(): Promise<void>;
};

/** Prepares the periods; nothing runs yet. `at`: where Zalo's clock begins, in ms. */
export async function openZaloOffice(
  openings: readonly Opening[],
  { at }: { at?: number } = {},
): Promise<ZaloOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'chitieu-zalo-'));
  await prepare(
    folder,
    openings.map((each) => ({ ...each, code: `khong-ai-dung-ma-nay-${each.id}` })),
  );
  const zalo = await startZaloOa(at === undefined ? {} : { at });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  zalo.deliverTo(`${url}/webhook/zalo-oa`);
  const runs: Running[] = [];
  const codes: string[] = [];
  const phones: string[] = [];
  const env = {
    ...{ DATA_DIR: folder, PORT: String(port), PUBLIC_URL: url, LOG_LEVEL: 'debug' },
    ...{ ZALO_OA_ID: zalo.oaId, ZALO_APP_ID: zalo.appId, ZALO_APP_SECRET: zalo.appSecret },
    ...{ ZALO_OA_SECRET_KEY: zalo.oaSecret, ZALO_REFRESH_TOKEN: zalo.refreshToken },
    ...{ ZALO_API_ROOT: zalo.apiRoot, ZALO_OAUTH_ROOT: zalo.oauthRoot, ZALO_ZBS_ROOT: zalo.zbsRoot },
  };
  const output = () => runs.flatMap(({ lines }) => lines).join('\n');
  const look: ZaloOffice['look'] = async (read) => {
    const storage = await openStorage({ dataDir: folder });
    return read(storage).finally(() => storage.close());
  };
  await look((storage) => record(storage, [officeOf()]));

  return {
    ...{ zalo, folder, url, look, output },
    async start({ ahead = 0, haste = 1, hurry = 1, settings = {} } = {}) {
      runs.push(await start({ ...env, ...settings }, [clock({ ahead, haste, hurry })]));
    },
    stop: async () => (await runs.at(-1)?.stop())?.code ?? null,
    kill: async () => runs.at(-1)?.kill(),
    async invite(name, unit = OFFICE) {
      const code = `ma-moi-so-${codes.length + 1}-cua-van-phong`;
      codes.push(code);
      await look((storage) => record(storage, [invitationOf(code, name, unit)]));
      return code;
    },
    person(how) {
      const user = zalo.user();
      phones.push(user.phone);
      return zaloChat(user, how);
    },
    leaks: () => [...secretsOf(zalo), ...codes, ...phones].filter((each) => output().includes(each)),
    async close() {
      await runs.at(-1)?.kill();
      await zalo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lets a person in who holds a code, and waits until they are greeted. */
export async function enter(person: ZaloChat, code: string): Promise<void> {
  await person.say(`/start ${code}`);
  await person.hears(/^Xin chào/);
}

const officeOf = (): Change => ({
  type: 'unit_set',
  unit: { id: OFFICE, name: 'Sở Nội vụ', kind: 'sở' },
});

function invitationOf(code: string, name: string, unit: string): Change {
  const [createdAt, expiresAt] = [0, 7 * DAY].map((ms) => new Date(Date.now() + ms).toISOString());
  if (!createdAt || !expiresAt) throw new Error('no time');
  const role: Role = unit === OFFICE ? 'coordinator' : 'officer';
  return { type: 'invitation_set', invitation: { id: sha256(code), unit, role, name, createdAt, expiresAt } };
}

let turns = 0;
async function record(storage: Storage, changes: readonly Change[]): Promise<void> {
  turns += 1;
  const at = new Date().toISOString();
  const turn = { event: `zalo-office:${turns}:${at}`, at, by: 'test', conversation: 'operator:test' };
  await storage.commit({ ...turn, changes, outgoing: [], expects: { reports: {} } });
}

/**
 * Zalo's channel says at most five things a second in a chat, and waits a minute where somebody has to act first; an officer who
 * types for hours never notices, but tests would wait. So the clock of that pace (performance.now) and the calendar (Date) can
 * run faster, and the calendar can be set ahead; timers run as ever.
 */
function clock({ ahead, haste, hurry }: { ahead: number; haste: number; hurry: number }): string {
  const code = `
    const pace = performance.now.bind(performance);
    performance.now = () => pace() * ${haste};
    const Real = Date;
    const began = Real.now();
    const now = () => began + ${ahead} + (Real.now() - began) * ${hurry};
    globalThis.Date = new Proxy(Real, {
      construct: (real, given, made) => Reflect.construct(real, given.length > 0 ? given : [now()], made),
      get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
    });`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** Everything secret that ever went between the program and Zalo. */
function secretsOf(zalo: ZaloOa): string[] {
  const used = zalo.calls().flatMap(({ headers, body }) => {
    const { refresh_token: refresh } = Object(body) as { refresh_token?: unknown };
    return [headers.access_token, refresh].filter((each) => typeof each === 'string');
  });
  const { access, refresh } = zalo.tokens();
  return [...new Set([zalo.appSecret, zalo.oaSecret, zalo.refreshToken, access, refresh, ...used])];
}
