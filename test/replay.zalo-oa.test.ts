// The five documents filled, handed in, returned and accepted through the real program on Zalo, with buttons and where Zalo refuses them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/domain/report.ts';
import type { Template } from '../src/domain/template.ts';
import type { Fault, Options } from './stand-ins/zalo-oa/options.ts';
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
import { giveBack, handIn, LET_PASS, received, type Table, tableFor } from './support/zalo-handing-in.ts';
import { enter, openZaloOffice, type ZaloOffice } from './support/zalo-office.ts';
import type { ZaloChat } from './support/zalo-officer.ts';

const CS = '/v3.0/oa/message/cs';
const HASTE = 200;

type Group = {
  readonly buttons: Options['buttons'];
  readonly ids: readonly string[];
  /** How Zalo behaves all the time. */
  readonly manner: Partial<Options>;
  /** What goes wrong when the n-th thing is said or tapped. */
  readonly troubles: Readonly<Record<number, Fault | 'token expires' | 'power cut'>>;
};

const GROUPS: readonly Group[] = [
  {
    buttons: 'accepted',
    ids: ['ubnd-thi-xa-nga-nam', 'so-ngoai-vu', 'so-cong-thuong-ha-nam'],
    manner: { duplicates: true },
    troubles: {
      20: { kind: 'gateway' },
      40: { kind: 'drop-after' },
      60: 'token expires',
      80: { kind: 'error', code: -200 },
      100: { kind: 'drop-before' },
      120: { kind: 'status', status: 503 },
      140: { kind: 'slow', ms: 300 },
      160: 'token expires',
    },
  },
  {
    buttons: 'refused',
    ids: ['so-cong-thuong-soc-trang', 'so-tai-chinh-soc-trang'],
    manner: { receipts: true, disorder: true, retryLadder: [100, 200, 400] },
    troubles: {
      30: 'power cut',
      60: { kind: 'drop-after' },
      90: 'power cut',
      120: { kind: 'gateway' },
      150: 'token expires',
      180: 'power cut',
    },
  },
];

type Filled = {
  readonly told: Told;
  readonly template: Template;
  readonly document: Document;
  readonly report: Report | undefined;
  readonly recorded: readonly [string, number][];
};

describe.each(GROUPS)('Officers on Zalo with buttons $buttons', ({ buttons, ids, manner, troubles }) => {
  const told = new Map<string, Told>();
  const tables = new Map<string, readonly Table[]>();
  const sheets = new Map<string, readonly Uint8Array[]>();
  const filled = new Map<string, Filled>();
  let office: ZaloOffice;
  let ending: number | null = null;
  let [acts, cuts, shownButtons] = [0, 0, 0];
  let upAgain: Promise<void> = Promise.resolve();

  async function powerCut(): Promise<void> {
    cuts += 1;
    await office.kill();
    await office.start({ haste: HASTE });
  }
  function trouble(): void {
    acts += 1;
    const what = troubles[acts];
    if (what === 'power cut') upAgain = powerCut();
    else if (what === 'token expires')
      office.zalo.advance(office.zalo.tokens().until - office.zalo.now() + 1);
    else if (what) office.zalo.fault(CS, what);
  }

  /** The report goes up, comes back, goes up again and is accepted; every spreadsheet on the way is fetched. */
  async function submit(id: string, officer: ZaloChat, coordinator: ZaloChat): Promise<void> {
    await officer.say('/file');
    const sofar = await tableFor(officer);
    // Such a link opens the table as it stands at that moment.
    const asItStood = await fetchSheet(sofar.link);
    // Whoever is told something should have been heard from within the free hours.
    await coordinator.say('/baocao');
    const first = await handIn(officer, coordinator);
    const toCoordinator = await received(coordinator);
    await giveBack(coordinator, 'Đề nghị rà soát lại mục I');
    await officer.hears(/Lý do: Đề nghị rà soát lại mục I/);
    const again = await handIn(officer, coordinator);
    await coordinator.choose('Tiếp nhận');
    await officer.hears(/đã được tiếp nhận/);
    const handedIn = [first, toCoordinator, again];
    tables.set(id, [sofar, ...handedIn]);
    sheets.set(id, [asItStood, ...(await Promise.all(handedIn.map(({ link }) => fetchSheet(link))))]);
  }

  beforeAll(async () => {
    const documents = ids.map(readDocument);
    const templates = await allTemplates();
    office = await openZaloOffice(documents.map((each) => ({ ...each, template: each.id })));
    const invitation = await office.invite('Đầu mối');
    const invitations: string[] = [];
    for (const id of ids) invitations.push(await office.invite(`Cán bộ ${id}`, id));
    office.zalo.set({ buttons, ...manner });
    await office.start({ haste: HASTE });
    const coordinator = office.person();
    await enter(coordinator, invitation);
    const officers = ids.map(() => office.person({ before: trouble }));
    await Promise.all(
      officers.map(async (officer, n) => {
        const [document, template] = [documents[n], templates.find(({ id }) => id === ids[n])];
        if (!document || !template) throw new Error(`no document or form ${ids[n]}`);
        await officer.say(`/start ${invitations[n]}`);
        told.set(document.id, await fillForm(officer, template, document, 60 + n));
      }),
    );
    await upAgain;
    for (const [n, officer] of officers.entries()) await submit(ids[n] ?? '', officer, coordinator);
    await office.zalo.settled();
    ending = await office.stop();
    shownButtons = officers
      .flatMap((each) => each.messages())
      .filter((each) => each.buttons.length > 0).length;
    for (const [n, document] of documents.entries()) {
      const id = document.id;
      const template = templates.find((each) => each.id === id);
      const own = told.get(id);
      if (!template || !own) throw new Error(`nothing was filled for ${ids[n]}`);
      const report = await office.look((storage) => storage.report(`${id}/${id}`));
      const recorded = await recordedIn(office.folder, `${id}/${id}`);
      filled.set(id, { told: own, template, document, report, recorded });
    }
  }, 90_000);

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
    const { document, template, report, recorded } = of(id);
    const stored = document.lines.map((line) => [line.id, ...storedCells(report, line.id)]);
    expect(stored).toEqual(
      document.lines.map((line) => [line.id, ...expectedCells(line, template).slice(3)]),
    );
    expect(recorded).toEqual([...of(id).told.given].sort());
    expect(report).toMatchObject({ status: 'accepted', submissions: [{ version: 1 }, { version: 2 }] });
  });

  it.each(ids)('%s: every link opens the document as .xlsx, cell by cell', async (id) => {
    const { document, template } = of(id);
    const [sofar, ...handedIn] = sheets.get(id) ?? [];
    expect(handedIn).toHaveLength(3);
    expect(await differences(sofar ?? new Uint8Array(), document, template)).toEqual([]);
    // What the coordinator let pass is printed with the reason, in notes that were empty; nothing else changes.
    const isReason = (each: string) => each.endsWith(` note: "Giải trình: ${LET_PASS}" ≠ ""`);
    const isLetPass = Object.keys(of(id).report?.overrides ?? {}).length > 0;
    for (const bytes of handedIn) {
      const found = await differences(bytes, document, template);
      expect(found.filter((each) => !isReason(each))).toEqual([]);
      expect(found.some(isReason)).toBe(isLetPass);
    }
  });

  it.each(ids)('%s: officer and coordinator get the table as PDF', (id) => {
    const all = (tables.get(id) ?? []).map(({ attachment }) => attachment.file);
    expect(all.map((file) => file?.name)).toEqual(Array(4).fill(expect.stringMatching(/^[\w.-]+\.pdf$/)));
    for (const file of all) expect(file?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('renews the access once each time it ends, and never with a used token', () => {
    const ended = Object.values(troubles).filter((each) => each === 'token expires').length;
    expect(office.zalo.tokens()).toMatchObject({ refreshes: 1 + ended, refused: 0 });
    expect(office.zalo.calls(CS).filter(({ error }) => error === -220).length).toBeGreaterThanOrEqual(ended);
    expect(acts).toBeGreaterThan(Math.max(...Object.keys(troubles).map(Number)));
  });

  it('meets every trouble', () => {
    const faults = Object.values(troubles).filter((each) => typeof each === 'object' && each.kind !== 'slow');
    const met = office.output().match(/a message was not sent/g) ?? [];
    expect(met.length).toBeGreaterThanOrEqual(faults.length);
    expect(cuts).toBe(Object.values(troubles).filter((each) => each === 'power cut').length);
    expect(office.zalo.deliveries().some(({ status }) => status === 'failed')).toBe(cuts > 0);
    expect(shownButtons > 0).toBe(buttons === 'accepted');
  });

  it('answers every event with 200 within the two seconds that Zalo waits', () => {
    const answered = office.zalo.deliveries().filter(({ status }) => cuts === 0 || status !== 'failed');
    expect(answered.filter(({ status, ms }) => status !== 200 || ms >= 2000)).toEqual([]);
    const ids = new Set(office.zalo.deliveries().map(({ event, id }) => `${event} ${id}`));
    expect(new Set(answered.map(({ event, id }) => `${event} ${id}`))).toEqual(ids);
  });

  it('ends by SIGTERM with code 0, has paid for nothing, and has printed no secret', () => {
    expect(ending, office.output()).toBe(0);
    expect(office.zalo.charged()).toBe(0);
    expect(office.leaks()).toEqual([]);
  });
});

async function fetchSheet(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  expect(answer.status, url).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}
