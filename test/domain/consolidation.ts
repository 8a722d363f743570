// Small forms and reports that were sent, for the tests of the consolidated table.
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Entry } from '../../src/domain/consolidate.ts';
import { type Answer, emptyReport, type Status, type Value } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import { buildTemplate } from '../../templates/build.ts';
import type { FileRow, FileRule } from '../../templates/schema.ts';

type IndicatorRow = Extract<FileRow, { indicator: string }>;

const STAMP = { by: 'lan', at: '2026-09-10T02:00:00.000Z', event: 'e1' };

export const figure = (number: number, decimals = 0): Value => ({ is: 'number', number, decimals });
export const code = (chosen: number): Value => ({ is: 'choice', code: chosen });

export const row = (
  id: string,
  type: IndicatorRow['type'],
  more: Partial<IndicatorRow> = {},
): IndicatorRow => ({
  indicator: `Chỉ tiêu ${id}`,
  id,
  type,
  ...more,
});

/** A form with one section for each list of rows: "muc-1" ("I Mục 1") and so on. */
export const formOf = (sections: readonly (readonly IndicatorRow[])[], rules: FileRule[] = []): Template =>
  buildTemplate({
    id: 'mau',
    version: 2,
    name: 'Mẫu thử',
    tables: [
      {
        id: 'bang',
        title: [{ heading: 'Phụ lục' }, { title: 'SỐ LIỆU CỦA {unit}' }],
        columns: { stt: 6, label: 40, unit: 16, value: 14, note: 30 },
        header: [['STT', 'Chỉ tiêu', 'Đơn vị tính', 'Số liệu', 'Ghi chú']],
        rows: sections.map((rows, n) => ({
          ...{ section: `Mục ${n + 1}`, id: `muc-${n + 1}`, stt: 'I'.repeat(n + 1) },
          rows: [...rows],
        })),
      },
    ],
    rules,
  });

export const campaignOf = (template: Template, units: readonly string[]): Campaign => ({
  id: 'k1',
  template: { id: template.id, version: template.version },
  period: { kind: 'quarter', year: 2026, quarter: 3 },
  due: '2026-09-16T09:00:00.000Z',
  cutoff: '2026-09-14',
  units,
  createdAt: '2026-09-01T00:00:00.000Z',
  office: 'snv',
});

export const answersOf = (values: Readonly<Record<string, Value>>): Record<string, Answer> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { ...STAMP, value }]));

type More = {
  readonly status?: Status;
  /** What has been written since the newest version was sent. */
  readonly draft?: Readonly<Record<string, Value>>;
  readonly earlier?: Readonly<Record<string, Value>>;
  readonly version?: number;
  readonly name?: string;
  readonly parent?: string;
};

/** A unit whose report was sent with these values (and is accepted, unless another state is given). */
export function sent(unit: string, values: Readonly<Record<string, Value>>, more: More = {}): Entry {
  const { status = 'accepted', draft = values, earlier, version = 2, name = `Xã ${unit}`, parent } = more;
  const versions = [...(earlier ? [earlier] : []), values];
  const submissions = versions.map((each, n) => ({
    ...STAMP,
    ...{ version: n + 1, values: Object.keys(each).length, checkCode: 'X', notes: {} },
    answers: answersOf(each),
  }));
  const report = emptyReport({ id: 'k1', template: { id: 'mau', version } }, unit);
  return {
    unit: { id: unit, name, kind: 'xã', ...(parent === undefined ? {} : { parent }) },
    report: { ...report, status, answers: answersOf(draft), submissions },
  };
}

/** A unit that has not sent anything yet; what it has written so far must not count. */
export const unsent = (unit: string, status: Status, draft: Readonly<Record<string, Value>> = {}): Entry => {
  const entry = sent(unit, {}, { status, draft });
  return { ...entry, report: { ...entry.report, submissions: [] } };
};
