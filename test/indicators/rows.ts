// Rows and surroundings for the tests of indicators.
import type { Value } from '../../src/domain/report.ts';
import type { Indicator, IndicatorType } from '../../src/domain/template.ts';
import { parseChoices } from '../../src/indicators/choice.ts';
import { readAnswer } from '../../src/indicators/index.ts';
import type { Context, Reading } from '../../src/indicators/reading.ts';

/** A row of a type, with its printed unit; choice codes come from the unit as they do in a template. */
export function row(type: IndicatorType, unit = '', more: Partial<Indicator> = {}): Indicator {
  return {
    row: 'indicator',
    id: 'chi-tieu',
    stt: '1',
    label: 'Chỉ tiêu',
    unit,
    printedNote: '',
    level: 1,
    section: 'muc',
    table: 'phu-luc',
    type,
    choices: type === 'choice' ? parseChoices(unit) : [],
    mayExceed100: false,
    hint: '',
    ...more,
  };
}

export const context: Context = { period: { kind: 'half', year: 2023 }, peers: [] };
export const COUNT = row('count', 'Nhiệm vụ');
export const PERCENT = row('percent', '%');
export const DECIMAL = row('decimal', 'Triệu đồng');
export const YES_NO = row('choice', 'Có = 1 Không = 0');
export const SURVEY = row('choice', 'Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2');
export const CONDUCT = row('choice', 'Tốt = 1 Có vi phạm = 0');
export const LEVELS = row('choice', 'Chưa có = 0 2 cấp = 1 3 cấp = 2');
export const DATE = row('date', 'Ngày');
export const TEXT = row('text');

/** A reading in one line: "accept 5971 | note", "confirm strippedText 21", "ask dash 0 / blank / notApplicable", "reject range". */
function brief(reading: Reading): string {
  const tail = (note: string | undefined): string => (note === undefined ? '' : ` | ${note}`);
  switch (reading.is) {
    case 'accept':
      return `accept ${shown(reading.value)}${tail(reading.note)}`;
    case 'confirm':
      return `confirm ${reading.why} ${shown(reading.value)}${tail(reading.note)}`;
    case 'ask':
      return (
        `ask ${reading.why} ${reading.readings.map((one) => shown(one.value)).join(' / ')}`.trim() +
        tail(reading.note ?? reading.readings[0]?.note)
      );
    case 'reject':
      return `reject ${reading.why}${tail(reading.note)}`;
  }
}

function shown(value: Value): string {
  if (value.is === 'number') return String(value.number);
  if (value.is === 'choice') return `#${value.code}`;
  if (value.is === 'date') return value.date;
  return value.is === 'text' || value.is === 'verbatim' ? `${value.is}:${value.text}` : value.is;
}

/** The answer read and put in one line. */
export const read = (typed: string, indicator: Indicator = COUNT, around: Context = context): string =>
  brief(readAnswer(typed, indicator, around));
