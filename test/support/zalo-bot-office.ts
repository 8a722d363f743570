// An office whose people are on the Zalo Bot, for tests: as the one on the Official Account, which is turned off here.
import { startZaloBot, type ZaloBotStandIn } from '../stand-ins/zalo-bot.ts';
import { type BotPerson, botPerson } from './zalo-bot-officer.ts';
import { openZaloOffice, type ZaloOffice } from './zalo-office.ts';

export type BotOffice = Omit<ZaloOffice, 'zalo' | 'start' | 'person'> & {
  readonly zalo: ZaloBotStandIn;
  /** Settings besides those that are always given, e.g. ZALO_BOT_SECRET, with which it receives by webhook. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  person(how?: Parameters<typeof botPerson>[1]): BotPerson;
};

/** For ZALO_BOT_SECRET: with it the program receives by webhook. */
export const BOT_SECRET = 'bi-mat_cua-dia-chi-nhan-tin';

/** How many times faster the clock of the pace runs. */
const HASTE = 200;
/** A call that hangs is given up after half a minute; here after two seconds. */
const IMPATIENCE = `globalThis.setTimeout = new Proxy(setTimeout, {
  apply: (wait, self, [what, ms, ...rest]) => wait(what, ms === 30_000 ? 2_000 : ms, ...rest),
});`;

/** Prepares the periods; nothing runs yet. */
export async function openBotOffice(
  openings: Parameters<typeof openZaloOffice>[0],
  how: Parameters<typeof startZaloBot>[0] = {},
): Promise<BotOffice> {
  const office = await openZaloOffice(openings);
  const zalo = await startZaloBot(how);
  const { zalo: _, ...rest } = office;
  const env = {
    ...{
      ZALO_OA_ID: '',
      ZALO_APP_ID: '',
      ZALO_APP_SECRET: '',
      ZALO_OA_SECRET_KEY: '',
      ZALO_REFRESH_TOKEN: '',
    },
    ...{ ZALO_BOT_TOKEN: zalo.token, ZALO_BOT_API_ROOT: zalo.apiRoot },
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(IMPATIENCE)}`,
  };
  return {
    ...{ ...rest, zalo },
    start: (settings = {}) => office.start({ haste: HASTE, settings: { ...env, ...settings } }),
    person: (how) => botPerson(zalo.user(), how),
    leaks() {
      const secrets = [zalo.token, zalo.token.split(':')[1] ?? '', BOT_SECRET];
      return [...office.leaks(), ...secrets.filter((each) => office.output().includes(each))];
    },
    async close() {
      await office.close();
      await zalo.stop();
    },
  };
}
