// A filled spreadsheet as it was read: what stands in it for each row of a form, as plain data.

/**
 * What the figure cell of a sheet holds. number: `decimals` and `text` as the sheet shows it, written as in Viet Nam ("99,98%"); a
 * percentage of the sheet (0.9998) is 99.98. `exact`: the stored figure, where more of it is stored than shown. text: words,
 * figures typed as words, dates (30/06/2023). unreadable: an error such as #REF!, or a formula without a result.
 * `formula`: the figure is what a formula came to when the file was last saved; otherFile: one that reads another workbook.
 */
export type FilledCell = (
  | {
      readonly is: 'number';
      readonly number: number;
      readonly decimals: number;
      readonly text: string;
      readonly exact?: number;
    }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'unreadable'; readonly text: string }
  | { readonly is: 'empty' }
) & { readonly formula?: 'own' | 'otherFile' };

/** Where a row stands: the worksheet's name, and the row as spreadsheets number it, from 1. `hidden`: by hand or by a filter. */
export type SheetPlace = { readonly sheet: string; readonly row: number; readonly hidden: boolean };

/**
 * What stands in the file for one row of the form. `note` is without the words that the form itself prints there. `by`: the
 * hidden key that our own files carry, or section, STT, label and unit.
 */
export type FilledAnswer = SheetPlace & {
  readonly cell: FilledCell;
  readonly note: string;
  readonly by: 'key' | 'label';
};

/**
 * Why a row with a figure or a note was not placed. noLabel: nothing says what it is. unknown: no row of the form is called that.
 * unitDiffers: one is, but counts something else. otherSection: one is, but elsewhere in the form. outOfOrder: it stands where the
 * form has other rows. ambiguous: several rows of the form are called that. otherForm: too few rows of the sheet are of this form.
 * heading: a figure beside a row that takes none. copied: it repeats a row that surely has its place. merged: the figure's
 * cell is one with cells of other rows or columns. noColumn: no column, or several, may be that of the figures.
 */
export type Unplaced =
  | 'noLabel'
  | 'unknown'
  | 'unitDiffers'
  | 'otherSection'
  | 'outOfOrder'
  | 'ambiguous'
  | 'otherForm'
  | 'heading'
  | 'copied'
  | 'merged'
  | 'noColumn';

/**
 * Why a filled spreadsheet cannot be read. tooBig: over 10 MB. bomb: it would unpack to more than is ever needed. tooLong: too many
 * rows, cells or worksheets. macros: it holds programs (.xlsm). encrypted: it asks for a password. oldExcel: .xls.
 * binaryExcel: .xlsb. openDocument: .ods. word: .doc or .docx. text: CSV or another text. otherKind: a picture, a PDF or
 * something else. unreadable: damaged. noTable: a workbook without a table of indicators.
 */
export type SheetFault =
  | 'tooBig'
  | 'bomb'
  | 'tooLong'
  | 'macros'
  | 'encrypted'
  | 'oldExcel'
  | 'binaryExcel'
  | 'openDocument'
  | 'word'
  | 'text'
  | 'otherKind'
  | 'unreadable'
  | 'noTable';

/**
 * Which file it is, by the keys that our own files carry. own: made by us from this version of the form. otherVersion: from
 * another version of it. otherForm: made by us from another form. foreign: no keys, e.g. the unit's own old appendix.
 */
export type SheetKind =
  | { readonly is: 'own' }
  | { readonly is: 'otherVersion'; readonly version: number }
  | { readonly is: 'otherForm'; readonly template: string; readonly version: number }
  | { readonly is: 'foreign' };

/** A row of the file whose place in the form is not sure. */
export type UnplacedRow = SheetPlace & {
  readonly label: string;
  readonly cell: FilledCell;
  readonly why: Unplaced;
};

/**
 * What a filled workbook says, as plain data: see Matched in the sheets, whose maps are records here, by row id. `madeAt`: up to
 * when answers had been given that stand in the file as we handed it out (ISO), where it says so; only our own files do.
 */
export type Filled =
  | { readonly fault: SheetFault }
  | {
      readonly kind: SheetKind;
      readonly found: Readonly<Record<string, FilledAnswer>>;
      readonly notes: Readonly<Record<string, FilledAnswer>>;
      readonly conflicts: Readonly<Record<string, readonly FilledAnswer[]>>;
      readonly unplaced: readonly UnplacedRow[];
      readonly madeAt?: string;
    };
