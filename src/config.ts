// The settings: the only reader of process.env. Every fault is reported at once, in one sentence each.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { isProxy } from './channels/web-address.ts';
import { START } from './text/operator.ts';

const port = z.coerce
  .number('phải là một số')
  .int('phải là số nguyên')
  .min(1, 'từ 1 đến 65535')
  .max(65535, 'từ 1 đến 65535');
const url = z
  .url({ protocol: /^https?$/, error: 'phải là địa chỉ http:// hoặc https://' })
  .transform((text) => text.replace(/\/+$/, ''));

/** Never shown, not even in a complaint about it. */
const secret = z
  .string()
  .min(8, 'quá ngắn, hãy sao chép lại cả dãy')
  .regex(/^\S+$/, 'không được có khoảng trắng');

/** Addresses or networks, separated by commas. */
const proxies = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
  )
  .refine((list) => list.every(isProxy), 'là các địa chỉ IP hoặc mạng, ví dụ 10.0.0.5, 172.18.0.0/16');

const Settings = z.object({
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .refine(
      (text) => /^postgres(?:ql)?:\/\/\S+$/.test(text) && URL.canParse(text),
      'có dạng postgres://người-dùng:mật-khẩu@máy-chủ:5432/tên',
    )
    .optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: url
    .refine(
      (text) => /^https?:\/\/[^/?#]+\/?$/i.test(text),
      'không có đường dẫn sau tên miền: trang chat phải nằm ở gốc, ví dụ https://cchc.example',
    )
    .optional(),
  TRUSTED_PROXY: proxies.optional(),
  EVENTS_PER_MINUTE: z.coerce.number('phải là một số').int('phải là số nguyên').min(0, 'từ 0').default(300),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_PORT: port.optional(),
  TIMEZONE: z
    .string()
    .default('Asia/Ho_Chi_Minh')
    .refine(isTimezone, 'không phải múi giờ, ví dụ Asia/Ho_Chi_Minh'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'là một trong fatal, error, warn, info, debug, trace, silent',
    )
    .default('info'),
  TEMPLATES_DIR: z.string().min(1).default('./templates'),
  HOLIDAYS_FILE: z.string().min(1).default('./src/holidays.yaml'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'có dạng 123456:ABC…, lấy từ @BotFather')
    .optional(),
  TELEGRAM_MODE: z.enum(['polling', 'webhook'], 'là polling hoặc webhook').default('polling'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'từ 16 đến 256 ký tự A-Z a-z 0-9 _ -')
    .optional(),
  TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
  TELEGRAM_PER_SECOND: z.coerce.number('phải là một số').min(1, 'từ 1').default(25),
  TELEGRAM_CHAT_PER_MINUTE: z.coerce.number('phải là một số').min(1, 'từ 1').default(120),
  ZALO_OA_ID: z
    .string()
    .regex(/^\d{5,25}$/, 'là dãy số của Official Account')
    .optional(),
  ZALO_APP_ID: z
    .string()
    .regex(/^\d{5,25}$/, 'là dãy số của ứng dụng trên developers.zalo.me')
    .optional(),
  ZALO_APP_SECRET: secret.optional(),
  ZALO_OA_SECRET_KEY: secret.optional(),
  ZALO_REFRESH_TOKEN: secret.optional(),
  ZALO_API_ROOT: url.default('https://openapi.zalo.me'),
  ZALO_OAUTH_ROOT: url.default('https://oauth.zaloapp.com'),
  ZALO_ZBS_ROOT: url.default('https://business.openapi.zalo.me'),
  ZALO_BUTTONS: z.enum(['auto', 'on', 'off'], 'là auto, on hoặc off').default('auto'),
  ZALO_PAID_MESSAGES: z.enum(['off', 'on'], 'là off hoặc on').default('off'),
  ZALO_REMINDER_TEMPLATE_ID: z
    .string()
    .regex(/^\d{1,25}$/, 'là dãy số của mẫu tin ZBS')
    .optional(),
  ZALO_BOT_TOKEN: z
    .string()
    .regex(/^\d+:\S+$/, 'có dạng 123456:abc…, lấy từ Zalo Bot Creator')
    .optional(),
  ZALO_BOT_MODE: z.enum(['auto', 'polling', 'webhook'], 'là auto, polling hoặc webhook').default('auto'),
  ZALO_BOT_SECRET: z
    .string()
    .regex(/^[\w-]{8,256}$/, 'từ 8 đến 256 ký tự A-Z a-z 0-9 _ -')
    .optional(),
  ZALO_BOT_API_ROOT: url.default('https://bot-api.zaloplatforms.com'),
  ZALO_BOT_QUOTA: z.coerce.number('phải là một số').int('phải là số nguyên').min(1, 'từ 1').default(3000),
});

/** The settings as the program uses them. */
export type Config = z.output<typeof Settings>;

/**
 * Reads the settings from the environment, and from `.env` when there is one (the environment wins). An empty variable counts
 * as not set. Returns every fault as "NAME: what is wrong".
 */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
): { config: Config } | { faults: readonly string[] } {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = Settings.safeParse(given);
  const missing = missingFor(given);
  if (result.success && missing.length === 0) return { config: result.data };
  const wrong = result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  return { faults: [...wrong, ...missing] };
}

/** What settings need besides; asked apart from the schema, which looks at such things only when all else is right. */
const NEEDED: readonly {
  readonly by: string;
  readonly when?: readonly [name: string, value: string];
  readonly names: readonly string[];
}[] = [
  {
    by: 'TELEGRAM_BOT_TOKEN',
    when: ['TELEGRAM_MODE', 'webhook'],
    names: ['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL'],
  },
  { by: 'ZALO_OA_ID', names: ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_SECRET_KEY'] },
  { by: 'ZALO_BOT_TOKEN', when: ['ZALO_BOT_MODE', 'webhook'], names: ['ZALO_BOT_SECRET', 'PUBLIC_URL'] },
];

function missingFor(given: NodeJS.ProcessEnv): string[] {
  return NEEDED.flatMap(({ by, when, names }) => {
    if (given[by] === undefined || (when && given[when[0]] !== when[1])) return [];
    const reason = when ? `${when[0]}=${when[1]}` : `có ${by}`;
    return names.filter((name) => given[name] === undefined).map((name) => `${name}: cần có khi ${reason}`);
  });
}

/** The name of every setting there is. */
export const SETTINGS: readonly string[] = Object.keys(Settings.shape);

const SECRET = /_(TOKEN|SECRET|SECRET_KEY)$/;

/** What must never be shown, wherever it turns up: the secrets among the settings, and the password in the address of a database. */
export function secretsOf(config: Config): readonly string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    if (SECRET.test(name)) return [value];
    const password = /^[a-z]+:\/\/[^/@]*?:([^/@]+)@/i.exec(value)?.[1];
    return password === undefined ? [] : [password, decoded(password)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes up `.env` of the current folder; a missing file is fine. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // Node says the same of a file that is there but not ours to read: going on without it would use another store.
    if (existsSync('.env')) throw new Error(START.unreadableEnv, { cause: error });
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('vi', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
