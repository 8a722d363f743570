// What is in a file that somebody sent in: the figures of a form, a list of units, or only what kind of file it is.
import { createHash } from 'node:crypto';
import type { FileContent, FileKind } from './domain/event.ts';
import type { Filled } from './domain/filled.ts';
import type { Table } from './domain/table.ts';
import type { Template } from './domain/template.ts';
import { isUnitList } from './domain/units-table.ts';
import { readAnswers, type SheetAnswers } from './sheets/xlsx-answers.ts';
import { readTable } from './sheets/xlsx-read.ts';

/** A list of units in the chat has at most so many rows. */
const MOST_ROWS = 5_000;

/** `template`: the form whose table it should be. Plain data; never throws because of what the file holds. */
export const contentIn = (bytes: Uint8Array, template: Template | undefined): Promise<FileContent> =>
  template ? readAs(template, bytes) : lookedAt(bytes);

/** A filled table, or why it is none. */
async function readAs(template: Template, bytes: Uint8Array): Promise<FileContent> {
  const filled = plain(await readAnswers(bytes, template));
  return { kind: kindOf(bytes), bytes: bytes.length, digest: digestOf(bytes), filled };
}

function plain(answers: SheetAnswers): Filled {
  if ('fault' in answers) return answers;
  const { found, notes, conflicts, unplaced, ...rest } = answers;
  return {
    ...rest,
    found: Object.fromEntries(found),
    notes: Object.fromEntries(notes),
    conflicts: Object.fromEntries(conflicts),
    unplaced: unplaced.map(({ sheet, row, hidden, label, cell, why }) => ({
      ...{ sheet, row, hidden, label, cell, why },
    })),
  };
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

async function lookedAt(bytes: Uint8Array): Promise<FileContent> {
  const kind = kindOf(bytes);
  const mayBeList = kind === 'xlsx' || kind === 'csv' || (kind === 'other' && isTable(bytes));
  const table = mayBeList ? await listIn(bytes) : undefined;
  if (!table) return { kind, bytes: bytes.length };
  return { kind, bytes: bytes.length, digest: digestOf(bytes), table };
}

/** The table when it is a list of units or cannot be read at all; what else people send has nothing to do with its rows. */
async function listIn(bytes: Uint8Array): Promise<Table | undefined> {
  const table = await readTable(bytes);
  if ('fault' in table) return table;
  if (!isUnitList(table.rows)) return undefined;
  const beyond = table.rows[MOST_ROWS];
  return beyond ? { fault: 'tooLong', line: beyond.line } : table;
}

/** By its content, never by its name. Word and Excel files are both zip archives; what is in them tells which. */
function kindOf(bytes: Uint8Array): FileKind {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (head.startsWith('%PDF')) return 'pdf';
  if (head.startsWith('\x89PNG') || head.startsWith('\xff\xd8\xff') || head.startsWith('GIF8'))
    return 'picture';
  if (!head.startsWith('PK')) return isText(bytes) ? 'csv' : 'other';
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (names.includes('xl/workbook')) return 'xlsx';
  return names.includes('word/document') ? 'docx' : 'other';
}

/** Unicode text as spreadsheets write it: UTF-8, or UTF-16 with its mark. */
function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (bytes.length === 0 || (!wide && bytes.includes(0))) return false;
  try {
    new TextDecoder(wide ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true }).decode(
      bytes,
    );
    return true;
  } catch {
    return false;
  }
}

/** Old or locked Excel files and text in an old encoding cannot be read, which whoever sends a list of units should hear. */
const isTable = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 4)).toString('latin1') === '\xd0\xcf\x11\xe0' ||
  (bytes.length > 0 && !bytes.includes(0));
