// The doctor on the settings: what contradicts itself, what has no effect, what is open to others.
import { readFile, stat } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { type Config, SETTINGS } from '../config.ts';
import { SETTINGS_SAID as SAID } from '../text/doctor.ts';
import { bad, type Check, odd, ok, when } from './doctor-check.ts';

/** Everything that can be said from the settings alone. */
export async function checkSettings(config: Config): Promise<readonly Check[]> {
  const found = [
    ...server(config),
    ...publicAddress(config),
    ...channels(config),
    ...when(config.TIMEZONE !== 'Asia/Ho_Chi_Minh', () => odd(SAID.timezone(config.TIMEZONE))),
    ...when(!['error', 'warn', 'info'].includes(config.LOG_LEVEL), () =>
      odd(SAID.logLevel(config.LOG_LEVEL)),
    ),
    ...(await envFile()),
  ];
  const faults = found.filter(({ is }) => is !== 'ok').length;
  return [...when(faults === 0, () => ok(SAID.fine(SETTINGS.length))), node(), ...found];
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < 20 || (major === 20 && minor < 19);
  return isOld ? bad(SAID.oldNode(process.versions.node)) : ok(SAID.node(process.versions.node));
}

const isHere = (host: string): boolean => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);

function server(config: Config): readonly Check[] {
  const { HOST, PORT, PUBLIC_URL, METRICS_HOST, METRICS_PORT } = config;
  return [
    ...when(process.getuid?.() === 0, () => odd(SAID.root)),
    ...when(!isHere(HOST) && PUBLIC_URL === undefined, () => odd(SAID.noPublic(HOST))),
    ...when(METRICS_PORT === PORT, () => bad(SAID.samePort)),
    ...when(!isHere(METRICS_HOST) && METRICS_PORT !== undefined, () => odd(SAID.openMetrics(METRICS_HOST))),
    ...when(!isHere(METRICS_HOST) && METRICS_PORT === undefined, () =>
      odd(SAID.unused('METRICS_HOST', 'METRICS_PORT')),
    ),
  ];
}

/** True when a platform can call it: https, and not a name of this machine alone. */
const isCallable = (url: string | undefined): boolean =>
  url?.startsWith('https:') === true && !isHere(new URL(url).hostname);

function publicAddress({ PUBLIC_URL }: Config): readonly Check[] {
  if (PUBLIC_URL === undefined) return [];
  const { protocol, hostname } = new URL(PUBLIC_URL);
  return when(protocol !== 'https:' && !isHere(hostname), () => odd(SAID.plainPublic));
}

const ROOTS: readonly (readonly [keyof Config, string])[] = [
  ['TELEGRAM_API_ROOT', 'https://api.telegram.org'],
  ['ZALO_API_ROOT', 'https://openapi.zalo.me'],
  ['ZALO_OAUTH_ROOT', 'https://oauth.zaloapp.com'],
  ['ZALO_ZBS_ROOT', 'https://business.openapi.zalo.me'],
  ['ZALO_BOT_API_ROOT', 'https://bot-api.zaloplatforms.com'],
];

/** Settings that do nothing without another one. */
const IDLE: readonly (readonly [name: keyof Config, without: keyof Config])[] = [
  ['TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_BOT_TOKEN'],
  ['ZALO_APP_ID', 'ZALO_OA_ID'],
  ['ZALO_APP_SECRET', 'ZALO_OA_ID'],
  ['ZALO_OA_SECRET_KEY', 'ZALO_OA_ID'],
  ['ZALO_REFRESH_TOKEN', 'ZALO_OA_ID'],
  ['ZALO_REMINDER_TEMPLATE_ID', 'ZALO_OA_ID'],
  ['ZALO_BOT_SECRET', 'ZALO_BOT_TOKEN'],
];

function channels(config: Config): readonly Check[] {
  const { PUBLIC_URL, TELEGRAM_BOT_TOKEN, TELEGRAM_MODE, TELEGRAM_WEBHOOK_SECRET } = config;
  const { ZALO_BOT_TOKEN, ZALO_BOT_SECRET, ZALO_BOT_MODE, ZALO_OA_ID, ZALO_PAID_MESSAGES } = config;
  const telegramHook = TELEGRAM_BOT_TOKEN !== undefined && TELEGRAM_MODE === 'webhook';
  const botHook =
    ZALO_BOT_TOKEN !== undefined &&
    (ZALO_BOT_MODE === 'webhook' ||
      (ZALO_BOT_MODE === 'auto' && ZALO_BOT_SECRET !== undefined && PUBLIC_URL !== undefined));
  const callable = isCallable(PUBLIC_URL);
  return [
    ...when(telegramHook && !callable, () => bad(SAID.webhookNeedsHttps('Telegram'))),
    ...when(botHook && !callable, () => bad(SAID.webhookNeedsHttps('Zalo Bot'))),
    ...when(ZALO_OA_ID !== undefined && !callable, () => bad(SAID.oaNeedsPublic)),
    ...when(TELEGRAM_BOT_TOKEN !== undefined && !telegramHook && TELEGRAM_WEBHOOK_SECRET !== undefined, () =>
      odd(SAID.secretUnused('TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_MODE=polling')),
    ),
    ...when(ZALO_BOT_SECRET !== undefined && ZALO_BOT_TOKEN !== undefined && PUBLIC_URL === undefined, () =>
      odd(SAID.unused('ZALO_BOT_SECRET', 'PUBLIC_URL')),
    ),
    ...when(ZALO_PAID_MESSAGES === 'on' && ZALO_OA_ID === undefined, () =>
      odd(SAID.unused('ZALO_PAID_MESSAGES=on', 'ZALO_OA_ID')),
    ),
    ...IDLE.filter(([name, without]) => config[name] !== undefined && config[without] === undefined).map(
      ([name, without]) => odd(SAID.unused(name, without)),
    ),
    ...ROOTS.filter(([name, usual]) => config[name] !== usual).map(([name]) => odd(SAID.testRoot(name))),
  ];
}

/** Names that nobody reads are mostly misspelt. */
async function envFile(): Promise<readonly Check[]> {
  const text = await readFile('.env', 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const { mode } = await stat('.env');
  const unknown = Object.keys(parseEnv(text)).filter((name) => !SETTINGS.includes(name));
  return [
    ...when((mode & 0o007) !== 0, () => odd(SAID.openEnv)),
    ...unknown.map((name) => odd(SAID.unknownName(name))),
  ];
}
