// How a typed answer was read: accepted, to be confirmed by a tap, to be asked back, or refused. Words for these live in src/text.
import type { Period } from '../domain/period.ts';
import type { Value } from '../domain/report.ts';

/** Why a reading is not simply accepted. The text module has one sentence for each. */
export type Why =
  | 'strippedText' // words beside the figure: "21 nhiệm vụ cụ thể"
  | 'fraction' // "08/21"
  | 'none' // "không có", "ko"
  | 'notYet' // "chưa"
  | 'pendingWords' // "chưa có số liệu"
  | 'dash'
  | 'cross' // "x"
  | 'asLastPeriod'
  | 'noLastPeriod'
  | 'words' // "hai mươi mốt", "1tr2"
  | 'expression' // "34 + 4"
  | 'notWhole' // decimals in a count
  | 'badGrouping' // 5.97: groups are not of three
  | 'percentInCount'
  | 'range'
  | 'estimate'
  | 'exponent'
  | 'negative'
  | 'brackets'
  | 'zeroDecimals' // "38,0"
  | 'spacedGrouping' // "5. 971"
  | 'itemNumber' // "3. 25" may be "mục 3: 25"
  | 'letterInNumber' // "1l2", "O7"
  | 'secretCount' // "2 văn bản mật": only the count is taken
  | 'dateInCount'
  | 'help' // "?"
  | 'threeDecimals' // "5.971" in a percentage
  | 'manyDecimals'
  | 'belowOne' // 0,9998 %
  | 'above100'
  | 'missingComma' // 9998 → 99,98?
  | 'growth' // "tăng 5%"
  | 'looksLikeCount' // 6 % or 6 TTHC
  | 'noCases' // "chưa phát sinh hồ sơ" in a percentage
  | 'weakWord' // "k", "rồi", "x" for a code
  | 'outsideCodes'
  | 'wordMeansOther' // "có" where codes are Tốt / Có vi phạm; 0 that does not mean "không"
  | 'yearMissing'
  | 'dayMissing'
  | 'noSuchDay'
  | 'tooBig' // beyond 1e15
  | 'severalNumbers'
  | 'notUnderstood';

export type Reading =
  | { readonly is: 'accept'; readonly value: Value; readonly note?: string }
  | { readonly is: 'confirm'; readonly why: Why; readonly value: Value; readonly note?: string }
  /** Two readings or more, or none that we may propose: offered as buttons, most likely first. */
  | {
      readonly is: 'ask';
      readonly why: Why;
      readonly readings: readonly { readonly value: Value; readonly note?: string }[];
      readonly note?: string;
    }
  | { readonly is: 'reject'; readonly why: Why; readonly note?: string };

/** What surrounds the indicator: the period (for years), last period's value, and figures of neighbours that an answer may be confused with. */
export type Context = {
  readonly period: Period;
  readonly previous?: Value;
  /** Figures of count rows in the same group, and totals a percentage is declared `notCountOf`. */
  readonly peers: readonly { readonly figure: number; readonly total: boolean }[];
};
