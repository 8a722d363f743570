// The five documents filled, handed in, returned, corrected and accepted through the real program on the Zalo Bot, where everything is typed.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../src/codes.ts';
import type { Report } from '../src/domain/report.ts';
import type { Template } from '../src/domain/template.ts';
import type { Seen } from './stand-ins/zalo-bot/world.ts';
import {
  type Document,
  differences,
  expectedCells,
  fillForm,
  readDocument,
  type Told,
} from './support/officer.ts';
import { recordedIn } from './support/process.ts';
import { storedCells } from './support/stored.ts';
import { allTemplates } from './support/world.ts';
import { type BotOffice, openBotOffice } from './support/zalo-bot-office.ts';
import { type BotPerson, codeFor, once } from './support/zalo-bot-officer.ts';
import { BUSY, GROUPS, SEEN_AS } from './support/zalo-bot-troubles.ts';
import { handIn, LET_PASS, received } from './support/zalo-handing-in.ts';
import { enter } from './support/zalo-office.ts';

/** Typed by mistake, so that there is something to correct. */
const SLIP = { row: 'van-ban-chi-dao', value: '33' };
/** Longer than an answer that is stored stays away, even when its way is disturbed (ms). */
const SILENCE = 3_000;
/** Longer than a person stays without an answer while the program starts again. */
const PATIENCE = 12_000;
/** Messages that a finished form may take beside one for each indicator: the review, and what was asked for or sent again. */
const BESIDES = 10;
const ASKS = /^Chỉ tiêu \d+\/\d+ của mục/m;
type Officer = BotPerson & { readonly id: string };
type Got = { readonly link: string; readonly bytes: Uint8Array; readonly pictures: readonly Seen[] };
type Filled = {
  readonly told: Told;
  readonly template: Template;
  readonly document: Document;
  readonly tables: readonly Got[];
  readonly report: Report | undefined;
  readonly recorded: readonly [string, number][];
  /** Ids of the links that were opened, one for each time. */
  readonly opened: readonly string[];
};

describe.each(GROUPS)('Officers on the Zalo Bot by $mode', ({ mode, ids, settings, manner, troubles }) => {
  const told = new Map<string, Told>();
  const tables = new Map<string, Got[]>(ids.map((id) => [id, []]));
  const spent = new Map<string, readonly Seen[]>();
  const filled = new Map<string, Filled>();
  /** At each power cut, by officer: answers that were acknowledged, and answers that were stored. */
  const cuts: { acknowledged: number; stored: number }[] = [];
  let office: BotOffice;
  let coordinator: BotPerson;
  let officers: readonly Officer[] = [];
  let ending: number | null = null;
  let acts = 0;
  let troubled: Promise<void> = Promise.resolve();

  async function powerCut(after: number): Promise<void> {
    if (after > 0) await pause(after);
    await office.kill();
    for (const { id, bot } of officers) {
      const acknowledged = once(bot.messages()).filter(({ text }) => /^✓ /m.test(text)).length;
      const recorded = await recordedIn(office.folder, `${id}/${id}`);
      cuts.push({ acknowledged, stored: recorded.reduce((sum, [, n]) => sum + n, 0) });
    }
    await office.start(settings);
    const up = performance.now();
    await office.zalo.settled();
    // What was stored is answered within that time; what was lost on its way, no program can know of.
    const waiting = () => officers.filter((officer) => officer.isWaiting(up));
    for (let waited = 0; waited < SILENCE && waiting().length > 0; waited += 20) await pause(20);
    for (const officer of waiting()) officer.repeats();
  }
  function trouble(): void {
    acts += 1;
    const what = troubles[acts];
    if (what === undefined) return;
    // One after the other: what a cut has to do with is over when the next trouble comes.
    troubled = troubled.then(async () => {
      if ('cutAfter' in what) await powerCut(what.cutAfter);
      else if ('call' in what) office.zalo.fault(what.call, what.fault);
      else office.zalo.set(what.settings);
    });
  }

  /** What came with a receipt or a notice, fetched at once. */
  async function keep(id: string, person: BotPerson, link: string): Promise<void> {
    const bytes = await fetchSheet(link);
    tables.get(id)?.push({ link, bytes, pictures: await person.pictures() });
  }
  async function handInAndKeep(officer: Officer): Promise<string> {
    const before = coordinator.bot.messages().length;
    const { link } = await handIn(officer, coordinator);
    await keep(officer.id, officer, link);
    await keep(officer.id, coordinator, (await received(coordinator)).link);
    const notice = coordinator.bot.messages().slice(before);
    // So that what is told next stands apart from this.
    await coordinator.say('/baocao');
    await coordinator.hears(/^Các kỳ báo cáo đang mở/m);
    return notice.map(({ text }) => text).join('\n');
  }

  beforeAll(async () => {
    const documents = ids.map(readDocument);
    const templates = await allTemplates();
    office = await openBotOffice(
      documents.map((each) => ({ ...each, template: each.id })),
      manner,
    );
    const invitation = await office.invite('Đầu mối');
    const invitations: string[] = [];
    for (const id of ids) invitations.push(await office.invite(`Cán bộ ${id}`, id));
    await office.start(settings);
    coordinator = office.person();
    await enter(coordinator, invitation);
    officers = ids.map((id) => ({ ...office.person({ patience: PATIENCE, before: trouble }), id }));
    await arrive(invitations);
    await Promise.all(
      officers.map(async (officer, n) => {
        const [document, template] = [documents[n], templates.find(({ id }) => id === officer.id)];
        if (!document || !template) throw new Error(`no document or form ${officer.id}`);
        told.set(officer.id, await fillForm(officer, template, withSlip(document), 80 + n));
        spent.set(officer.id, officer.bot.messages());
      }),
    );
    await troubled;
    await submitAll();
    await office.zalo.settled();
    ending = await office.stop();
    for (const [n, document] of documents.entries()) {
      const { id } = document;
      const template = templates.find((each) => each.id === id);
      const own = told.get(id);
      if (!template || !own) throw new Error(`nothing was filled for ${ids[n]}`);
      const report = await office.look((storage) => storage.report(`${id}/${id}`));
      const recorded = await recordedIn(office.folder, `${id}/${id}`);
      const opened = await office.look(async (storage) =>
        (await storage.history(`${id}/${id}`)).flatMap(({ change }) =>
          change.type === 'downloaded' ? [change.link] : [],
        ),
      );
      const got = tables.get(id) ?? [];
      filled.set(id, { told: own, template, document, report, recorded, opened, tables: got });
    }
  }, 90_000);

  /** Everybody comes in; Zalo asks us to be slower with the last one, and leaves the first one's greeting without an answer. */
  async function arrive(invitations: readonly string[]): Promise<void> {
    const calls = () => office.zalo.calls('sendMessage').length;
    office.zalo.fault('sendMessage', { kind: 'hang' });
    for (const [n, officer] of officers.entries()) {
      const before = calls();
      if (n === officers.length - 1) office.zalo.fault('sendMessage', BUSY);
      await officer.say(`/start ${invitations[n]}`);
      while (calls() === before) await pause(10);
    }
    // A minute, as our pace counts it here. Then any sign of life brings what was kept.
    await pause(400);
    for (const officer of [...officers].reverse()) {
      const isKept = officer === officers.at(-1);
      if (!isKept) await officer.hears(/^Xin chào/);
      officer.does(() => officer.bot.sendImage('bảng kê'));
      if (isKept) await officer.hears(/^Xin chào/);
      await officer.hears(/^Đã nhận ảnh/);
    }
  }

  /** Everybody hands in; the coordinator returns and accepts by the codes of the notices, the oldest first. */
  async function submitAll(): Promise<void> {
    office.zalo.fault('sendPhoto', { kind: 'gateway' });
    const notices = new Map<string, string>();
    for (const officer of officers) {
      await officer.choose('Nộp báo cáo');
      await officer.hears(/^Gõ số để chọn:$/m);
      notices.set(officer.id, await handInAndKeep(officer));
    }
    for (const officer of officers) {
      await coordinator.say(codeFor(notices.get(officer.id), 'Trả lại'));
      await coordinator.hears(/lý do trả lại/);
      await coordinator.say('Số văn bản chỉ đạo chưa đúng');
      await coordinator.hears(/^Đã trả lại/m);
    }
    office.zalo.fault('sendPhoto', { kind: 'drop-after' });
    for (const officer of officers) {
      await officer.hears(/Lý do: Số văn bản chỉ đạo chưa đúng/);
      await officer.choose('Sửa số liệu');
      await correct(officer, readDocument(officer.id));
      notices.set(officer.id, await handInAndKeep(officer));
    }
    for (const officer of officers) {
      await coordinator.say(codeFor(notices.get(officer.id), 'Tiếp nhận'));
      await coordinator.hears(/^Đã tiếp nhận/m);
      await officer.hears(/đã được tiếp nhận/);
    }
  }

  afterAll(() => office?.close());

  const of = (id: string): Filled => {
    const found = filled.get(id);
    if (!found) throw new Error(`${id} was not filled`);
    return found;
  };

  it.each(ids)('%s: every indicator is asked once, in printed order', (id) => {
    expect(of(id).told.asked).toEqual(of(id).template.indicators.map((row) => row.id));
  });

  it.each(ids)('%s: what is stored is the document, cell by cell, each answer once', (id) => {
    const { document, template, report, recorded, told } = of(id);
    const stored = document.lines.map((line) => [line.id, ...storedCells(report, line.id)]);
    expect(stored).toEqual(
      document.lines.map((line) => [line.id, ...expectedCells(line, template).slice(3)]),
    );
    const given = new Map(told.given).set(SLIP.row, (told.given.get(SLIP.row) ?? 0) + 1);
    expect(recorded).toEqual([...given].sort());
    expect(report).toMatchObject({ status: 'accepted', submissions: [{ version: 1 }, { version: 2 }] });
  });

  it.each(ids)('%s: every link opens the document as .xlsx, cell by cell', async (id) => {
    const { document, template, report, tables } = of(id);
    const [first, toCoordinator, ...corrected] = tables.map(({ bytes }) => bytes);
    expect(corrected).toHaveLength(2);
    // What the coordinator let pass is printed with the reason, in notes that were empty; nothing else changes.
    const isReason = (each: string) => each.endsWith(` note: "Giải trình: ${LET_PASS}" ≠ ""`);
    const isLetPass = Object.keys(report?.overrides ?? {}).length > 0;
    const slipped = [first, toCoordinator].map((bytes) => [bytes, withSlip(document)] as const);
    for (const [bytes, wanted] of [...slipped, ...corrected.map((each) => [each, document] as const)]) {
      const found = await differences(bytes ?? new Uint8Array(), wanted, template);
      expect(found.filter((each) => !isReason(each))).toEqual([]);
      expect(found.some(isReason)).toBe(isLetPass);
    }
  });

  it.each(ids)('%s: the table comes as pictures too, and every opening is in the history', (id) => {
    const { tables, opened } = of(id);
    expect(tables).toHaveLength(4);
    for (const { pictures } of tables) {
      expect(pictures.length).toBeGreaterThan(0);
      expect(pictures.map(({ text }) => text)).toEqual(
        pictures.map((_, n) =>
          expect.stringMatching(new RegExp(`^Ảnh chụp bảng(?:, trang ${n + 1}/\\d+)?$`)),
        ),
      );
      for (const { photo } of pictures) expect(photo?.subarray(1, 4).toString()).toBe('PNG');
    }
    // A spreadsheet is fetched once here, a picture twice by Zalo.
    const expected = tables.flatMap(({ link, pictures }) => [
      idOf(link),
      ...pictures.flatMap(({ photoUrl = '' }) => [idOf(photoUrl), idOf(photoUrl)]),
    ]);
    expect([...opened].sort()).toEqual(expected.sort());
  });

  it.each(ids)('%s: an indicator takes one message, with its echo and the next question', (id) => {
    const { told, template } = of(id);
    const all = spent.get(id) ?? [];
    // Said apart: what is asked back, what was sent ahead of its question, and warnings, which have choices of their own.
    const apart = all.filter(({ text }) => !ASKS.test(text) && /^(?:Đã ghi chú cho|[⚠✗] )/m.test(text));
    const { length } = template.indicators;
    expect(all.filter(({ text }) => ASKS.test(text)).length).toBeLessThanOrEqual(length + BESIDES / 2);
    expect(all.length).toBeLessThanOrEqual(length + apart.length + told.doubts.length + BESIDES);
    expect(all.length).toBeLessThanOrEqual(1.3 * length);
  });

  it('loses no acknowledged answer in a power cut', () => {
    expect(cuts).toHaveLength(3 * ids.length);
    for (const { acknowledged, stored } of cuts) expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(acts).toBeGreaterThan(Math.max(...Object.keys(troubles).map(Number)));
    expect(office.zalo.webhook() !== undefined).toBe(mode === 'webhook');
  });

  it('meets every trouble, ends by SIGTERM with code 0, and has printed no secret', () => {
    const met = Object.values(troubles).flatMap((each) => ('call' in each ? [each.fault.kind] : []));
    for (const kind of [...met, 'refuse', 'hang'] as const) expect(office.output()).toMatch(SEEN_AS[kind]);
    expect(ending, office.output()).toBe(0);
    expect(office.leaks()).toEqual([]);
    const links = [...filled.values()].flatMap(({ tables }) => tables.map(({ link }) => codeIn(link)));
    expect(links.filter((each) => office.output().includes(each))).toEqual([]);
  });
});

const withSlip = (document: Document): Document => ({
  ...document,
  lines: document.lines.map((line) => (line.id === SLIP.row ? { ...line, value: SLIP.value } : line)),
});

/** Types the right figure in place of the mistaken one. */
async function correct(officer: Officer, { lines }: Document): Promise<void> {
  const line = lines.find(({ id }) => id === SLIP.row);
  if (!line) throw new Error(`${officer.id} has no row ${SLIP.row}`);
  await officer.say(`/sua ${line.label}`);
  await officer.hears(/^Đang ghi: 33/m);
  await officer.say(line.value);
  await officer.hears(/^✓ /m);
}

const codeIn = (link: string): string => link.split('/').at(-2) ?? '';
const idOf = (link: string): string => sha256(codeIn(link));

async function fetchSheet(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  expect(answer.status, url).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}
