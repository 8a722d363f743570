// Filled tables that officers send in a walk: what is read in them, the same for the same name and form.
import type { FileContent } from '../../src/domain/event.ts';
import type { FilledAnswer, FilledCell } from '../../src/domain/filled.ts';
import type { Template } from '../../src/domain/template.ts';
import { seeded } from '../support/officer.ts';
import { pick, type Random } from './walk.ts';

const TEXTS = ['8/21', 'khoảng 30', '1.234', 'Có', '12; ghi chú', '0912345678', 'x', '99,98%', '30/06/2024'];
const NAMES = ['bang-1.xlsx', 'bang-2.xlsx', 'bang-3.xlsx', 'bang-4.xlsx', 'bang-cu.xls'];

/** The name of some filled table. */
export const someTable = (random: Random): string => pick(random, NAMES);

export function tableCalled(name: string, template: Template): FileContent {
  const base = { kind: 'xlsx', bytes: 9000, digest: name } as const;
  if (name === 'bang-cu.xls') return { ...base, kind: 'other', filled: { fault: 'oldExcel' } };
  const random = seeded(name.length + (name.codePointAt(5) ?? 0));
  const answerAt = (row: number): FilledAnswer => ({
    ...{ sheet: 'Phụ lục', row, hidden: random() < 0.1, cell: cellOf(random), by: 'key' },
    note: pick(random, ['', '', '', 'theo báo cáo của phòng', '0912345678']),
  });
  const some = template.indicators.filter(() => random() < 0.3);
  const heads = template.sections.slice(0, 1);
  const unplaced = { sheet: 'Phụ lục', row: 90, hidden: false, label: 'Chỉ tiêu lạ' };
  return {
    ...base,
    filled: {
      kind: { is: name === 'bang-4.xlsx' ? 'foreign' : 'own' },
      found: Object.fromEntries(some.map(({ id }, n) => [id, answerAt(n + 9)])),
      notes: Object.fromEntries(heads.map(({ id }) => [id, { ...answerAt(8), cell: { is: 'empty' } }])),
      conflicts: {},
      unplaced: [{ ...unplaced, cell: cellOf(random), why: 'unknown' }],
      ...(name === 'bang-1.xlsx' && { madeAt: '2024-06-10T02:00:00.000Z' }),
    },
  };
}

function cellOf(random: Random): FilledCell {
  const roll = random();
  if (roll < 0.15) return { is: 'empty' };
  if (roll < 0.2) return { is: 'unreadable', text: '#REF!' };
  if (roll < 0.4) return { is: 'text', text: pick(random, TEXTS) };
  const number = Math.floor(random() * 100);
  return { is: 'number', number, decimals: 0, text: String(number) };
}
