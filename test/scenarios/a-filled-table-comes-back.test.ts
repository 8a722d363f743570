// The table of a report is handed out, filled in a spreadsheet and sent back: shown first, written after a tap, never guessed.
import { type CellValue, readXlsx, writeXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { parsePeriod } from '../../src/domain/period.ts';
import { createFiles } from '../../src/files/files.ts';
import { makeTable } from '../../src/report-maker.ts';
import { labels, said } from '../support/said.ts';
import { sender } from '../support/sent-file.ts';
import { allTemplates, createWorld, TIMEZONE, type World } from '../support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00Z',
};
const LATER = '2022-09-16T03:00:00Z';

let world: World;
let lan: string;
let lying: Map<string, Uint8Array>;
let chat: ReturnType<typeof sender>;

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('lan');
  lying = new Map();
  chat = sender(world, lying);
});

const press = async (label: string) => chat.run(await world.press(lan, label));
const answers = async () => (await world.storage.report('k1/u1'))?.answers ?? {};

/** The table as /file gives it now. */
async function handedOut(): Promise<Uint8Array> {
  const files = createFiles({
    ...{ storage: world.storage, templates: await allTemplates(), timezone: TIMEZONE, make: makeTable },
    now: () => new Date(LATER),
    links: () => [],
  });
  const { bytes } = await files.make({ report: 'k1/u1' }, 'xlsx');
  return bytes;
}

type Filling = { readonly value?: CellValue; readonly note?: string };

/** The file opened, filled by indicator and saved again. */
async function filled(file: Uint8Array, cells: Readonly<Record<string, Filling>>): Promise<Uint8Array> {
  const { sheets, properties } = await readXlsx(file);
  const tables = world.template.tables;
  return writeXlsx({
    sheets: sheets.map(({ name, rows }, n) => {
      const columns = tables[n]?.columns ?? [];
      const at = (key: string): number => columns.findIndex((column) => column.key === key);
      return {
        name,
        rows: rows.map((row) => {
          const id = /:([a-z0-9-]+)$/.exec(
            String(row.find((cell) => /\.v\d+:/.test(String(cell))) ?? ''),
          )?.[1];
          const own = cells[id ?? ''];
          if (!own) return [...row];
          return row.map((cell, c) =>
            c === at('value') && own.value !== undefined
              ? own.value
              : c === at('note') && own.note !== undefined
                ? own.note
                : cell,
          );
        }),
      };
    }),
    ...(properties && { properties }),
  });
}

/** The first indicators of the form that are counts. */
const counts = (): readonly string[] =>
  world.template.indicators.filter(({ type }) => type === 'count').map(({ id }) => id);
const count = (n: number): string => counts()[n] ?? '';

describe('A filled table that comes back', () => {
  it('is shown first, written after the tap, and taken back by one /hoantac', async () => {
    const file = await filled(await handedOut(), {
      [count(0)]: { value: 21 },
      [count(1)]: { value: '1.234', note: 'cả thị xã' },
      [count(2)]: { value: 0 },
    });
    const shown = await chat.send(lan, 'phu-luc.xlsx', file);
    expect(said(shown)).toContain('xem thử, chưa ghi gì');
    expect(said(shown)).toContain('4 mới:');
    expect(said(shown)).toMatch(/: 21 .*dòng \d+\)/);
    expect(labels(shown)).toEqual(['Ghi 4 số liệu', 'Không ghi từ tệp']);
    expect(await answers()).toEqual({});

    expect(said(await press('Ghi 4'))).toContain('Đã ghi 4 số liệu');
    expect((await answers())[count(0)]?.value).toEqual({ is: 'number', number: 21, decimals: 0 });
    expect((await answers())[count(1)]).toMatchObject({ value: { number: 1234 }, note: 'cả thị xã' });
    expect((await answers())[count(2)]?.value).toMatchObject({ number: 0 });

    await world.say(lan, '/hoantac');
    expect(Object.values(await answers()).filter(({ value }) => value)).toEqual([]);
  });

  it('says that nothing is new when it comes back as it was handed out, and erases nothing', async () => {
    await world.say(lan, '12; theo báo cáo của các phòng');
    const before = await answers();
    const shown = await chat.send(lan, 'phu-luc.xlsx', await handedOut());
    expect(said(shown)).toContain('Không có gì mới để ghi');
    expect(said(shown)).toContain('1 số liệu giống như đang ghi');
    expect(labels(shown)).toEqual([]);
    const empty = await filled(await handedOut(), { [count(0)]: { value: '', note: '' } });
    expect(said(await chat.send(lan, 'phu-luc.xlsx', empty))).toContain('Không có gì mới để ghi');
    expect(await answers()).toEqual(before);
  });

  it('changes what was answered before it was handed out, and leaves what was answered since unless that is chosen', async () => {
    const [first = '', second = ''] = world.template.indicators.map(({ id }) => id);
    await world.say(lan, '12');
    const file = await filled(await handedOut(), { [first]: { value: 13 }, [second]: { value: 30 } });
    world.setNow(LATER);
    await world.say(lan, '40');
    const shown = await chat.send(lan, 'phu-luc.xlsx', file);
    expect(said(shown)).toContain('1 thay đổi');
    expect(said(shown)).toMatch(/12 .*→ 13/);
    expect(said(shown)).toContain('1 khác với trong chat');
    expect(said(shown)).toMatch(/40 .*→ 30/);
    await press('Ghi 1 số liệu mới');
    expect([(await answers())[first]?.value, (await answers())[second]?.value]).toMatchObject([
      { number: 13 },
      { number: 40 },
    ]);
    await chat.send(lan, 'phu-luc.xlsx', file);
    await press('Ghi cả 1 số liệu khác trong chat');
    expect((await answers())[second]?.value).toMatchObject({ number: 30 });
  });

  it('asks about what is not clear instead of writing it, and says where it stands', async () => {
    const file = await filled(await handedOut(), {
      [count(0)]: { value: 21 },
      [count(1)]: { value: '8/21' },
      [count(2)]: { value: 'khoảng 30' },
      [count(3)]: { value: -4 },
    });
    const shown = said(await chat.send(lan, 'phu-luc.xlsx', file));
    expect(shown).toContain('3 chưa đọc rõ, chưa ghi:');
    expect(shown).toMatch(/dòng \d+, .*“8\/21”/);
    await press('Ghi 1');
    expect(Object.keys(await answers())).toEqual([count(0)]);
  });

  it('does not take for the officer’s own note what the table prints there itself', async () => {
    await world.press(lan, 'Không áp dụng');
    const shown = said(await chat.send(lan, 'phu-luc.xlsx', await handedOut()));
    expect(shown).toContain('Không có gì mới để ghi');
  });

  it('is not written when it is declined, changed or gone since', async () => {
    const own = await handedOut();
    const file = await filled(own, { [count(0)]: { value: 21 } });
    await chat.send(lan, 'a.xlsx', file);
    expect(said(await press('Không ghi từ tệp'))).toContain('giữ nguyên');
    expect(said(await press('Ghi 1'))).toContain('gửi lại tệp');
    await chat.send(lan, 'a.xlsx', file);
    lying.set('a.xlsx', await filled(own, { [count(0)]: { value: 22 } }));
    expect(said(await press('Ghi 1'))).toContain('đã khác lúc anh/chị xem');
    expect(await answers()).toEqual({});
    lying.delete('a.xlsx');
    expect(said(await press('Ghi 1'))).toContain('gửi lại tệp');
    expect(await answers()).toEqual({});
  });

  it.each<[string, Uint8Array, string]>([
    ['so.csv', new TextEncoder().encode('a;b\n1;2\n'), 'tệp văn bản'],
    ['anh.png', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'không phải bảng Excel'],
    ['cu.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'Excel đời cũ'],
    ['hong.xlsx', Buffer.from('504b030414000600', 'hex'), 'bị hỏng'],
  ])('says why %s cannot be read', async (name, bytes, why) => {
    const heard = await chat.send(lan, name, bytes);
    expect(said(heard)).toContain(why);
    expect(said(heard)).toContain('Chưa có số nào được ghi');
  });

  it('of another form is refused', async () => {
    const { template } = world;
    const other = (await allTemplates()).find(({ id }) => id !== template.id);
    const book = await readXlsx(await handedOut());
    const bytes = await writeXlsx({
      sheets: book.sheets.map(({ name, rows }) => ({
        name,
        rows: rows.map((row) =>
          row.map((cell) =>
            typeof cell === 'string' ? cell.replace(/^[a-z0-9-]+\.v\d+:/, `${other?.id}.v1:`) : cell,
          ),
        ),
      })),
    });
    expect(said(await chat.send(lan, 'khac.xlsx', bytes))).toContain('mẫu báo cáo khác');
  });

  it('is decided without buttons by its code or its words, never by a bare number or letter', async () => {
    const bare = await world.join('binh', 'officer', 'u1', 'bare');
    const file = await filled(await handedOut(), { [count(0)]: { value: 21 } });
    const [shown] = await chat.send(bare, 'phu-luc.xlsx', file);
    expect(shown?.message.marks).toBe('coded');
    for (const mark of ['1', 'a', 'có']) await chat.run(await world.say(bare, mark));
    expect(await answers()).toEqual({});
    await chat.run(await world.say(bare, 'ghi 1 số liệu'));
    expect((await answers())[count(0)]?.value).toMatchObject({ number: 21 });
  });

  it('goes to the report in hand, and where none is, that is asked first', async () => {
    const period = parsePeriod('2022-Q2');
    if (!period) throw new Error('no period');
    await world.storage.commit({
      ...{ event: 'second', at: SETUP.now, by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [{ type: 'campaign_set', campaign: { ...world.campaign, id: 'k2', period } }],
      expects: { reports: {} },
    });
    const mai = await world.join('mai');
    const file = await filled(await handedOut(), { [count(0)]: { value: 21 } });
    const asked = await chat.send(mai, 'phu-luc.xlsx', file);
    expect(said(asked)).toContain('của báo cáo nào');
    expect(labels(asked)).toHaveLength(2);
    const shown = await chat.run(await world.press(mai, labels(asked)[0] ?? ''));
    expect(said(shown)).toContain('1 mới');
  });
});

describe('The table of somebody who fills a part', () => {
  it('writes only what belongs to the part, and says in one line how much of the file does not', async () => {
    const [outside, other] = world.template.indicators;
    const own = world.template.indicators.find(
      ({ section, type }) => section === 'the-che' && type === 'count',
    );
    const cells = { [outside?.id ?? '']: { value: 12 }, [other?.id ?? '']: { value: 13 } };
    const file = await filled(await handedOut(), { ...cells, [own?.id ?? '']: { value: 7 } });
    const made = await world.say(lan, '/giao II cho An');
    await world.say('test:An', `/start ${/\/start (\S+)/.exec(said(made))?.[1]}`);
    const shown = await chat.send('test:An', 'bang.xlsx', file);
    expect(said(shown)).toContain('1 mới:');
    expect(said(shown)).toContain('2 số liệu ngoài phần được giao nên bỏ qua.');
    expect(said(shown)).not.toContain(other?.label);
    await chat.run(await world.press('test:An', 'Ghi 1'));
    expect(Object.keys(await answers())).toEqual([own?.id]);
    expect(said(await chat.send(lan, 'bang.xlsx', file))).not.toContain('ngoài phần');
  });
});
