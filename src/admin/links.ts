// The links that open an invitation, made without a running bot.
import type { Config } from '../config.ts';
import { INVITE } from '../text/admin.ts';

/** How long Telegram may take to say the bot's name (s). */
const PATIENCE = 10;

type Links = {
  readonly links: readonly { readonly channel: string; readonly link: string }[];
  readonly notes: readonly string[];
};

/** One link per channel that is set up; a note for each that cannot be known or opened from elsewhere. Asks Telegram for the bot's name. */
export async function linksTo(code: string, config: Config): Promise<Links> {
  const { PUBLIC_URL, HOST, PORT } = config;
  const here = `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${PORT}`;
  const web = { channel: 'web', link: `${PUBLIC_URL ?? here}/i/${code}` };
  const localOnly = PUBLIC_URL === undefined ? [INVITE.localOnly] : [];
  const telegram = await telegramName(config);
  if (telegram === undefined) return { links: [web], notes: localOnly };
  if ('why' in telegram) return { links: [web], notes: [...localOnly, INVITE.telegramAway(telegram.why)] };
  const chat = { channel: 'telegram', link: `https://t.me/${telegram.name}?start=${code}` };
  return { links: [web, chat], notes: localOnly };
}

/** The bot's user name; undefined without Telegram. Loads Telegram's library only when it is needed. */
async function telegramName(config: Config): Promise<{ name: string } | { why: string } | undefined> {
  const token = config.TELEGRAM_BOT_TOKEN;
  if (token === undefined) return undefined;
  const telegram = await import('../channels/telegram-api.ts');
  const readFailure = telegram.createReadFailure(telegram.createRedact(token));
  try {
    const me = await telegram.createApi(token, config.TELEGRAM_API_ROOT, PATIENCE).getMe();
    return { name: me.username };
  } catch (error) {
    return { why: readFailure(error).why };
  }
}
