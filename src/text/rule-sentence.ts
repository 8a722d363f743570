// What a rule found, as one sentence without its end: the rows by name, and both figures quoted.
import type { Span, Text } from '../domain/conversation.ts';
import type { RuleFinding } from '../domain/finding.ts';
import type { Template, Term } from '../domain/template.ts';
import { bold } from './common.ts';
import { ownName } from './row-names.ts';

/** Figures as people write them: 5.971 and 92,94. */
export const shown = (figure: number | undefined): string =>
  figure === undefined
    ? 'trống'
    : new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 4 }).format(figure);

/** "I.1 · Số nhiệm vụ đã hoàn thành" in quotes. */
export function name(template: Template, id: string): string {
  const row = template.byId.get(id);
  return row ? `“${ownName(template, row, 76)}”` : id;
}

/** Short sums name every part; a long one its first and last, which stand one after the other in the form. */
function sumName(template: Template, term: Term): string {
  const [first = '', ...rest] = term;
  const last = rest.at(-1);
  return term.length > 3 && last !== undefined
    ? `${term.length} dòng từ ${name(template, first)} đến ${name(template, last)}`
    : term.map((id) => name(template, id)).join(' + ');
}

const list = (template: Template, ids: readonly string[]): string =>
  ids.map((id) => name(template, id)).join(', ');

/** What does not hold, without a full stop and without the reason that the form gives for the rule. */
export function ruleSentence(template: Template, finding: RuleFinding): Text {
  const { rule, left, right } = finding;
  const a = bold(shown(left));
  const b = bold(shown(right));
  switch (rule.kind) {
    case 'atMost':
      return typeof rule.right === 'number'
        ? [`${sumName(template, rule.left)} (`, a, ') lớn hơn ', b]
        : [`${sumName(template, rule.left)} (`, a, `) lớn hơn ${sumName(template, rule.right)} (`, b, ')'];
    case 'equal':
      return typeof rule.right === 'number'
        ? [`${sumName(template, rule.left)} (`, a, ') khác ', b]
        : [`${sumName(template, rule.left)} (`, a, `) khác ${sumName(template, rule.right)} (`, b, ')'];
    case 'sum':
      return sumSentence(template, finding, rule);
    case 'ratio':
      return right === undefined
        ? [
            `${name(template, rule.value)} đang ghi `,
            bold(`${shown(left)} %`),
            ` nhưng mẫu số ${sumName(template, rule.whole)} bằng 0; nên để không áp dụng`,
          ]
        : [
            `${name(template, rule.value)} đang ghi `,
            bold(`${shown(left)} %`),
            ', tính từ ',
            `${sumName(template, rule.part)}${rule.lessNote ? ' (trừ số nêu trong ghi chú)' : ''} chia cho ${sumName(template, rule.whole)} thì được `,
            bold(`${shown(Math.round(right * 100) / 100)} %`),
          ];
    case 'range':
      return [
        `${name(template, rule.value)} là `,
        a,
        left !== undefined && right !== undefined && left < right
          ? ', thấp hơn mức thường gặp '
          : ', cao hơn mức ',
        b,
      ];
    case 'filledWhen':
      return [
        `${name(template, rule.when)} là `,
        a,
        ` thì cần có ${list(template, finding.missing)} (kể cả 0)`,
      ];
    case 'blankWhen':
      return [
        `${name(template, rule.when)} `,
        ...(left === undefined ? ['để trống'] : ['là ', a]),
        ` thì ${list(template, finding.offending)} nên để trống hoặc không áp dụng`,
      ];
    case 'zeroWhen':
      return [
        `${name(template, rule.when)} bằng 0 thì ${list(template, finding.offending)} phải bằng 0 hoặc để trống`,
      ];
    case 'together': {
      // Of cells that are all blank there is no 0 to quote.
      const quoted = (term: Term, sum: Span): Span =>
        term.every((id) => finding.missing.includes(id)) ? 'trống' : sum;
      return [
        `${sumName(template, rule.left)} (`,
        quoted(rule.left, a),
        `) và ${sumName(template, rule.right)} (`,
        quoted(rule.right, b),
        ') phải cùng có hoặc cùng bằng 0',
      ];
    }
    case 'impliesSome':
      return [
        `${name(template, rule.when)} là `,
        a,
        ` thì ${sumName(template, rule.some)} phải từ 1 trở lên`,
      ];
    case 'notCountOf':
      return [
        `${name(template, rule.value)} là tỷ lệ %, nhưng số `,
        a,
        ` trông giống một số lượng trong ${name(template, rule.of)} (`,
        b,
        ')',
      ];
    case 'noteNumber':
      return [
        `${sumName(template, rule.value)} (`,
        a,
        `) khác con số trong ghi chú của ${name(template, rule.note)} (`,
        b,
        ')',
      ];
    case 'noteSaysNone':
      return [
        `Ghi chú của ${name(template, rule.note)} có “${rule.words}” nhưng ${list(template, finding.offending)} lại có số`,
      ];
    case 'cumulative':
      return [`${name(template, rule.value)} là số lũy kế nhưng giảm so với kỳ trước: `, b, ' → ', a];
    case 'change':
      return [`${name(template, rule.value)} thay đổi nhiều so với kỳ trước: `, b, ' → ', a];
  }
}

function sumSentence(
  template: Template,
  finding: RuleFinding,
  rule: Extract<RuleFinding['rule'], { kind: 'sum' }>,
): Text {
  const parts = sumName(template, rule.parts);
  const total = name(template, rule.total);
  const left = bold(shown(finding.left));
  if (finding.missing.includes(rule.total))
    return [`${total} để trống trong khi ${parts} cộng lại là `, left];
  const right = bold(shown(finding.right));
  if (finding.state === 'incomplete') {
    return [
      `${total} là `,
      right,
      `, các phần đã nhập cộng lại mới được `,
      left,
      `; còn thiếu ${list(template, finding.missing)}`,
    ];
  }
  return rule.exhaustive
    ? [`${total} là `, right, `, không bằng tổng ${parts} (`, left, ')']
    : [`Tổng ${parts} (`, left, `) lớn hơn ${total} (`, right, ')'];
}
