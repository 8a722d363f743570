// Builds everything from the settings and keeps it running; the only place where all parts meet.
import { openStorage, placeOfStore } from '../storage/open.ts';
import type { Storage } from '../storage/storage.ts';
import { openUploads } from '../storage/uploads.ts';
import { createAlarm } from './alarm.ts';
import { createApp } from './app.ts';
import { type Config, loadEnvFile, readConfig, secretsOf } from './config.ts';
import { createDeliverer } from './deliver.ts';
import type { Template } from './domain/template.ts';
import { createFiles } from './files/files.ts';
import { createFlood } from './flood.ts';
import { createLinks } from './links.ts';
import { createLog } from './log.ts';
import { gaugesOf, measuredChannel, measuredStorage } from './measured.ts';
import { createMetrics } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { addressOf, openChannels } from './open-channels.ts';
import { createReadiness } from './readiness.ts';
import { createReadingThread } from './reading-thread.ts';
import { VERSION } from './release.ts';
import { createTableThread } from './report-thread.ts';
import { type Calendar, calendarOrFail, fail, requireForms, templatesOrFail } from './required.ts';
import { createRounds } from './rounds.ts';
import { openSample } from './sample.ts';
import { createServer, isLoopback } from './server.ts';
import { stopOnSignal } from './stop.ts';
import { START } from './text/operator.ts';
import { linksFor } from './turn-taken.ts';

/** What one conversation may send at once: several whole forms, answer by answer. */
const BURST = 2_000;

async function main(): Promise<void> {
  loadEnvFile();
  const read = readConfig();
  if ('faults' in read) fail(START.badSettings, ...read.faults.map((each) => `  ${each}`));
  const { config } = read;
  const templates = await templatesOrFail(config);
  const calendar = await calendarOrFail(config);
  const storage = await openStorage(storeOf(config));
  try {
    await run(config, templates, calendar, storage);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function run(
  config: Config,
  templates: readonly Template[],
  { holidays, warnings }: Calendar,
  opened: Storage,
): Promise<void> {
  await requireForms(opened, templates);
  const log = createLog(config.LOG_LEVEL, secretsOf(config));
  const metrics = createMetrics();
  const { storage, writeFault } = measuredStorage(opened, metrics);
  for (const warning of warnings) log.warn(warning);
  const tables = createTableThread();
  const reading = createReadingThread();
  const now = () => new Date();
  const files = createFiles({
    ...{ storage, templates, now, timezone: config.TIMEZONE, make: tables.make },
    links: (code) => linksFor(channels, code),
  });
  const links = createLinks({ storage, files, log, now, ...publicUrlOf(config) });
  const alarm = createAlarm({ storage, log, now, timezone: config.TIMEZONE, wake: () => deliverer.wake() });
  const resumed = (channel: string) => deliverer.resume(channel);
  const uploads = await openUploads(storeOf(config));
  const measured = openChannels({ config, storage, files, uploads, log, alarm, resumed }).map((each) =>
    measuredChannel(each, metrics),
  );
  const channels = measured.map(({ channel }) => channel);
  /** By channel: why it could not be started. */
  const refused = new Map<string, string>();
  const watched = measured.map(({ name, fault }) => ({ name, fault: () => refused.get(name) ?? fault() }));
  const readiness = createReadiness({ storage, writeFault, templates: templates.length, channels: watched });
  const metricsText = async () => metrics.text(await gaugesOf(storage, VERSION, now()));
  const server = createServer({
    routes: [...channels, links],
    health: () => ({ version: VERSION, uptime: Math.round(process.uptime()) }),
    ready: readiness.look,
    ...(isPrivate(config) ? { metrics: metricsText } : {}),
    host: config.HOST,
    port: config.PORT,
    publicUrl: addressOf(config),
    trustedProxies: config.TRUSTED_PROXY ?? [],
    log,
  });
  // Nothing is sent, received or written before it is sure that this process can serve.
  const listening = await server.listen();
  const { METRICS_HOST: host, METRICS_PORT: port } = config;
  const closeMetrics = port !== undefined && (await serveMetrics({ host, port, text: metricsText, log }));
  const sample = await openSample({ storage, templates, timezone: config.TIMEZONE, now: new Date() });
  const deliverer = createDeliverer({
    ...{ storage, channels, files, links, templates, log, readFile: reading.read },
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
    metrics,
    flood: createFlood({ perMinute: config.EVENTS_PER_MINUTE, burst: BURST, now: Date.now }),
  });
  // The store keeps every reminder from being sent twice; one instance that looks is enough.
  let leads = false;
  const leaveRounds = storage.lead('rounds', (now) => {
    leads = now;
  });
  const rounds = createRounds({
    ...{ storage, templates, now, holidays, log },
    leads: () => leads,
    timezone: config.TIMEZONE,
    wake: () => deliverer.wake(),
  });
  const stop = async () => {
    readiness.enter('stopping');
    await rounds.stop();
    await leaveRounds();
    await Promise.all(channels.map((each) => each.stop()));
    await app.stop();
    await deliverer.stop(2_000);
    await listening.close();
    if (closeMetrics) await closeMetrics();
    await Promise.all([tables.stop(), reading.stop()]);
    await uploads.close();
  };
  stopOnSignal(async () => {
    await stop();
    await storage.close();
  }, log);
  // A platform that refuses us is for the operator to mend; whoever comes on another channel is served meanwhile.
  await Promise.all(
    channels.map((each) =>
      each.start(app.receive).catch((error: unknown) => {
        refused.set(each.name, error instanceof Error ? error.message : String(error));
        log.error({ channel: each.name, err: error }, 'a channel could not be started; the others go on');
      }),
    ),
  );
  readiness.enter('serving');
  const invited = sample && [
    START.sample,
    START.officer(channels[0]?.inviteLink(sample.officer) ?? ''),
    START.coordinator(channels[0]?.inviteLink(sample.coordinator) ?? ''),
  ];
  // In one piece: whoever waits for the first line has the links with it.
  const down = [...refused].map(([name, why]) => START.channelDown(name, why));
  const running = START.running(listening.url, placeOfStore(storeOf(config)));
  console.log([running, ...down, ...(invited ?? [])].join('\n'));
}

/** Nobody reaches this server but programs on this machine, and no proxy stands in front of it. */
const isPrivate = ({ METRICS_PORT, PUBLIC_URL, HOST }: Config): boolean =>
  METRICS_PORT === undefined && PUBLIC_URL === undefined && isLoopback(HOST);

const storeOf = ({ DATA_DIR, DATABASE_URL }: Config) => ({ dataDir: DATA_DIR, databaseUrl: DATABASE_URL });

const publicUrlOf = ({ PUBLIC_URL }: Config): { publicUrl?: string } =>
  PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL };

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
