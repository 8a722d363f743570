// What a pasted section was understood as: the shapes that the reading gives and the dialog works on.
import type { Report, Value } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import type { Context, Why } from '../../src/indicators/reading.ts';

/** Where the officer stands, and how a value is read there: `context` is asked with the report as the lines before have filled it. */
export type PastePlace = {
  readonly template: Template;
  readonly report: Report;
  /** The part that is pasted (`section` of its indicators). */
  readonly section: string;
  /** The indicator that is being asked. */
  readonly indicator: string;
  readonly context: (indicator: Indicator, report: Report) => Context;
};

/** Where a list of bare figures begins: at the section's first indicator, or at the one being asked. */
export type Start = 'first' | 'current';

/**
 * What the officer has decided since: given to the same reading again. `at`: indicators by the number of a line; `skipped`: lines
 * that are not asked about any more.
 */
export type PasteChoice = {
  readonly start?: Start;
  readonly column?: number;
  readonly at?: Readonly<Record<number, string>>;
  readonly skipped?: readonly number[];
};

/** Why a line stands where it does, besides the reasons of the readers. The text module has one sentence for each. */
export type PlaceWhy =
  | 'several' // more than one indicator fits: `candidates`
  | 'twice' // two lines for one indicator
  | 'numberOrOrder' // "1:", "2:" … may be printed numbers or just a count of lines
  | 'fragment' // the words of a table's row fit only in part
  | 'elsewhere' // fits another section (better): `elsewhere`
  | 'notInForm' // fits nothing
  | 'noValue' // a label alone
  | 'heading' // a heading carries no figure
  | 'startUnknown' // a list of figures whose beginning is not certain
  | 'amongNamed' // a bare figure between lines that name theirs
  | 'shifted' // the list has two values or more that cannot be: one row up or down?
  | 'whichColumn' // two columns of figures, or one in an odd place
  | 'oddRow' // its cells do not stand as in the other rows
  | 'cut' // what stood where the platform cut the text decides about it
  | 'private'
  | 'tooLong';
export type PasteWhy = Why | PlaceWhy;

export type Proposed = { readonly value: Value; readonly note?: string };

/**
 * One line (or row of cells) of the paste. `n` counts the lines of the text from 1; a row over several lines has the first.
 * placed: indicator and value, certain. doubt: ask — `readings` of the value (may be []), or `candidates` for the place.
 * problem: the reader refuses the value (readings: the codes that would do). blank: its place is known or not, nothing
 * is recorded, a note may stand beside. heading: a title, a group or a column heading. unplaced: see `why`.
 */
export type PastedLine = {
  readonly n: number;
  readonly text: string;
  readonly is: 'placed' | 'doubt' | 'problem' | 'unplaced' | 'blank' | 'heading';
  readonly indicator?: Indicator;
  readonly value?: Value;
  readonly note?: string;
  readonly readings?: readonly Proposed[];
  readonly candidates?: readonly Indicator[];
  readonly elsewhere?: readonly Indicator[];
  readonly why?: PasteWhy;
};

/** The bare figures of a paste: how many lines, and where they may begin. `start` is missing where it must be asked. */
export type FigureList = {
  readonly lines: number;
  readonly inSection: number;
  readonly left: number;
  readonly starts: readonly Start[];
  readonly start?: Start;
  readonly shifted: boolean;
};

/** A column of a pasted table that may hold the figures, with its heading and its first cells. */
export type ValueColumn = {
  readonly index: number;
  readonly header: string;
  readonly samples: readonly string[];
};

/** `columns` only where it must be asked which column holds the figures. */
export type Pasted = {
  readonly lines: readonly PastedLine[];
  readonly list?: FigureList;
  readonly columns?: readonly ValueColumn[];
};

/** A line on its way: what it says of its place, and the words of its value. */
export type Draft = {
  readonly n: number;
  readonly text: string;
  /** Indicators of this section that fit; `alike`: they have one and the same label or number. */
  readonly fits: readonly Indicator[];
  readonly alike: boolean;
  readonly elsewhere: readonly Indicator[];
  readonly typed: string;
  /** From a column of its own. */
  readonly note?: string;
  readonly by: 'number' | 'label' | 'row' | 'bare' | 'heading' | 'nothing';
  /** The words are a whole label. */
  readonly exact?: boolean;
  /** For a heading: the first indicator under it, where that is in this section. */
  readonly above?: Indicator;
  /** Why it cannot be certain although it fits. */
  readonly doubt?: PlaceWhy;
  /** The cells of every column that may hold the value, when that is what is asked. */
  readonly cells?: readonly string[];
};
