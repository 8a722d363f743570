// Builds everything from the settings and keeps it running; the only place where all parts meet.
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/storage.ts';
import { loadTemplates } from '../templates/load.ts';
import { createAlarm } from './alarm.ts';
import { createApp, linksFor } from './app.ts';
import { type Config, loadEnvFile, readConfig } from './config.ts';
import { createDeliverer } from './deliver.ts';
import { localTime } from './domain/clock.ts';
import type { Template } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import { createFiles } from './files/files.ts';
import { loadHolidays } from './holidays.ts';
import { createLinks } from './links.ts';
import { createLog, type Log } from './log.ts';
import { addressOf, openChannels } from './open-channels.ts';
import { createTableThread } from './report-thread.ts';
import { createRounds } from './rounds.ts';
import { openSample } from './sample.ts';
import { createServer } from './server.ts';
import { HOLIDAYS } from './text/holidays.ts';
import { START } from './text/operator.ts';

/** Ends the process with lines that say what to do. */
function fail(...lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

async function main(): Promise<void> {
  loadEnvFile();
  const read = readConfig();
  if ('faults' in read) fail(START.badSettings, ...read.faults.map((each) => `  ${each}`));
  const { config } = read;
  const templates = await templatesOrFail(config);
  const calendar = await holidaysOrFail(config);
  const storage = await openStorage({ dataDir: config.DATA_DIR });
  try {
    await run(config, templates, calendar, storage);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function templatesOrFail(config: Config): Promise<readonly Template[]> {
  const { templates, issues } = await loadTemplates(config.TEMPLATES_DIR);
  if (issues.length > 0) {
    fail(
      START.badTemplates,
      ...issues.map(
        (each) => `  ${each.file}${each.line > 0 ? `:${each.line}` : ''} ${each.path} – ${each.message}`,
      ),
    );
  }
  if (templates.length === 0) fail(START.noTemplates(config.TEMPLATES_DIR));
  return templates;
}

/** A report whose form is gone would vanish from every list: better not to start than to hide it. */
async function requireForms(storage: Storage, templates: readonly Template[]): Promise<void> {
  const open = (await storage.campaigns()).filter((each) => each.closedAt === undefined);
  const reports = (await Promise.all(open.map((each) => storage.reports(each.id)))).flat();
  const used = [...open, ...reports].map((each) => each.template);
  const gone = used.filter(
    (ref) => !templates.some((each) => each.id === ref.id && each.version === ref.version),
  );
  const names = [...new Set(gone.map((ref) => `${ref.id}.v${ref.version}.yaml`))];
  if (names.length > 0) throw new Error(START.missingForms(names));
}

type Calendar = { readonly holidays: Holidays; readonly warnings: readonly string[] };

async function holidaysOrFail(config: Config): Promise<Calendar> {
  const today = localTime(new Date().toISOString(), config.TIMEZONE).day;
  const { issues, ...calendar } = await loadHolidays(config.HOLIDAYS_FILE, today);
  if (issues.length > 0) {
    fail(
      HOLIDAYS.bad,
      ...issues.map(
        (each) => `  ${each.file}${each.line > 0 ? `:${each.line}` : ''} ${each.path} – ${each.message}`,
      ),
    );
  }
  return calendar;
}

async function run(
  config: Config,
  templates: readonly Template[],
  { holidays, warnings }: Calendar,
  storage: Storage,
): Promise<void> {
  await requireForms(storage, templates);
  const log = createLog(config.LOG_LEVEL);
  for (const warning of warnings) log.warn(warning);
  const tables = createTableThread();
  const now = () => new Date();
  const files = createFiles({
    ...{ storage, templates, now, timezone: config.TIMEZONE, make: tables.make },
    links: (code) => linksFor(channels, code),
  });
  const links = createLinks({ storage, files, log, now, ...publicUrlOf(config) });
  const alarm = createAlarm({ storage, log, now, timezone: config.TIMEZONE, wake: () => deliverer.wake() });
  const resumed = (channel: string) => deliverer.resume(channel);
  const channels = openChannels({ config, storage, files, log, alarm, resumed });
  const server = createServer({
    routes: [...channels, links],
    health: () => ({ status: 'ok' }),
    host: config.HOST,
    port: config.PORT,
    publicUrl: addressOf(config),
    log,
  });
  // Nothing is sent, received or written before it is sure that this process can serve.
  const listening = await server.listen();
  const sample = await openSample({ storage, templates, timezone: config.TIMEZONE, now: new Date() });
  const deliverer = createDeliverer({
    ...{ storage, channels, files, links, templates, log },
    receive: (event) => app.receive(event),
  });
  const app = createApp({
    storage,
    templates,
    channels,
    deliverer,
    timezone: config.TIMEZONE,
    holidays,
    now,
    log,
  });
  const rounds = createRounds({
    ...{ storage, templates, now, holidays, log },
    timezone: config.TIMEZONE,
    wake: () => deliverer.wake(),
  });
  const stop = async () => {
    await rounds.stop();
    await Promise.all(channels.map((each) => each.stop()));
    await app.stop();
    await deliverer.stop(2_000);
    await listening.close();
    await tables.stop();
  };
  stopOnSignal(async () => {
    await stop();
    await storage.close();
  }, log);
  try {
    await Promise.all(channels.map((each) => each.start(app.receive)));
  } catch (error) {
    await stop();
    throw error;
  }
  const invited = sample && [
    START.sample,
    START.officer(channels[0].inviteLink(sample.officer) ?? ''),
    START.coordinator(channels[0].inviteLink(sample.coordinator) ?? ''),
  ];
  // In one piece: whoever waits for the first line has the links with it.
  console.log([START.running(listening.url, config.DATA_DIR), ...(invited ?? [])].join('\n'));
}

const publicUrlOf = ({ PUBLIC_URL }: Config): { publicUrl?: string } =>
  PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL };

/** Finishes the turn in hand and leaves; a second signal, or five seconds, end it at once. */
function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), 5_000).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
