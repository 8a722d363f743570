// A whole period with 168 communes: eight days before the deadline to three days after it, through power cuts, judged by what was typed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/domain/report.ts';
import type { Book } from './whole-period/coordinator.ts';
import { afterwards, dayAfter, ending } from './whole-period/days-after.ts';
import { firstRound, holidays, opening } from './whole-period/first-days.ts';
import * as judge from './whole-period/judge.ts';
import { backAtWork, dayBefore, lastDay } from './whole-period/last-days.ts';
import { askedIn, type Unit } from './whole-period/officers.ts';
import { remindersOf } from './whole-period/rounds.ts';
import { acceptancesIn, isOnTelegram, type Story } from './whole-period/story.ts';
import { openTown, type Town } from './whole-period/town.ts';

/** So long before a kill a message may have been on its way (ms). */
const ON_ITS_WAY = 2_500;

describe('168 communes in a period of eleven days', () => {
  let town: Town | undefined;
  let story: Story;
  let books: readonly Book[] = [];
  let reports = new Map<string, Report>();
  let exitCode: number | null = null;
  let now = 0;
  let isOpenCode = false;

  beforeAll(async () => {
    town = await openTown();
    story = await opening(town);
    await firstRound(story);
    await holidays(story);
    await backAtWork(story);
    await dayBefore(story);
    await lastDay(story);
    await dayAfter(story);
    books = await ending(story);
    now = Date.now();
    await afterwards(story);
    exitCode = await story.town.stop();
    await story.town.look(async (storage) => {
      const [campaign] = await storage.campaigns();
      reports = new Map((await storage.reports(campaign?.id ?? '')).map((report) => [report.unit, report]));
      const away = story.groups.away[0]?.code;
      isOpenCode = (await storage.invitations()).some(({ unit, usedAt }) => unit === away && !usedAt);
    });
  }, 300_000);

  afterAll(async () => {
    await town?.close();
  });

  const unitsWith = <T>(look: (unit: Unit) => T): Record<string, T> =>
    Object.fromEntries(story.units.map((unit) => [unit.name, look(unit)]));

  /** Due reminders that never came because the program was killed at the very moment at which they went out. */
  const isLost = (due: number, came: readonly string[]): boolean =>
    !came.includes(judge.localOf(due)) &&
    story.town.kills().some((kill) => due <= kill && kill - due < 60_000 + ON_ITS_WAY);

  it('sends every reminder that is due once, to nobody else and at no other time', () => {
    const came = unitsWith((unit) => remindersOf(unit).map(({ at }) => judge.localOf(at)));
    const due = unitsWith(({ reminders }) => reminders.map(({ from }) => from));
    const lost = Object.entries(due).flatMap(([unit, all]) =>
      all.filter((at) => isLost(at, came[unit] ?? [])),
    );
    const wanted = unitsWith(({ name, reminders }) =>
      reminders.filter(({ from }) => !isLost(from, came[name] ?? [])).map(({ from }) => judge.localOf(from)),
    );
    expect(came).toEqual(wanted);
    expect(Object.values(wanted).flat().length).toBeGreaterThan(300);
    // What may have arrived before a kill is not sent again: in a hair's breadth of time that loses one.
    expect(lost.length).toBeLessThanOrEqual(1);
  });

  it('says in a reminder whose it is and how much was missing then', () => {
    const heads = (unit: Unit) => [...new Set(remindersOf(unit).map(({ text }) => text.split('\n')[0]))];
    const wanted = 'Nhắc nộp báo cáo CCHC Quý I năm 2026 – ';
    for (const unit of story.units.filter(({ reminders }) => reminders.length > 0))
      expect(heads(unit)).toEqual([`${wanted}${unit.name}`]);
    const said = (unit: Unit) =>
      remindersOf(unit).map(({ text }) => /^Còn (\d+)\/13 chỉ tiêu/m.exec(text)?.[1]);
    const isPlain = ({ reminders, held }: Unit) =>
      held.length === 0 && reminders.every(({ missing }) => missing > 0);
    for (const unit of story.units.filter(isPlain))
      expect([...new Set(said(unit))]).toEqual([
        ...new Set(unit.reminders.map(({ missing }) => String(missing))),
      ]);
  });

  it('asks a returned officer for exactly the indicators that were returned', () => {
    expect(story.seen.returned).toHaveLength(3);
    for (const { asked, wanted } of story.seen.returned) expect(asked).toEqual(wanted);
  });

  it('says on the board what is true at every moment', () => {
    for (const { when, said, wanted } of story.seen.boards)
      expect({ when, ...Object.fromEntries(said) }).toEqual({ when, ...Object.fromEntries(wanted) });
  });

  it('takes in at once everything without a warning, and nothing else', () => {
    for (const { said, wanted } of story.seen.acceptedAtOnce) expect(said).toBe(wanted);
  });

  it('stores every report as it was typed, sent and decided', () => {
    const stands = unitsWith(({ code }) => judge.stored(reports.get(code)));
    expect(stands).toEqual(unitsWith(judge.done));
  });

  it('shows every unit on the sheet of the board as it stands', () => {
    const { stands, wanted } = judge.boardLines(books[0] ?? [], story.units, now);
    expect(stands).toEqual(wanted);
  });

  it('adds up in the consolidated workbook what was sent, unit by unit', () => {
    const { stands, wanted } = judge.consolidated(books[1] ?? [], story.units);
    expect(stands).toEqual(wanted);
    const missing = judge.namesUnder(books[1]?.[0]?.rows ?? [], /^Các đơn vị chưa nộp/);
    expect(missing.sort()).toEqual(
      story.units
        .filter((unit) => !judge.isSent(unit))
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('fills the appendix of the office with the same totals', () => {
    const { stands, wanted } = judge.appendix(books[2] ?? [], story.units);
    expect(stands).toEqual(wanted);
  });

  /**
   * What the coordinator was told in messages that begin so: when, which units are named, and how many with those that a long
   * list leaves out ("và 3 đơn vị khác").
   */
  const toldOf = (head: RegExp) =>
    story.coordinator
      .said()
      .filter(({ text }) => head.test(text))
      .map(({ at, text }) => {
        const isNamed = ({ name }: Unit) => new RegExp(`${name}(?! Tây)`).test(text);
        const names = story.units.filter(isNamed).map(({ name }) => name);
        const more = [...text.matchAll(/ và (\d+) /g)].reduce((sum, [, n]) => sum + Number(n), 0);
        return { when: judge.localOf(at), names, count: names.length + more };
      });

  /** Told at those moments and at no other, about those units and no others. */
  function expectTold(
    told: ReturnType<typeof toldOf>,
    wanted: readonly { readonly when: string; readonly names: readonly string[] }[],
  ): void {
    expect(told.map(({ when, count }) => ({ when, count }))).toEqual(
      wanted.map(({ when, names }) => ({ when, count: names.length })),
    );
    for (const [n, { names }] of wanted.entries())
      expect(names).toEqual(expect.arrayContaining([...(told[n]?.names ?? [])]));
  }

  it('tells the coordinator once before each deadline who is missing', () => {
    expectTold(toldOf(/^Còn \d+\/\d+ đơn vị chưa nộp/), story.seen.lists);
  });

  it('tells the coordinator once after every round who could not be reached', () => {
    expectTold(toldOf(/^Lần nhắc này còn/), story.seen.unreached);
  });

  it('nudges those below the percentage and tells who got it', () => {
    const isNudge = ({ text }: { text: string }) => text.startsWith('Đầu mối tổng hợp nhắc anh/chị:');
    const nudged = story.units.filter(({ chat }) => chat?.said().some(isNudge));
    const [{ said = 0, got = [], not = [] } = {}] = story.seen.nudged;
    expect(nudged.map(({ name }) => name)).toEqual(got);
    expect(nudged.every(({ chat }) => chat?.said().filter(isNudge).length === 1)).toBe(true);
    // Whether Zalo lets it through shows only when it is sent.
    expect(said - got.length).toBe(2);
    const told = toldOf(new RegExp(`^Kết quả nhắc: ${got.length} người đã nhận`));
    expectTold(told, [{ when: '2026-05-05 15:04', names: [...got, ...not] }]);
    const text = story.coordinator.said().find((each) => each.text.startsWith('Kết quả nhắc'))?.text ?? '';
    expect([...text.matchAll(/^• (.+?): /gm)].map(([, name]) => name).sort()).toEqual([...not].sort());
  });

  it('reminds the coordinator of the deadline of the office with the counts of that hour', () => {
    const told = story.coordinator.said().filter(({ text }) => text.startsWith('Sắp đến hạn của cơ quan'));
    expect(
      told.map(({ at, text }) => ({ when: judge.localOf(at), counts: text.split('\n').at(-1) })),
    ).toEqual(story.seen.passOn);
  });

  it('tells the leader of a unit that has not sent, and no other', () => {
    const told = story.leaders.map((leader) =>
      leader.said().flatMap(({ text, at }) => (/ chưa được nộp\./.test(text) ? [judge.localOf(at)] : [])),
    );
    expect(told).toEqual([['2026-05-06 12:00'], []]);
  });

  it('hands every version to the coordinator once, and tells every unit once that it was accepted', () => {
    const received = story.coordinator.said().flatMap(({ text }) => {
      const [, name, version] = /^(.+) đã nộp báo cáo\n.* · bản (\d+) · /.exec(text) ?? [];
      return name === undefined ? [] : [`${name} ${version}`];
    });
    const wanted = story.units.flatMap(({ name, versions }) => versions.map((_, n) => `${name} ${n + 1}`));
    expect([...new Set(received)].sort()).toEqual(wanted.sort());
    // At a kill the one that was on its way comes once more, and the one before it where that it was sent was not on the disk yet.
    expect(received.length - wanted.length).toBeLessThanOrEqual(2 * story.town.kills().length);
    // Whoever has not written on Zalo for two days hears of it only then.
    const onTelegram = story.units.filter(isOnTelegram);
    const told = onTelegram.map((unit) => [
      unit.name,
      ...acceptancesIn(unit).map(({ at }) => judge.localOf(at)),
    ]);
    expect(told).toEqual(onTelegram.map(({ name, acceptedAt }) => [name, ...acceptedAt.map(judge.localOf)]));
  });

  it('sends with every receipt, and to the coordinator, the table of exactly that version', async () => {
    const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    for (const unit of story.units.filter(isOnTelegram)) {
      const wanted = unit.versions.map(judge.printed);
      const own = unit.chat?.said().flatMap(({ document }) => document ?? []) ?? [];
      const theirs = story.coordinator
        .said()
        .flatMap(({ text, document }) =>
          document && text.startsWith(`${unit.name} đã nộp`) ? [document] : [],
        );
      for (const documents of [own, theirs]) {
        const tables = await Promise.all(documents.map((each) => judge.tableIn(each, unit)));
        const once = tables.filter((each, n) => !isSame(each, tables[n - 1]));
        expect(once).toEqual(wanted);
      }
    }
  });

  it('lets nobody change what was accepted', () => {
    for (const text of story.seen.locked) expect(text).not.toMatch(/^✓|^Đã ghi|^Đã nộp|^Đã rút/);
  });

  it('does nothing for whoever presses or opens what was meant for others', () => {
    expect(story.seen.pressed[0]).toBeGreaterThan(50);
    expect(story.seen.links[0]).toBe(
      'Mã mời này đã được dùng. Mỗi mã chỉ dùng một lần; anh/chị xin đầu mối tổng hợp cấp mã mới.',
    );
    expect(story.seen.links[1]).toMatch(/^Cuộc trò chuyện này đang dùng cho/);
    expect(isOpenCode).toBe(true);
  });

  it('shows no officer the name or the words of another unit', () => {
    const seen: string[] = [];
    for (const unit of story.units) {
      const words =
        unit.chat
          ?.said()
          .map(({ text, labels }) => [text, ...labels].join('\n'))
          .join('\n') ?? '';
      for (const other of story.units)
        if (
          other !== unit &&
          !unit.name.includes(other.name) &&
          (words.includes(other.name) || words.includes(other.code))
        )
          seen.push(`${unit.name} saw ${other.name}`);
    }
    expect(seen).toEqual([]);
  });

  it('asks every officer only what the form has, and ends well', () => {
    const strange = story.units.flatMap(({ chat }) =>
      (chat?.said() ?? []).filter(
        ({ text }) => /^Chỉ tiêu \d+\/\d+ của mục/m.test(text) && askedIn(text) === undefined,
      ),
    );
    expect(strange).toEqual([]);
    expect(story.town.output().filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(exitCode).toBe(0);
  });
});
