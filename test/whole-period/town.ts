// The whole-period test's world: the platforms, a data folder, the real program that is killed and started again, and the clock.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openStorage } from '../../storage/open.ts';
import type { Storage } from '../../storage/storage.ts';
import { startTelegram, type TelegramStandIn } from '../stand-ins/telegram.ts';
import { startZaloOa, type ZaloOa } from '../stand-ins/zalo-oa.ts';
import { moveClock } from '../support/moved-clock.ts';
import { freePort, type Running, start } from '../support/process.ts';
import { at } from './calendar.ts';
import { FORM, FORM_ID } from './form.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLOCK = new URL('../support/moved-clock.ts', import.meta.url).href;
/** Only the clock of the channels' pace runs faster: 168 people would otherwise need half an hour of real time. */
const HASTE = `data:text/javascript,${encodeURIComponent('const now = performance.now.bind(performance); performance.now = () => now() * 500;')}`;

/** The first day, eight days before the deadline. */
const BEGINS = '2026-04-28';

export type Town = {
  readonly telegram: TelegramStandIn;
  readonly zalo: ZaloOa;
  /** Sets the calendar everywhere: "2026-04-29 08:00" in Viet Nam. Time goes on from there. */
  clock(local: string): Promise<void>;
  /** `pace`: as in earnest, about 25 messages a second; else much faster. */
  start(pace?: 'real'): Promise<void>;
  kill(): Promise<void>;
  /** When it was killed (ms of the moved calendar). */
  kills(): readonly number[];
  /** By SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** `npm run admin -- …`; the program must not run. Gives what it printed as JSON. */
  admin(...words: readonly string[]): Promise<Record<string, unknown>>;
  /** Writes a file that an operator has. */
  file(name: string, content: string): Promise<string>;
  /** Opens the data folder; the program must not run. */
  look<T>(read: (storage: Storage) => Promise<T>): Promise<T>;
  /** Everything that all runs have printed. */
  output(): readonly string[];
  close(): Promise<void>;
};

export async function openTown(): Promise<Town> {
  const root = await mkdtemp(join(tmpdir(), 'chitieu-period-'));
  const [folder, templates] = [join(root, 'data'), join(root, 'templates')];
  await mkdir(templates);
  await writeFile(join(templates, `${FORM_ID}.v1.yaml`), FORM);
  const clock = moveClock(join(root, 'clock'));
  await clock.set(at(`${BEGINS} 08:00`));
  const telegram = await startTelegram();
  const zalo = await startZaloOa();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  zalo.deliverTo(`${url}/webhook/zalo-oa`);
  const runs: Running[] = [];
  const kills: number[] = [];
  const env = {
    ...{ DATA_DIR: folder, TEMPLATES_DIR: templates, PORT: String(port), PUBLIC_URL: url, ...clock.env },
    ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
    ...{ ZALO_OA_ID: zalo.oaId, ZALO_APP_ID: zalo.appId, ZALO_APP_SECRET: zalo.appSecret },
    ...{ ZALO_OA_SECRET_KEY: zalo.oaSecret, ZALO_REFRESH_TOKEN: zalo.refreshToken },
    ...{ ZALO_API_ROOT: zalo.apiRoot, ZALO_OAUTH_ROOT: zalo.oauthRoot, ZALO_ZBS_ROOT: zalo.zbsRoot },
  };
  return {
    ...{ telegram, zalo },
    clock: (local) => clock.set(at(local)),
    async start(pace) {
      runs.push(await start(env, [CLOCK, ...(pace === 'real' ? [] : [HASTE])]));
    },
    async kill() {
      await runs.at(-1)?.kill();
      kills.push(Date.now());
    },
    kills: () => kills,
    stop: async () => (await runs.at(-1)?.stop())?.code ?? null,
    async admin(...words) {
      const imports = ['tsx', CLOCK].flatMap((each) => ['--import', each]);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [...imports, 'src/admin.ts', ...words, '--json'],
        { cwd: ROOT, env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env } },
      );
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    async file(name, content) {
      await writeFile(join(root, name), content);
      return join(root, name);
    },
    async look(read) {
      const storage = await openStorage({ dataDir: folder });
      return read(storage).finally(() => storage.close());
    },
    output: () => runs.flatMap(({ lines }) => lines),
    async close() {
      await runs.at(-1)?.kill();
      await Promise.all([telegram.stop(), zalo.stop()]);
      clock.restore();
      await rm(root, { recursive: true, force: true });
    },
  };
}
