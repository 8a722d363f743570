// What the files of a report cost: the five documents as spreadsheet, Word document, PDF and pictures, made as the bot's table thread makes them.
import { makeTable, type TableJob } from '../src/report-maker.ts';
import { appendixSheets } from '../src/sheets/layout.ts';
import { filledDocuments } from '../test/sheets/documents.ts';

type Row = {
  readonly document: string;
  readonly rows: number;
  readonly format: TableJob['format'];
  /** Files that came out: pictures are several. */
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds of the first one, and the median and the slowest of the others, for all its files together. */
  readonly first: number;
  readonly median: number;
  readonly slowest: number;
};

const FORMATS = ['xlsx', 'docx', 'pdf', 'png'] as const;
/** What each is meant to take at most (ms), for a picture each. */
const AIMS = { xlsx: 15, docx: undefined, pdf: 150, png: 200 } as const;
const at = '2026-01-01T00:00:00Z';

/** Rows by format and document. */
export async function files({ quick }: { quick: boolean }): Promise<readonly Row[]> {
  const documents = await filledDocuments();
  const rows: Row[] = [];
  for (const format of FORMATS)
    for (const { id, appendix } of documents) {
      const job = { sheets: appendixSheets(appendix), format, at };
      const size = appendix.template.rows.length;
      rows.push({ document: id, rows: size, format, ...(await timed(job, quick ? 5 : 30)) });
    }
  console.table(
    rows.map((row) => {
      const aim = AIMS[row.format];
      const each = row.format === 'png' ? row.median / row.files : row.median;
      return { ...row, aim, 'within aim': aim === undefined ? '' : each <= aim ? 'yes' : 'NO' };
    }),
  );
  return rows;
}

async function timed(job: TableJob, times: number): Promise<Omit<Row, 'document' | 'rows' | 'format'>> {
  const took: number[] = [];
  let made: readonly Uint8Array[] = [];
  for (let n = 0; n <= times; n++) {
    const began = performance.now();
    made = await makeTable(job);
    took.push(performance.now() - began);
  }
  const [first = 0, ...others] = took.map((ms) => Math.round(ms * 10) / 10);
  const sorted = others.sort((a, b) => a - b);
  return {
    ...{ files: made.length, bytes: made.reduce((sum, { length }) => sum + length, 0), first },
    ...{ median: sorted[Math.floor(sorted.length / 2)] ?? 0, slowest: sorted.at(-1) ?? 0 },
  };
}
