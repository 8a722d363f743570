// What a check found, in words: both figures are quoted, and it is said what to look at.
import type { Text } from '../domain/conversation.ts';
import type { Finding } from '../domain/finding.ts';
import type { Template } from '../domain/template.ts';
import { bold, short } from './common.ts';
import { name, ruleSentence, shown } from './rule-sentence.ts';

const MARK: Record<Finding['severity'], string> = { hard: '✗ ', soft: '⚠ ', info: 'ℹ ' };

/** A finding in one or two sentences, its mark in front. */
export function findingText(template: Template, finding: Finding): Text {
  const why = finding.kind === 'rule' ? finding.rule.why.replace(/[.\s]+$/, '') : '';
  return [MARK[finding.severity], ...sentence(template, finding), `.${why && ` ${why}.`}`];
}

/** A finding said by itself, where no heading says what it means for sending. */
export const warningText = (template: Template, finding: Finding): Text =>
  finding.severity === 'hard' && finding.kind !== 'pending'
    ? [...findingText(template, finding), ' Cần sửa trước khi nộp.']
    : findingText(template, finding);

/** The rows that a finding's words name; of a long sum only its ends. */
export function rowsNamed(template: Template, finding: Finding): readonly string[] {
  const words = flat(findingText(template, finding));
  return finding.rows.filter((id) => words.includes(name(template, id)));
}

/** A text without its bold marks. */
export const flat = (text: Text): string =>
  text.map((span) => (typeof span === 'string' ? span : span.bold)).join('');

function sentence(template: Template, finding: Finding): Text {
  if (finding.kind === 'rule') return ruleSentence(template, finding);
  const row = name(template, finding.rows[0] ?? '');
  switch (finding.kind) {
    case 'noteInsteadOfValue':
      return [
        `${row} để trống số liệu nhưng có ghi chú “${short(finding.note, 80)}”; nếu ghi chú đã là câu trả lời, đề nghị nhập số liệu (kể cả 0)`,
      ];
    case 'choiceBlank':
      return [`${row} chưa chọn mã nào và không có giải thích`];
    case 'verbatimInFigure':
      return [
        `${row} có chữ trong ô số liệu: “${short(finding.text, 80)}”; đề nghị chuyển sang ghi chú và nhập số`,
      ];
    case 'tinyPercent':
      return [`${row} là `, bold(`${shown(finding.number)} %`), ', nhỏ hơn 1 %; đề nghị kiểm tra lại'];
    case 'outOfRange':
      return [`${row} là `, bold(`${shown(finding.number)} %`), ', ngoài khoảng 0–100 %'];
    case 'pending':
      return [`${row} chưa có số liệu: cần nhập, hoặc giải trình để nộp`];
    case 'jump':
      return [
        `${row} là `,
        bold(shown(finding.number)),
        ', kỳ trước là ',
        bold(shown(finding.previous)),
        '; chênh lệch lớn, đề nghị kiểm tra lại',
      ];
  }
}
