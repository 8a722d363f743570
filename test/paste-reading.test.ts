// What a pasted section is understood as: no figure at another indicator than its own, and nearly all at their own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PasteChoice, Pasted, PastePlace } from '../flows/paste/pasted.ts';
import { readPaste } from '../flows/paste/read.ts';
import { canonical } from '../src/domain/canonical.ts';
import type { Indicator } from '../src/domain/template.ts';
import { readAnswer } from '../src/indicators/index.ts';
import { loadTemplates } from '../templates/load.ts';
import {
  allFilled,
  asPrinted,
  DOCUMENTS,
  type Form,
  MANGLINGS,
  type Mangling,
  type Part,
  partsOfDocument,
  type Rendered,
  render,
} from './paste-reading/forms.ts';
import { seeded } from './support/officer.ts';

const { templates } = await loadTemplates(new URL('../templates', import.meta.url).pathname);
const partsIn = (id: string, fill = allFilled): readonly Part[] => {
  const template = templates.find((each) => each.id === id);
  if (!template) throw new Error(`no form ${id}`);
  return partsOfDocument(id, template, fill);
};
const PARTS = DOCUMENTS.flatMap((id) => [...partsIn(id, asPrinted), ...partsIn(id)]);
const NGA_NAM = partsIn('ubnd-thi-xa-nga-nam', asPrinted);
const SOC_TRANG = partsIn('so-cong-thuong-soc-trang', asPrinted);
const HA_NAM = partsIn('so-cong-thuong-ha-nam', asPrinted);

const section = (parts: readonly Part[], id: string): Part => {
  const part = parts.find((each) => each.section === id);
  if (!part) throw new Error(`no section ${id}`);
  return part;
};
const paste = (part: Part, text: string, chosen?: PasteChoice, at?: string): Pasted => {
  const place: PastePlace = at === undefined ? part.place : { ...part.place, indicator: at };
  return readPaste(text, place, chosen);
};
/** "is indicator value" of every line, short enough to compare. */
const told = ({ lines }: Pasted): string[] =>
  lines.map(({ is, indicator, value, why }) =>
    [
      is,
      indicator?.id,
      value && ('number' in value ? value.number : 'code' in value ? value.code : value.is),
      is === 'placed' ? undefined : why,
    ]
      .filter((each) => each !== undefined)
      .join(' '),
  );

type Score = { wanted: number; own: number; wrong: string[] };

/**
 * Reads rendered rows back: how many of the good values stand at their own indicator, and which at another one, or are not what the
 * document says there. What was joined from several lines may begin with the end of the note above.
 */
function score(part: Part, rows: readonly Rendered[]): Score {
  const origin = rows.flatMap(({ id, text }) =>
    `${text}\n`
      .split(/\r\n?|\n/)
      .slice(1)
      .map(() => id),
  );
  const readings = new Map(part.indicators.map((row) => [row.id, readingOf(part, row)]));
  const wanted = rows.filter(({ id }) => readings.get(id)?.is === 'accept');
  const { lines } = paste(part, rows.map(({ text }) => text).join('\n'));
  const placed = lines.filter(({ is }) => is === 'placed');
  const wrong = placed.filter(({ n, text, indicator, value }) => {
    const from = origin.slice(n - 1, n - 1 + Math.max(1, text.split('\n').length));
    const reading = readings.get(indicator?.id ?? '');
    const isFigure = reading?.is === 'accept' && indicator?.type !== 'text';
    const isOther = isFigure && canonical(reading.value) !== canonical(value);
    return isOther || !from.includes(indicator?.id ?? '');
  });
  return {
    wanted: wanted.length,
    own: placed.length - wrong.length,
    wrong: wrong.map(({ text, indicator }) => `${part.name}: ${text} → ${indicator?.id}`),
  };
}

function readingOf(part: Part, row: Indicator) {
  const line = part.lines.get(row.id);
  if (!line || line.value === '') return undefined;
  return readAnswer(line.value, row, part.place.context(row, part.place.report));
}

function total(parts: readonly Part[], form: Form, { mangle }: Mangling, seed: number): Score {
  return parts.reduce<Score>(
    (sum, part, n) => {
      const { wanted, own, wrong } = score(part, mangle(render(part, form), seeded(seed + n), part));
      return { wanted: sum.wanted + wanted, own: sum.own + own, wrong: [...sum.wrong, ...wrong] };
    },
    { wanted: 0, own: 0, wrong: [] },
  );
}

describe('Five real documents, pasted section by section', () => {
  for (const mangling of MANGLINGS)
    for (const form of mangling.forms)
      it(`puts no figure at another indicator: ${form}, ${mangling.name}`, () => {
        const { wanted, own, wrong } = total(PARTS, form, mangling, 1);
        expect(wrong).toEqual([]);
        const floor = {
          'as it is': 0.9,
          'lines dropped': 0.05,
          'dropped and swapped': 0.2,
          'lines swapped': 0.3,
          'labels cut': 0.5,
          // All of it is asked: which of two, and which of two columns.
          'pasted twice': 0,
          'last period beside': 0,
        };
        expect(own / wanted).toBeGreaterThanOrEqual({ ...floor }[mangling.name as keyof typeof floor] ?? 0.3);
      });

  it('puts no figure at another indicator, whatever was mangled twice', () => {
    const cases = fc.record({
      // By their names, so that a failure can be read.
      part: fc.constantFrom(...PARTS.map(({ name }) => name)),
      // Once another period's figures stand there, a lost column may be the one that counts.
      first: fc.constantFrom(
        ...MANGLINGS.flatMap(({ name }) => (name === 'last period beside' ? [] : [name])),
      ),
      second: fc.constantFrom(...MANGLINGS.map(({ name }) => name)),
      form: fc.constantFrom<Form>('numbers', 'labels', 'table', 'quoted', 'word'),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(cases, ({ form, seed, ...names }) => {
        const part = PARTS.find(({ name }) => name === names.part);
        const first = MANGLINGS.find(({ name }) => name === names.first);
        const second = MANGLINGS.find(({ name }) => name === names.second);
        if (!part || !first || !second) throw new Error('unknown name');
        fc.pre(first.forms.includes(form) && second.forms.includes(form));
        const random = seeded(seed);
        const rows = second.mangle(first.mangle(render(part, form), random, part), random, part);
        expect(score(part, rows).wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws and tells every line, whatever the text', () => {
    const bits = fc.constantFrom(
      '\t',
      '\n',
      '"',
      '""',
      ':',
      ';',
      '-',
      '…',
      'III.7',
      '1.',
      '5.971',
      'Số nhiệm vụ đề ra trong kế hoạch',
      'Văn bản',
      ' ',
      '\r\n',
      '12',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bits, fc.string()), { maxLength: 40 }),
        fc.constantFrom(...PARTS),
        (words, part) => {
          const { lines } = paste(part, words.join(''));
          expect(lines.length).toBeGreaterThan(0);
          const ns = lines.map(({ n }) => n);
          expect(ns).toEqual([...ns].sort((a, b) => a - b));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('A list of figures', () => {
  const tthc = section(HA_NAM, 'the-che');

  it('starts at the first indicator when there is a line for each, gaps keep their place', () => {
    const result = paste(tthc, '1\n\n3\n-\n5; ghi chú');
    expect(told(result)).toEqual([
      'placed vbqppl-ban-hanh 1',
      'blank vbqppl-kiem-tra',
      'placed vbqppl-ra-soat 3',
      'blank vbqppl-kien-nghi',
      'placed vbqppl-xu-ly-xong 5',
    ]);
    expect(result.lines[4]?.note).toBe('ghi chú');
    expect(result.list).toEqual({
      lines: 5,
      inSection: 5,
      left: 5,
      starts: ['first'],
      start: 'first',
      shifted: false,
    });
  });

  it('starts at the current one when as many lines are left', () => {
    expect(told(paste(tthc, '3\n4\n5', {}, 'vbqppl-ra-soat'))[0]).toBe('placed vbqppl-ra-soat 3');
  });

  it('asks for the start otherwise, and is read again with the answer', () => {
    const asked = paste(tthc, '3\n4', {}, 'vbqppl-ra-soat');
    expect(told(asked)).toEqual(['unplaced startUnknown', 'unplaced startUnknown']);
    expect(asked.list).toMatchObject({ lines: 2, inSection: 5, left: 3, starts: ['first', 'current'] });
    expect(told(paste(tthc, '3\n4', { start: 'current' }, 'vbqppl-ra-soat'))).toEqual([
      'placed vbqppl-ra-soat 3',
      'placed vbqppl-kien-nghi 4',
    ]);
  });

  it('takes blank lines that part every two figures for what they are', () => {
    expect(told(paste(tthc, '1\n\n2\n\n3\n\n4\n\n5')).filter((line) => line !== 'blank')).toHaveLength(5);
    expect(told(paste(tthc, '1\n\n2\n\n3\n\n4\n\n5'))[8]).toBe('placed vbqppl-xu-ly-xong 5');
  });

  it('does not begin where a heading of another section stands above', () => {
    const { lines, list } = paste(tthc, 'Cải cách tài chính công\n1\n2\n3\n4\n5');
    expect(lines.filter(({ is }) => is === 'placed')).toEqual([]);
    expect(list?.starts).toEqual([]);
  });

  it('tells one impossible value as a problem, and doubts all when there are two', () => {
    const part = section(SOC_TRANG, 'tai-chinh-cong');
    const fills = part.indicators.map(({ type }) => (type === 'choice' ? '1' : '2'));
    const choices = part.indicators.flatMap(({ type }, n) => (type === 'choice' ? [n] : []));
    const one = fills.map((each, n) => (n === choices[0] ? '413' : each)).join('\n');
    const two = fills.map((each, n) => (n === choices[0] || n === choices[1] ? '413' : each)).join('\n');
    expect(choices.length).toBeGreaterThan(1);
    expect(
      paste(part, one)
        .lines.map(({ is }) => is)
        .filter((is) => is !== 'placed'),
    ).toEqual(['problem']);
    const { lines, list } = paste(part, two);
    expect(list?.shifted).toBe(true);
    expect(new Set(lines.map(({ is }) => is))).toEqual(new Set(['problem', 'doubt']));
  });

  it('doubts all when a title is counted as a line', () => {
    expect(paste(tthc, 'Số liệu của phòng\n1\n2\n3\n4').lines.some(({ is }) => is === 'placed')).toBe(false);
  });
});

describe('Lines that name their row', () => {
  const nga = (id: string): Part => section(NGA_NAM, id);

  it('are found by a number printed once, and asked where it is printed again', () => {
    const part = section(HA_NAM, 'chi-dao-dieu-hanh');
    expect(told(paste(part, '1.1.1: 39\n1.1.2.: 19; đến 14:30 ngày 14/9'))).toEqual([
      'placed nhiem-vu-de-ra 39',
      'placed nhiem-vu-hoan-thanh 19',
    ]);
    const { lines } = paste(section(NGA_NAM, 'thu-tuc'), 'III.6: 1.730');
    expect(lines[0]).toMatchObject({ is: 'doubt', why: 'several' });
    expect(lines[0]?.candidates).toHaveLength(6);
  });

  it('ask whether 1, 2, 3 are printed numbers or lines counted', () => {
    const { lines } = paste(nga('chi-dao-dieu-hanh'), '1: 60\n2: 25\n3: 15');
    expect(lines.map(({ is }) => is)).toEqual(['doubt', 'doubt', 'doubt']);
    expect(lines[1]?.candidates?.map(({ id }) => id)).toContain('nhiem-vu-de-ra');
  });

  it('are found by words without diacritics, also when the value holds a colon', () => {
    const { lines } = paste(
      nga('chi-dao-dieu-hanh'),
      'ty le hai long: 99,5; nguồn: phiếu 2022\nso phieu khao sat: 200',
    );
    expect(lines[0]).toMatchObject({
      is: 'placed',
      indicator: { id: 'khao-sat-hai-long' },
      note: 'nguồn: phiếu 2022',
    });
    expect(lines[1]).toMatchObject({ is: 'placed', indicator: { id: 'khao-sat-so-phieu' } });
  });

  it('keep the whole label before the longer one that begins with it', () => {
    const part = nga('chinh-quyen-so');
    expect(
      told(
        paste(
          part,
          'Số TTHC đang cung cấp trực tuyến mức độ 3: 91\nSố TTHC đang cung cấp trực tuyến mức độ 4 có phát sinh hồ sơ nộp trực tuyến: 4',
        ),
      ),
    ).toEqual(['placed dvc-muc-3-dang-cung-cap 91', 'placed dvc-muc-4-phat-sinh 4']);
    expect(paste(part, 'đang cung cấp trực tuyến mức độ: 5').lines[0]).toMatchObject({
      is: 'doubt',
      why: 'several',
    });
  });

  it('are asked when two lines name one indicator, or a label stands twice and only one of them is here', () => {
    expect(
      told(paste(nga('chi-dao-dieu-hanh'), 'Số lượng phiếu khảo sát: 5\nso luong phieu khao sat: 6')),
    ).toEqual(['doubt twice', 'doubt twice']);
    const one = paste(nga('chinh-quyen-so'), 'Tổng số hồ sơ thực tế được trả kết quả qua dịch vụ BCCI: 96')
      .lines[0];
    expect(one).toMatchObject({ is: 'doubt', why: 'several' });
    expect(one?.candidates?.map(({ id }) => id)).toEqual(['bcci-huyen-ho-so-tra', 'bcci-xa-ho-so-tra']);
  });

  it('are read again at the indicator that was chosen for them', () => {
    const text = 'Tổng số hồ sơ thực tế được trả kết quả qua dịch vụ BCCI: 96';
    expect(told(paste(nga('chinh-quyen-so'), text, { at: { 1: 'bcci-xa-ho-so-tra' } }))).toEqual([
      'placed bcci-xa-ho-so-tra 96',
    ]);
  });

  it('are offered in the section they fit, and placed nowhere', () => {
    const { lines } = paste(
      nga('the-che'),
      'Tổng số biên chế được giao trong năm: 85\nSố VBQPPL đã ban hành: 3',
    );
    expect(lines[0]).toMatchObject({ is: 'unplaced', why: 'elsewhere' });
    expect(lines[0]?.elsewhere?.[0]?.section).toBe('bo-may');
    expect(lines[1]).toMatchObject({ is: 'placed' });
  });

  it('are asked here too when most lines around them belong elsewhere', () => {
    const other = render(nga('chi-dao-dieu-hanh'), 'labels')
      .map(({ text }) => text)
      .join('\n');
    expect(paste(nga('bo-may'), other).lines.filter(({ is }) => is === 'placed')).toEqual([]);
  });

  it('do not trust a whole label out of its order when another one begins with it', () => {
    const lines = [
      'Tổng số nhiệm vụ được giao: 5',
      'Số nhiệm vụ đã hoàn thành: 4',
      'Số nhiệm vụ đã hoàn thành nhưng quá hạn: 1',
    ];
    expect(told(paste(nga('chi-dao-dieu-hanh'), lines.join('\n')))[1]).toBe('doubt several');
    const numbered = paste(section(HA_NAM, 'chi-dao-dieu-hanh'), '1.3.2. Số nhiệm vụ đã hoàn thành: 02')
      .lines[0];
    expect(numbered?.candidates?.map(({ id }) => id)).toEqual(['nhiem-vu-hoan-thanh', 'duoc-giao-dung-han']);
  });

  it('leave bare figures between them alone', () => {
    expect(told(paste(nga('chi-dao-dieu-hanh'), 'Số lượng phiếu khảo sát: 200\n15'))).toEqual([
      'placed khao-sat-so-phieu 200',
      'unplaced amongNamed',
    ]);
  });

  it('tell what the reader refuses, doubts, or must not keep', () => {
    expect(
      told(
        paste(
          nga('chi-dao-dieu-hanh'),
          'Số lượng phiếu khảo sát: 10-15\nTổng số nhiệm vụ được giao: -\nSố vấn đề phát hiện qua kiểm tra: không áp dụng\nSố văn bản chỉ đạo: 5; gọi 0912345678',
        ),
      ),
    ).toEqual([
      'problem khao-sat-so-phieu range',
      'doubt tinh-giao-tong dash',
      'placed kiem-tra-phat-hien notApplicable',
      'problem van-ban-chi-dao private',
    ]);
  });
});

describe('Rows of a table', () => {
  const part = section(HA_NAM, 'the-che');
  const table = (rows: readonly (readonly string[])[]): string =>
    rows.map((row) => row.join('\t')).join('\n');
  const labels = part.indicators.map(({ label }) => label);

  it('are doubted whole when a column of another period stands beside, and read with the column that is chosen', () => {
    const text = table(labels.map((label, n) => [label, 'Văn bản', String(n), String(10 + n)]));
    const asked = paste(part, text);
    expect(new Set(told(asked).map((line) => line.split(' ')[0]))).toEqual(new Set(['doubt']));
    expect(asked.lines[1]?.readings?.map(({ value }) => value)).toMatchObject([
      { number: 1 },
      { number: 11 },
    ]);
    expect(asked.columns?.map(({ index }) => index)).toEqual([2, 3]);
    expect(told(paste(part, text, { column: 3 }))[1]).toBe('placed vbqppl-kiem-tra 11');
  });

  it('are doubted when the only figures stand under the heading of another period', () => {
    const head = ['Chỉ tiêu', 'Đơn vị tính', 'Kỳ trước', 'Kỳ này'];
    const text = table([head, ...labels.map((label, n) => [label, 'Văn bản', String(n), ''])]);
    expect(paste(part, text).lines.filter(({ is }) => is === 'placed')).toEqual([]);
  });

  it('keep headings of columns and groups apart', () => {
    const text = table([
      ['STT', 'Chỉ tiêu', 'Đơn vị tính', 'Số liệu', 'Ghi chú'],
      ['2.', 'Cải cách thể chế', '', '', ''],
      ['2.1.', labels[0] ?? '', 'Văn bản', '7', 'xong'],
    ]);
    expect(told(paste(part, text))).toEqual(['heading', 'heading', 'placed vbqppl-ban-hanh 7']);
    expect(paste(part, text).lines[2]?.note).toBe('xong');
  });

  it('put back the empty cell that a chat trims away', () => {
    const nga = section(NGA_NAM, 'bo-may');
    const text = render(nga, 'table')
      .slice(2, 6)
      .map((row) => row.text)
      .join('\n')
      .trim();
    expect(paste(nga, text).lines.filter(({ is }) => is === 'placed')).toHaveLength(4);
  });

  it('join a label that goes on in the next row, rather than take its beginning for another one', () => {
    const nga = section(NGA_NAM, 'the-che');
    const text = table([
      ['', 'Số VBQPPL đã ban hành', 'Văn bản', '2', ''],
      ['', 'Số VBQPPL đã kiến nghị xử lý sau', 'Văn bản', '5', ''],
      ['', 'kiểm tra, rà soát', '', '', ''],
    ]);
    expect(told(paste(nga, text))).toEqual(['placed vbqppl-ban-hanh 2', 'placed kien-nghi-xu-ly 5']);
  });

  it('tell a figure in the wrong cell instead of taking it', () => {
    const text = table([...labels.slice(1).map((label) => [label, 'Văn bản', '1']), [labels[0] ?? '', '9']]);
    expect(paste(part, text).lines.at(-1)).toMatchObject({ is: 'doubt', why: 'oddRow' });
  });
});
