// A table that somebody made in a spreadsheet, as rows of text.

/** `line` counts from 1: the line of a CSV file on which the row begins, or the row of the sheet. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * Why a file cannot be read. tooBig: over 5 MB. bomb: it would unpack to over 32 MB. tooLong: too many rows. oldExcel: .xls, or
 * protected by a password. unreadable: a damaged .xlsx. notText: neither .xlsx nor Unicode text. openQuote: a quotation mark
 * that never ends.
 */
export type TableFault = 'tooBig' | 'bomb' | 'tooLong' | 'oldExcel' | 'unreadable' | 'notText' | 'openQuote';

export type Table =
  | { readonly rows: readonly TableRow[] }
  | { readonly fault: TableFault; readonly line: number };
