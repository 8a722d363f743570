// "/sua": goes to an indicator by its number or words, and with ": 23" behind them writes its value.
import { isEditable } from '../src/domain/report.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { FIND, privacyRefused } from '../src/text/fill.ts';
import { ownName } from '../src/text/row-names.ts';
import { button } from './actions.ts';
import { answerTyped } from './fill.ts';
import { findIndicators } from './find.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { lockedMessage } from './menu.ts';
import { goTo } from './navigate.ts';

const MOST_CANDIDATES = 8;

export function editCommand(words: string, opened: Opened, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  if (words === '') return { say: [{ text: [FIND.usage] }] };
  // What is not found is quoted, and what is said is stored too.
  const fault = privacyFault(words);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const whole = findIndicators(opened.template, words);
  const [, named = '', value = ''] = /^(.+?):\s+(\S.*)$/s.exec(words) ?? [];
  const found = whole.length > 0 || named === '' ? whole : findIndicators(opened.template, named);
  const only = found.length === 1 ? found[0] : undefined;
  if (only && whole.length === 0) return answerTyped(opened, only, { text: value }, turn);
  if (only) return { go: goTo(opened, only.id, turn) };
  if (found.length === 0) return { say: [{ text: [FIND.none(words)] }] };
  return {
    say: [
      {
        text: [FIND.several(words, Math.max(0, found.length - MOST_CANDIDATES))],
        buttons: found
          .slice(0, MOST_CANDIDATES)
          .map((row) => [button(ownName(opened.template, row, 58), 'goTo', opened.report.id, row.id)]),
        marks: 'number',
      },
    ],
  };
}
