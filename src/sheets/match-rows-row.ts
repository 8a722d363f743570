// A row of a filled spreadsheet as it was read, and what it was taken for.
import type { FilledCell, SheetPlace, Unplaced } from '../domain/filled.ts';
import type { Row } from '../domain/template.ts';
import type { RowKey } from './match-rows-key.ts';

/** A row below the header of a table in a filled sheet. */
export type FilledRow = SheetPlace & {
  readonly key?: RowKey;
  readonly stt: string;
  readonly label: string;
  readonly unit: string;
  readonly cell: FilledCell;
  readonly note: string;
  /** Why the figure of this row cannot be told: its cell is merged with others, or the table has no one column of figures. */
  readonly trouble?: 'merged' | 'noColumn';
};

/** What a row was taken for. */
export type Placing =
  | { readonly row: FilledRow; readonly as: Row; readonly by: 'key' | 'label' }
  | { readonly row: FilledRow; readonly why: Unplaced };
