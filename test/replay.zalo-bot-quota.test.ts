// The month's messages of the Zalo Bot through the real program: used up in the middle of a burst, told elsewhere, and gone on with.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { figure } from '../src/domain/report.ts';
import { type Visitor, visit } from './support/visitor.ts';
import { BOT_SECRET, type BotOffice, openBotOffice } from './support/zalo-bot-office.ts';
import type { BotPerson } from './support/zalo-bot-officer.ts';

describe("The month's messages", () => {
  const QUOTA = 20;
  const CROWD = 6;
  const FORM = { template: 'so-cong-thuong-ha-nam', period: '2024-6T' };
  /** The first indicators of the form; every officer has other figures. */
  const ROWS = ['ke-hoach-cchc', 'nhiem-vu-de-ra', 'nhiem-vu-hoan-thanh', 'van-ban-chi-dao'];
  const figureOf = (row: number, officer: number): number => ([10, 60, 30, 90][row] ?? 0) + officer;
  const ids = Array.from({ length: CROWD }, (_, n) => `phong-${n + 1}`);
  const settings = { ZALO_BOT_SECRET: BOT_SECRET, ZALO_BOT_QUOTA: String(QUOTA) };
  let office: BotOffice;
  let officers: readonly BotPerson[] = [];
  let codes: readonly string[] = [];
  let web: Visitor;
  let posts = 0;

  const post = async (path: string, body: object): Promise<void> => {
    posts += 1;
    expect(await web.post(office.url, path, { id: `p${posts}`, ...body })).toBeLessThan(300);
  };
  /** What the coordinator reads in the browser. */
  const onWeb = (): string[] =>
    web.seen.flatMap(({ message }) =>
      message.mine
        ? []
        : [message.text.map((span) => (typeof span === 'string' ? span : span.bold)).join('')],
    );
  const told = () => onWeb().filter((text) => /^Kênh Zalo Bot tháng/.test(text));
  /** Everybody writes in the same moment; resolves when all of it was taken in. */
  async function atOnce(words: (n: number) => string): Promise<void> {
    for (const [n, officer] of officers.entries()) officer.bot.say(words(n));
    await office.zalo.settled();
  }
  const sent = () => officers.reduce((sum, { bot }) => sum + bot.messages().length, 0);
  const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 20 });

  beforeAll(async () => {
    office = await openBotOffice(ids.map((id) => ({ ...FORM, id, unit: `Phòng ${id}` })));
    const invitation = await office.invite('Đầu mối');
    const given: string[] = [];
    for (const id of ids) given.push(await office.invite(`Cán bộ ${id}`, id));
    codes = given;
    await office.start(settings);
    web = await visit(office.url);
    void web.listen(office.url);
    await post('/api/start', { code: invitation });
    officers = ids.map(() => office.person());
  });
  afterAll(async () => {
    web?.close();
    await office?.close();
  });

  it('are sent to the last one and not one more, though many are waiting', async () => {
    await atOnce((n) => `/start ${codes[n]}`);
    for (const row of [0, 1, 2]) await atOnce((n) => `${figureOf(row, n)}`);
    await soon(() => expect(sent()).toBeGreaterThanOrEqual(QUOTA));
    await atOnce((n) => `${figureOf(3, n)}`);
    await pause(300);
    expect(sent()).toBe(QUOTA);
  });

  it('used up are told to the coordinator on another channel once, also after a power cut', async () => {
    await soon(() => expect(told().at(-1)).toMatch(/đã gửi 20\/20 tin/));
    await office.kill();
    await office.start(settings);
    void web.listen(office.url);
    const before = onWeb().length;
    await post('/api/send', { text: '/baocao' });
    await soon(() =>
      expect(onWeb().slice(before).join('\n')).toMatch(/Kênh Zalo Bot tháng \d+: đã gửi 20\/20 tin/),
    );
    expect(told().filter((text) => text.includes('20/20'))).toHaveLength(1);
    expect(new Set(told()).size).toBe(told().length);
    expect(sent()).toBe(QUOTA);
  });

  it('come when there are more, and nothing that was written meanwhile is lost', async () => {
    await office.stop();
    await office.start({ ...settings, ZALO_BOT_QUOTA: '3000' });
    await soon(() => {
      for (const { bot } of officers)
        expect(bot.messages().at(-1)?.text).toMatch(/^Chỉ tiêu 5\/\d+ của mục/m);
    });
    for (const [n, { bot }] of officers.entries())
      for (const row of [0, 1, 2, 3]) {
        const echo = new RegExp(`^✓ .+: ${figureOf(row, n)}`, 'm');
        expect(bot.messages().filter(({ text }) => echo.test(text))).toHaveLength(1);
      }
    expect(await office.stop(), office.output()).toBe(0);
    for (const [n, id] of ids.entries()) {
      const report = await office.look((storage) => storage.report(`${id}/${id}`));
      const figures = Object.entries(report?.answers ?? {}).map(([row, answer]) => [row, figure(answer)]);
      expect(figures).toEqual(ROWS.map((row, at) => [row, figureOf(at, n)]));
    }
    expect(office.leaks()).toEqual([]);
  });
});
