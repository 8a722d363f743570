// The settings: the only reader of process.env. Every fault is reported at once, in one sentence each.
import { z } from 'zod';

const port = z.coerce
  .number('phải là một số')
  .int('phải là số nguyên')
  .min(1, 'từ 1 đến 65535')
  .max(65535, 'từ 1 đến 65535');
const url = z
  .url({ protocol: /^https?$/, error: 'phải là địa chỉ http:// hoặc https://' })
  .transform((text) => text.replace(/\/+$/, ''));

const Settings = z.object({
  DATA_DIR: z.string().min(1).default('./data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: url.optional(),
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
  const missing = missingForWebhook(given);
  if (result.success && missing.length === 0) return { config: result.data };
  const wrong = result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  return { faults: [...wrong, ...missing] };
}

/** What the webhook needs besides; asked apart from the schema, which looks at such things only when all else is right. */
function missingForWebhook(given: NodeJS.ProcessEnv): string[] {
  if (given.TELEGRAM_BOT_TOKEN === undefined || given.TELEGRAM_MODE !== 'webhook') return [];
  return ['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL']
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: cần có khi TELEGRAM_MODE=webhook`);
}

/** Takes up `.env` of the current folder; a missing file is fine. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
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
