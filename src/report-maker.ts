// Makes the bytes of one table in the format asked for; needs nothing but what stands in the job, so that any thread can do it.
import type { Board } from './domain/board.ts';
import { drawBoard } from './sheets/board-picture.ts';
import { boardSheet } from './sheets/board-sheet.ts';
import { levelAppendix } from './sheets/consolidated-level.ts';
import type { ConsolidationInput } from './sheets/consolidated-work.ts';
import { writeDocx } from './sheets/docx.ts';
import { appendixSheets, type Sheet } from './sheets/layout.ts';
import { writePdf } from './sheets/pdf.ts';
import { drawPictures } from './sheets/picture.ts';
import { writeXlsx } from './sheets/xlsx.ts';
import { boardWorkbook } from './sheets/xlsx-board.ts';
import { consolidatedWorkbook } from './sheets/xlsx-consolidated.ts';

/**
 * A table as plain data. board: how far every unit of a period is. consolidated: the figures of all units; printed, it is the same
 * as level, the appendix of the consolidating unit filled with the totals.
 */
export type TableData =
  | { readonly sheets: readonly Sheet[] }
  | { readonly board: Board }
  | { readonly consolidated: ConsolidationInput }
  | { readonly level: ConsolidationInput };

type Format = 'xlsx' | 'docx' | 'pdf' | 'png';

/** Plain data: it can be sent to another thread. `at`: the time the table has stood like this (ISO, UTC). */
export type TableJob = TableData & { readonly format: Format; readonly at: string };

/** One file, for `png` one for each picture. The same job gives the same bytes. Rejects when a library or a font fails. */
export type MakeTable = (job: TableJob) => Promise<readonly Uint8Array[]>;

export const makeTable: MakeTable = async (job) => {
  const options = { created: new Date(job.at) };
  switch (job.format) {
    case 'xlsx':
      return [await workbook(job, options)];
    case 'docx':
      return [await writeDocx(sheetsOf(job), options)];
    case 'pdf':
      return [await writePdf(sheetsOf(job), options)];
    case 'png':
      return 'board' in job ? drawBoard(job.board) : drawPictures(sheetsOf(job));
  }
};

function workbook(job: TableJob, options: { readonly created: Date }): Promise<Uint8Array> {
  if ('board' in job) return boardWorkbook(job.board, options);
  if ('consolidated' in job) return consolidatedWorkbook(job.consolidated);
  return writeXlsx(sheetsOf(job), options);
}

/** What is printed of a table. */
function sheetsOf(job: TableData): readonly Sheet[] {
  if ('sheets' in job) return job.sheets;
  if ('board' in job) return [boardSheet(job.board)];
  return appendixSheets(levelAppendix('level' in job ? job.level : job.consolidated));
}
