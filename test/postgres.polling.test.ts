// Two of the real program on one database with Telegram by long polling: one asks for updates, and the other follows when it ends.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgres } from '../storage/postgres.ts';
import { startTelegram, type TelegramStandIn } from './stand-ins/telegram.ts';
import { postgresServer, type Server } from './support/postgres.ts';
import { prepare, type Running, start } from './support/process.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const CODE = 'a-code-of-at-least-22-letters';
/** Another instance follows within ten seconds. */
const FOLLOWS = { timeout: 10_000, interval: 50 };
let server: Server;
let root: string;
let telegram: TelegramStandIn | undefined;
const running: Running[] = [];
beforeAll(async () => {
  server = await postgresServer();
  root = await mkdtemp(join(tmpdir(), 'chitieu-polling-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.kill()));
  await telegram?.stop();
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

/** What was noted in the report, oldest first. */
async function notesIn(url: string): Promise<(string | undefined)[]> {
  const store = await openPostgres(url);
  const history = await store.history(`${FORM}/${FORM}`);
  await store.close();
  return history.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note] : []));
}

describe('Two instances that receive from Telegram by polling', () => {
  it('take turns: when the one that polls is killed or ends the other follows, and every update counts once', async () => {
    const standIn = await startTelegram();
    telegram = standIn;
    const url = await server.freshUrl();
    await prepare(root, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }], url);
    const begin = async (name: string): Promise<Running> => {
      const bot = await start({
        ...{ DATABASE_URL: url, DATA_DIR: join(root, name), TELEGRAM_CHAT_PER_MINUTE: '6000' },
        ...{ TELEGRAM_BOT_TOKEN: standIn.token, TELEGRAM_API_ROOT: standIn.apiRoot },
      });
      running.push(bot);
      return bot;
    };
    const officer = standIn.user(501);
    const sent: string[] = [];
    const note = (): void => {
      sent.push(`lần ${sent.length + 1}`);
      officer.send(`/ghichu ${sent.at(-1)}`);
    };
    const answered = (text: string): boolean =>
      officer.messages.some((each) => each.from === 'bot' && each.text.includes(text));
    const everythingIsTaken = () => vi.waitFor(() => expect(standIn.unconfirmed()).toEqual([]), FOLLOWS);

    const first = await begin('first');
    const second = await begin('second');
    officer.send(`/start ${CODE}`);
    note();
    await vi.waitFor(() => expect(answered('lần 1')).toBe(true), FOLLOWS);
    // Some of these are stored and not confirmed, others not even fetched.
    for (let n = 0; n < 30; n++) note();
    await vi.waitFor(() => expect(answered('lần 4')).toBe(true), FOLLOWS);
    await first.kill();
    for (let n = 0; n < 10; n++) note();
    await everythingIsTaken();
    expect(await notesIn(url)).toEqual(sent);

    const third = await begin('third');
    note();
    expect((await second.stop()).code).toBe(0);
    for (let n = 0; n < 10; n++) note();
    await everythingIsTaken();
    await vi.waitFor(() => expect(answered(`lần ${sent.length}`)).toBe(true), FOLLOWS);
    expect(await notesIn(url)).toEqual(sent);
    expect((await third.stop()).code).toBe(0);
    // Telegram would have told them if two had asked at once.
    for (const { lines } of [first, second, third])
      expect(lines.join('\n')).not.toContain('another program receives');
  }, 60_000);
});
