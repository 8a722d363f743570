// A report form ("phụ lục"): its printed rows, columns, header tiers and the rules between its indicators.
// A template never changes once published; a report names it by TemplateRef.

export type TemplateRef = { readonly id: string; readonly version: number };

export type IndicatorType = 'count' | 'percent' | 'decimal' | 'choice' | 'text' | 'date';

/** One code of a choice indicator, e.g. { code: 1, label: 'Có' }; `also` are further words an officer may type for it. */
export type Choice = { readonly code: number; readonly label: string; readonly also?: readonly string[] };

type RowBase = {
  /** Stable key of the row, [a-z0-9-], at most 32 characters, unique in the template, never derived from STT. */
  readonly id: string;
  /** Printed exactly as in the form, '' where the cell is empty. */
  readonly stt: string;
  readonly label: string;
  readonly unit: string;
  /** What the form itself prints in the Ghi chú cell, e.g. "(nếu có)"; '' for nothing. */
  readonly printedNote: string;
  /** Depth below the section: a section is 0, its numbered rows 1, their rows 2 … */
  readonly level: number;
  /** The row that this one stands under; undefined for sections. */
  readonly parent?: string;
  /** The section this row belongs to (its own id for a section). */
  readonly section: string;
  /** The table of the form it is printed in. */
  readonly table: string;
};

export type Section = RowBase & { readonly row: 'section' };
export type Group = RowBase & { readonly row: 'group' };
export type Indicator = RowBase & {
  readonly row: 'indicator';
  readonly type: IndicatorType;
  /** Codes of a choice indicator, in printed order; [] otherwise. */
  readonly choices: readonly Choice[];
  /** A percentage that may exceed 100 ("so với kế hoạch", "so với năm 2015"). */
  readonly mayExceed100: boolean;
  /** A short hint in Vietnamese for the officer; '' for none. */
  readonly hint: string;
  /** Why the figures of several units must not be added up (a Vietnamese sentence); left out where they may. */
  readonly notAdded?: string;
};
export type Row = Section | Group | Indicator;

/** Cells are named by what they hold; the order in `columns` is the printed order. Width is in characters of the spreadsheet. */
export type ColumnKey = 'stt' | 'label' | 'unit' | 'value' | 'note';
export type Column = { readonly key: ColumnKey; readonly width: number };

/** A cell of a header tier. As in an HTML table, a cell that spans leaves no cell behind in the places it covers. */
export type HeaderCell = { readonly text: string; readonly across: number; readonly down: number };

/**
 * A line above the table. Placeholders: {unit} {period} {year} {month} {number}; `caps` prints the whole line in capitals.
 * {number}: the report's number, empty until văn thư gives one. {month}: month of the cut-off.
 */
export type TitleLine = {
  readonly text: string;
  readonly style: 'heading' | 'title' | 'attached';
  readonly caps: boolean;
};

export type Table = {
  readonly id: string;
  readonly title: readonly TitleLine[];
  readonly columns: readonly Column[];
  readonly header: readonly (readonly HeaderCell[])[];
  readonly rows: readonly Row[];
};

/** hard: blocks submission. soft: asks for a look or a giải trình. info: mentioned in the review only. */
export type Severity = 'hard' | 'soft' | 'info';

/** The sum of these indicators; a plain figure has one member. */
export type Term = readonly string[];

/** What must hold between figures. `limit` and `equal` accept a fixed number on the right side. */
export type Relation =
  | { readonly kind: 'atMost'; readonly left: Term; readonly right: Term | number }
  | { readonly kind: 'equal'; readonly left: Term; readonly right: Term | number }
  /** total = Σ parts when exhaustive, Σ parts ≤ total otherwise. `totalMissing`: severity when parts are filled and the total is blank. */
  | {
      readonly kind: 'sum';
      readonly total: string;
      readonly parts: Term;
      readonly exhaustive: boolean;
      readonly totalMissing?: Severity;
    }
  /** value = part / whole · 100; `lessNote` subtracts the first number found in that row's note from the numerator. */
  | {
      readonly kind: 'ratio';
      readonly value: string;
      readonly part: Term;
      readonly whole: Term;
      readonly lessNote?: string;
    }
  | { readonly kind: 'range'; readonly value: string; readonly min?: number; readonly max?: number }
  /** when `when` > 0 every one of `filled` must have a value (0 is a value). */
  | { readonly kind: 'filledWhen'; readonly when: string; readonly filled: Term }
  /** when `when` is 0 or blank every one of `blank` must be empty. */
  | { readonly kind: 'blankWhen'; readonly when: string; readonly blank: Term }
  /** when `when` is 0 every one of `zero` must be 0 or empty. */
  | { readonly kind: 'zeroWhen'; readonly when: string; readonly zero: Term }
  /** Σ left > 0 ⇔ Σ right > 0. */
  | { readonly kind: 'together'; readonly left: Term; readonly right: Term }
  /** when `when` > 0, Σ atLeastOne ≥ 1. */
  | { readonly kind: 'impliesSome'; readonly when: string; readonly some: Term }
  /** a percentage that looks like a count of `of` (whole number, > 0, ≤ that total, total < 100). */
  | { readonly kind: 'notCountOf'; readonly value: string; readonly of: string }
  /**
   * The number in the note of `note` right after (or before) the words `near` must equal Σ value; `minus`: the difference of
   * Σ value and Σ minus is compared. Words compared without diacritics and case.
   */
  | {
      readonly kind: 'noteNumber';
      readonly note: string;
      readonly near: string;
      readonly side: 'after' | 'before';
      readonly value: Term;
      readonly minus?: Term;
    }
  /** when the note of `note` contains `words`, every one of `zero` must be 0 or empty. */
  | { readonly kind: 'noteSaysNone'; readonly note: string; readonly words: string; readonly zero: Term }
  /** this period ≥ last period inside one year (luỹ kế). */
  | { readonly kind: 'cumulative'; readonly value: string }
  /** between 1/times and times × the previous period of the same kind. */
  | { readonly kind: 'change'; readonly value: string; readonly times: number };

export type Rule = Relation & {
  readonly id: string;
  readonly severity: Severity;
  /** A short Vietnamese reason shown to the officer after the figures, '' for none. */
  readonly why: string;
};

export type Template = TemplateRef & {
  readonly name: string;
  /** How this form words a period kind, with {quarter} {month} {year}; missing kinds use the usual wording. */
  readonly periodWording: Readonly<
    Partial<Record<'month' | 'quarter' | 'half' | 'nineMonths' | 'year', string>>
  >;
  readonly tables: readonly Table[];
  /** All rows of all tables in printed order. */
  readonly rows: readonly Row[];
  readonly indicators: readonly Indicator[];
  readonly sections: readonly Section[];
  readonly byId: ReadonlyMap<string, Row>;
  readonly rules: readonly Rule[];
  /** Rules by the indicators they read, so that an answer looks only at its own. */
  readonly rulesOf: ReadonlyMap<string, readonly Rule[]>;
};
