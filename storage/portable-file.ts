// The file in which a store travels: JSON lines with a digest each, between a line that says what it is and one with the sums.
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, writeAll } from './files.ts';
import { differing, digestOf, KINDS, type Part, PortableError, type Sums, tally } from './portable.ts';

const FORMAT = 'chitieu-bot store';
const VERSION = 2;

/** About this many characters go to the disk at once. */
const CHUNK = 256 * 1024;
/** No line of ours is longer (bytes); the first one is short, so that a foreign file is not read whole. */
const LONGEST = { first: 1024, other: 256 * 1024 * 1024 };

type Line = { readonly line: number; readonly text: string; readonly ended: boolean };
type Stored = Part & { readonly sha256: string };

/**
 * Writes a new file that only this user may read, durable when it resolves. `at`: when the parts stood so (ISO). Rejects with the
 * system's error, also when the file exists; then nothing is left of it that was not there before.
 */
export async function writePortable(path: string, parts: AsyncIterable<Part>, at: string): Promise<Sums> {
  const file = await open(path, 'wx', 0o600);
  try {
    const counted = tally();
    let size = 0;
    let chunk = `${JSON.stringify({ format: FORMAT, version: VERSION, at })}\n`;
    const put = async (): Promise<void> => {
      const bytes = Buffer.from(chunk);
      await writeAll(file, bytes, size);
      size += bytes.length;
      chunk = '';
    };
    for await (const { kind, item } of parts) {
      const sha256 = digestOf(item);
      counted.add(kind, sha256);
      chunk += `${JSON.stringify({ kind, sha256, item })}\n`;
      if (chunk.length >= CHUNK) await put();
    }
    const sums = counted.sums();
    chunk += `${JSON.stringify({ end: sums })}\n`;
    await put();
    await file.sync();
    await file.close();
    await syncFolder(dirname(path));
    return sums;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

/** Reads a file to its end; nothing of it is kept. Throws PortableError with the line that is not as it was written. */
export async function checkPortable(path: string): Promise<Sums> {
  const counted = tally();
  for await (const { kind, sha256 } of readPortable(path)) counted.add(kind, sha256);
  return counted.sums();
}

/** The parts of a file, each checked; whether it is whole shows only at the end. Throws PortableError. */
export async function* readPortable(path: string): AsyncGenerator<Stored> {
  const counted = tally();
  let last: Part | undefined;
  let lines = 0;
  let hasEnded = false;
  for await (const { line, text, ended } of linesOf(path)) {
    lines = line;
    if (line === 1) {
      readHeader(text);
      continue;
    }
    if (hasEnded) throw new PortableError({ is: 'goesOn', line });
    if (!ended) throw new PortableError({ is: 'cut', line });
    const content = contentOf(text, line);
    if ('end' in content) {
      compare(content.end, counted.sums(), line);
      hasEnded = true;
      continue;
    }
    if (!follows(content, last)) throw new PortableError({ is: 'misplaced', line });
    counted.add(content.kind, content.sha256);
    last = content;
    yield content;
  }
  if (lines === 0) throw new PortableError({ is: 'foreign', line: 1 });
  if (!hasEnded) throw new PortableError({ is: 'cut', line: lines + 1 });
}

function readHeader(text: string): void {
  const header = headerFrom(text);
  if (header?.format !== FORMAT || typeof header.version !== 'number')
    throw new PortableError({ is: 'foreign', line: 1 });
  if (header.version > VERSION) throw new PortableError({ is: 'newer', line: 1 });
}

function headerFrom(text: string): { readonly format?: unknown; readonly version?: unknown } | null {
  try {
    return JSON.parse(text) as ReturnType<typeof headerFrom>;
  } catch {
    return null;
  }
}

function contentOf(text: string, line: number): Stored | { readonly end: Partial<Sums> | null } {
  try {
    const content = JSON.parse(text) as Stored | { readonly end: Partial<Sums> | null };
    if ('end' in content) return content;
    if (KINDS.includes(content.kind) && digestOf(content.item) === content.sha256) return content;
  } catch {
    // What is no JSON object is damaged as well.
  }
  throw new PortableError({ is: 'damaged', line });
}

function compare(end: Partial<Sums> | null, read: Sums, line: number): void {
  if (!end || KINDS.some((kind) => !end[kind])) throw new PortableError({ is: 'damaged', line });
  const [kind] = differing(end as Sums, read);
  if (kind) throw new PortableError({ is: 'sums', line, kind });
}

/** The history of a report comes right after it, so that whoever reads the file may forget both at once. */
function follows(part: Part, last: Part | undefined): boolean {
  const isReports = last?.kind === 'reports' || last?.kind === 'history';
  if (part.kind === 'history' && !part.item.of.startsWith('campaign:'))
    return last?.kind === 'reports' && last.item.id === part.item.of;
  if (isReports && part.kind === 'reports') return true;
  return last === undefined || KINDS.indexOf(last.kind) <= KINDS.indexOf(part.kind);
}

/** `ended`: false when the file stops within the line. A line that is too long comes cut. */
async function* linesOf(path: string): AsyncGenerator<Line> {
  let line = 1;
  let pieces: Buffer[] = [];
  let held = 0;
  const take = (ended: boolean): Line => {
    const text = Buffer.concat(pieces).toString('utf8');
    pieces = [];
    held = 0;
    return { line: line++, text, ended };
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      pieces.push(chunk.subarray(from, end));
      from = end + 1;
      yield take(true);
    }
    pieces.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > (line === 1 ? LONGEST.first : LONGEST.other)) {
      yield take(false);
      return;
    }
  }
  if (held > 0) yield take(false);
}
