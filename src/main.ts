// Builds everything from the settings and keeps it running; the only place where all parts meet.
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/storage.ts';
import { loadTemplates } from '../templates/load.ts';
import { createApp } from './app.ts';
import type { Channel } from './channels/channel.ts';
import { createTelegramChannel } from './channels/telegram.ts';
import { createWebChannel } from './channels/web.ts';
import { type Config, loadEnvFile, readConfig } from './config.ts';
import { createDeliverer } from './deliver.ts';
import type { Template } from './domain/template.ts';
import { createLog, type Log } from './log.ts';
import { mayHave } from './own-files.ts';
import { reportFile } from './report-file.ts';
import { openSample } from './sample.ts';
import { createServer } from './server.ts';
import { COMMAND } from './text/menu.ts';
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
  const storage = await openStorage({ dataDir: config.DATA_DIR });
  try {
    await run(config, templates, storage);
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

async function run(config: Config, templates: readonly Template[], storage: Storage): Promise<void> {
  await requireForms(storage, templates);
  const log = createLog(config.LOG_LEVEL);
  const publicUrl = config.PUBLIC_URL ?? ownUrl(config);
  const makeFile = reportFile(storage, templates);
  const web = createWebChannel({
    transcript: storage.transcript,
    makeFile: async (request, conversation) =>
      (await mayHave(storage, conversation, request.report)) ? makeFile(request) : undefined,
    publicUrl,
    secureCookie: publicUrl.startsWith('https:'),
    log,
  });
  const telegram = telegramFor(config, log);
  const channels: readonly Channel[] = telegram ? [web, telegram] : [web];
  const server = createServer({
    channels: telegram ? [web, telegram] : [web],
    health: () => ({ status: 'ok' }),
    host: config.HOST,
    port: config.PORT,
    publicUrl,
    log,
  });
  // Nothing is sent, received or written before it is sure that this process can serve.
  const listening = await server.listen();
  const links = await openSample({ storage, templates, timezone: config.TIMEZONE, now: new Date() });
  const deliverer = createDeliverer({
    storage,
    channels,
    makeFile,
    log,
    unreachable: (conversation, message) => {
      const event = {
        id: `${message}:unreachable`,
        conversation,
        at: new Date().toISOString(),
        type: 'reachable',
        reachable: false,
      } as const;
      app.receive(event).catch((error: unknown) => log.error({ err: error }, 'unreachable was not recorded'));
    },
  });
  const app = createApp({
    storage,
    templates,
    channels,
    deliverer,
    timezone: config.TIMEZONE,
    now: () => new Date(),
    log,
  });
  const stop = async () => {
    await Promise.all(channels.map((each) => each.stop()));
    await app.stop();
    await deliverer.stop(2_000);
    await listening.close();
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
  const invited = links && [
    START.sample,
    START.officer(web.inviteLink(links.officer) ?? ''),
    START.coordinator(web.inviteLink(links.coordinator) ?? ''),
  ];
  // In one piece: whoever waits for the first line has the links with it.
  console.log([START.running(listening.url, config.DATA_DIR), ...(invited ?? [])].join('\n'));
}

/** Under which address this machine reaches the server when no public one is set. */
function ownUrl({ HOST, PORT }: Config): string {
  if (HOST === '0.0.0.0' || HOST === '::') return `http://127.0.0.1:${PORT}`;
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

function telegramFor(config: Config, log: Log) {
  if (config.TELEGRAM_BOT_TOKEN === undefined) return undefined;
  return createTelegramChannel({
    token: config.TELEGRAM_BOT_TOKEN,
    mode: config.TELEGRAM_MODE,
    apiRoot: config.TELEGRAM_API_ROOT,
    ...(config.TELEGRAM_WEBHOOK_SECRET === undefined
      ? {}
      : { webhookSecret: config.TELEGRAM_WEBHOOK_SECRET }),
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
    commands: COMMAND.listed,
    log,
  });
}

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
