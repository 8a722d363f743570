// Words for a figure that follows from others: the choice to take it, and why an older one is not taken.
import type { Computed, Known } from '../domain/computed.ts';
import type { Text } from '../domain/conversation.ts';
import type { Value } from '../domain/report.ts';
import type { Indicator, Row, Template } from '../domain/template.ts';
import { formatValue } from '../indicators/index.ts';
import { bold, lines, plainLabel, short } from './common.ts';
import { nameOf } from './row-names.ts';

/** A button holds at most so many characters. */
const LABEL = 60;

/** What would be stored. */
export const computedValue = (computed: Computed): Value =>
  computed.is === 'notApplicable'
    ? { is: 'notApplicable' }
    : { is: 'number', number: computed.number, decimals: computed.decimals };

const shown = (template: Template, each: Known): string => {
  const row: Row | undefined = template.byId.get(each.row);
  const value: Value = { is: 'number', number: each.number, decimals: each.decimals };
  return row?.row === 'indicator' ? formatValue(value, row) : String(each.number);
};

const added = (template: Template, terms: readonly Known[]): string =>
  terms.map((each) => shown(template, each)).join(' + ');

function howOf(template: Template, computed: Exclude<Computed, { is: 'notApplicable' }>): string {
  if (computed.is === 'sum') return added(template, computed.parts);
  const part = `${added(template, computed.part)}${computed.less === 0 ? '' : ` − ${String(computed.less).replace('.', ',')}`}`;
  const inBrackets = (text: string): string => (text.includes(' ') ? `(${text})` : text);
  return `${inBrackets(part)}/${inBrackets(added(template, computed.whole))}`;
}

/** The figures that something was made of, each by the name of its row. */
function namedParts(template: Template, computed: Computed): string {
  const all =
    computed.is === 'sum'
      ? computed.parts
      : [...(computed.is === 'ratio' ? computed.part : []), ...computed.whole];
  return all.map((each) => `${nameOf(template, each.row, 40)}: ${shown(template, each)}`).join('; ');
}

export const COMPUTED = {
  /** "Lấy 17,39 % (= 4/23)"; of a sum too long for a button only how many figures it has. */
  take: (template: Template, indicator: Indicator, computed: Computed): string => {
    if (computed.is === 'notApplicable') {
      const row = template.byId.get(computed.whole[0]?.row ?? '');
      const name = row ? short(plainLabel(row), LABEL - 'Không áp dụng ( = 0)'.length) : 'mẫu số';
      return `Không áp dụng (${computed.whole.length === 1 ? name : 'mẫu số'} = 0)`;
    }
    const plain = formatValue(computedValue(computed), indicator);
    const figure = indicator.type === 'percent' && !plain.endsWith('%') ? `${plain} %` : plain;
    const whole = `Lấy ${figure} (= ${howOf(template, computed)})`;
    if (whole.length <= LABEL) return whole;
    return computed.is === 'sum'
      ? `Lấy ${figure} (= tổng ${computed.parts.length} số liệu thành phần)`
      : `Lấy ${figure} (tính từ số đã nhập)`;
  },
  /** Why not what the pressed button said. `now`: what follows from the figures now, if anything does. */
  changed: (template: Template, indicator: Indicator, now: Computed | undefined): Text =>
    lines(
      [
        now
          ? `Chưa ghi gì: các số liệu thành phần vừa đổi: ${short(namedParts(template, now), 300)}.`
          : 'Chưa ghi gì: các số liệu thành phần vừa đổi: nay chưa đủ số để tính.',
      ],
      ['Anh/chị chọn hoặc nhập lại cho chỉ tiêu ', bold(short(indicator.label, 90)), ' giúp.'],
    ),
};
