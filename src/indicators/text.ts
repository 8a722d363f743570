// Free text: the whole message is the value, so nothing is taken off it as a note.
import type { Value } from '../domain/report.ts';
import type { IndicatorKind } from './kind.ts';
import { accept, ask, plain, plainCell, reject } from './kind.ts';
import { readPhrase } from './phrases.ts';

const LONGEST = 2000;

export const text: IndicatorKind = {
  parse(typed, indicator) {
    if (typed === '') return reject('notUnderstood');
    if (typed.length > LONGEST) return reject('tooBig');
    if (/^\?+$/.test(typed)) return ask('help', []);
    const means = readPhrase(typed, indicator)?.means;
    const value: Value =
      means === 'blank' || means === 'notApplicable' ? { is: means } : { is: 'text', text: typed };
    return accept(value);
  },
  format: plain,
  toCell: plainCell,
  example: () => 'Đang thực hiện theo kế hoạch',
  note: 'never',
};
