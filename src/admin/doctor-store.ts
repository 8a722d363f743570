// The doctor on what is stored: the folder and the disk it is on, who uses it, whether it reads, and whether its forms are there.
import { access, constants, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Examined, examine } from '../../storage/backup.ts';
import { StorageError } from '../../storage/errors.ts';
import { holderOf } from '../../storage/lock.ts';
import { openStorage } from '../../storage/open.ts';
import type { Storage } from '../../storage/storage.ts';
import { loadTemplates } from '../../templates/load.ts';
import type { Config } from '../config.ts';
import type { ChannelState } from '../domain/channel-state.ts';
import { localTime } from '../domain/clock.ts';
import type { TemplateRef } from '../domain/template.ts';
import { loadHolidays } from '../holidays.ts';
import { addressOf } from '../open-channels.ts';
import { momentWords } from '../text/common.ts';
import { FOLDER_SAID, FORMS_SAID, STORE_SAID } from '../text/doctor.ts';
import { issueLine } from './command.ts';
import { type Answer, ask, bad, type Check, odd, ok, when } from './doctor-check.ts';

const MEGABYTE = 1024 * 1024;
/** Below these it will soon be full, and is as good as full. */
const LITTLE = 1024;
const TOO_LITTLE = 100;
/** So many waiting messages are worth a look. */
const MANY_WAITING = 500;

export async function checkFolder(config: Config): Promise<readonly Check[]> {
  const path = config.DATA_DIR;
  const found = await stat(path).catch(() => undefined);
  if (!found) return [odd(FOLDER_SAID.absent(path)), await freeSpace('.')];
  const isOurs = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isOurs) return [bad(FOLDER_SAID.notWritable(path))];
  const isOpen = (found.mode & 0o077) !== 0;
  return [
    isOpen ? odd(FOLDER_SAID.open(path)) : ok(FOLDER_SAID.fine(path)),
    await freeSpace(path),
    ...(await program(config)),
  ];
}

async function freeSpace(path: string): Promise<Check> {
  const { bavail, bsize } = await statfs(path);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free < TOO_LITTLE) return bad(FOLDER_SAID.low(free));
  return free < LITTLE ? odd(FOLDER_SAID.low(free)) : ok(FOLDER_SAID.free(free));
}

/** The bot on this folder, and whether it is ready. On a database nobody says who runs: only an answer tells. */
async function program(config: Config): Promise<readonly Check[]> {
  const holder = await holderOf(join(config.DATA_DIR, 'lock'));
  if (!holder && config.DATABASE_URL === undefined) return [ok(FOLDER_SAID.stopped)];
  const { PUBLIC_URL: _, ...local } = config;
  const answer = await ask(`${addressOf(local as Config)}/ready`);
  if (!holder) return 'why' in answer ? [] : [stateOf(answer)];
  return [ok(FOLDER_SAID.running(holder.pid, momentWords(holder.since, config.TIMEZONE))), stateOf(answer)];
}

function stateOf(answer: Answer): Check {
  if ('why' in answer) return bad(FOLDER_SAID.notReady(answer.why));
  const { reasons } = answer.body ?? {};
  if (answer.status === 200) return ok(FOLDER_SAID.ready);
  return bad(FOLDER_SAID.notReady(Array.isArray(reasons) ? reasons.join(', ') : `HTTP ${answer.status}`));
}

/** What is stored, or why it cannot be read. */
export type Looked = { readonly checks: readonly Check[]; readonly stored?: Examined };

/** The store, read beside a running bot. */
export async function checkStore(config: Config): Promise<Looked> {
  if (config.DATABASE_URL !== undefined) return checkDatabase(config, config.DATABASE_URL);
  if (!(await stat(config.DATA_DIR).catch(() => undefined))) return { checks: [] };
  try {
    const stored = await examine(config.DATA_DIR);
    const { units, people, campaigns, reports, waiting } = stored;
    const counted = ok(STORE_SAID.counts(STORE_SAID.lowdb, units, people, campaigns, reports));
    return { checks: [counted, waitingOf(waiting)], stored };
  } catch (error) {
    return { checks: [bad(STORE_SAID.broken(error instanceof Error ? error.message : String(error)))] };
  }
}

const waitingOf = (count: number): Check =>
  count > MANY_WAITING ? odd(STORE_SAID.manyWaiting(count)) : ok(STORE_SAID.waiting(count));

/** The database, which is not brought up to this release here: an older one may be running on it. */
async function checkDatabase(config: Config, databaseUrl: string): Promise<Looked> {
  try {
    const { openDatabase } = await import('../../storage/postgres-pool.ts');
    const { pending } = await import('../../storage/postgres-migrate.ts');
    const db = openDatabase(databaseUrl);
    const open = await pending(db).finally(() => db.end());
    if (open.length > 0) return { checks: [odd(STORE_SAID.notMigrated(open.join(', ')))] };
    const storage = await openStorage({ dataDir: config.DATA_DIR, databaseUrl });
    try {
      return await countsIn(storage);
    } finally {
      await storage.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isThere = error instanceof StorageError && error.fault !== 'away';
    return { checks: [bad(isThere ? STORE_SAID.unfit(why) : STORE_SAID.away(why))] };
  }
}

async function countsIn(storage: Storage): Promise<Looked> {
  const [units, people, campaigns, unsent, zalo] = await Promise.all([
    storage.units(),
    storage.people(),
    storage.campaigns(),
    storage.unsent(),
    storage.channelState('zalo-oa'),
  ]);
  const open = campaigns.filter(({ closedAt }) => closedAt === undefined);
  const reports = (await Promise.all(campaigns.map(({ id }) => storage.reports(id)))).flat().length;
  const here = people.filter(({ leftAt }) => leftAt === undefined).length;
  const stored: Examined = {
    ...{ savedAt: undefined, units: units.length, people: here, campaigns: campaigns.length, reports },
    ...{ waiting: unsent.length, forms: open.map(({ template }) => template) },
    channels: zalo ? { 'zalo-oa': zalo.state } : {},
  };
  const counted = STORE_SAID.counts(STORE_SAID.database, units.length, here, campaigns.length, reports);
  return { checks: [ok(counted), waitingOf(unsent.length)], stored };
}

/** The forms, those that open periods need among them, and the holidays of this year and the next. */
export async function checkForms(
  config: Config,
  now: Date,
  needed: readonly TemplateRef[],
): Promise<readonly Check[]> {
  const { templates, issues } = await loadTemplates(config.TEMPLATES_DIR);
  const has = (ref: TemplateRef) =>
    templates.some(({ id, version }) => id === ref.id && version === ref.version);
  const gone = needed.filter((ref) => !has(ref)).map(({ id, version }) => `${id}.v${version}.yaml`);
  return [
    ...when(templates.length > 0, () => ok(FORMS_SAID.fine(templates.length))),
    ...issues.map((each) => bad(FORMS_SAID.issue(issueLine(each)))),
    ...when(templates.length === 0 && issues.length === 0, () => bad(FORMS_SAID.issue(config.TEMPLATES_DIR))),
    ...when(gone.length > 0, () => bad(STORE_SAID.noForm([...new Set(gone)].join(', ')))),
    ...(await holidays(config, now)),
  ];
}

async function holidays({ HOLIDAYS_FILE, TIMEZONE }: Config, now: Date): Promise<readonly Check[]> {
  const today = localTime(now.toISOString(), TIMEZONE).day;
  const year = Number(today.slice(0, 4));
  const { holidays: known, issues } = await loadHolidays(HOLIDAYS_FILE, today);
  if (issues.length > 0) return issues.map((each) => bad(FORMS_SAID.issue(issueLine(each))));
  return [year, year + 1].map((each) =>
    known[String(each)] ? ok(FORMS_SAID.holidays(String(each))) : odd(FORMS_SAID.noYear(String(each))),
  );
}

/** What the Zalo Official Account's channel remembers; undefined when nothing could be read. */
export const zaloMemory = ({ stored }: Looked): ChannelState | undefined =>
  stored && (stored.channels['zalo-oa'] ?? {});
