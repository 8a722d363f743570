// The journal: a file of lines to which every stored turn is added and made durable before it is acknowledged.
import { type FileHandle, open } from 'node:fs/promises';
import { unwritable } from './errors.ts';
import { writeAll } from './files.ts';
import { createJournal, journalPath, toLines } from './journal-file.ts';

type Waiting = {
  readonly text: string;
  readonly landed: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};
type Cut = {
  readonly cut: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** How long a line that nobody waits for may stay unwritten, in milliseconds; and how long after a failed write. */
const LAZY = 20;
const LAZY_AFTER_FAILURE = 1000;

/** One open journal. Lines that wait while the disk is busy are written and synced together. */
export class Journal {
  readonly #folder: string;
  #file: FileHandle;
  #number: number;
  /** Bytes and lines that are durable; whatever the file holds beyond is not ours to keep. */
  #bytes: number;
  #lines: number;
  /** True when a failed write may have left something beyond `#bytes`. */
  #torn = false;
  #queue: Waiting[] = [];
  #lazy: string[] = [];
  #cut: Cut | undefined;
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(folder: string, number: number, file: FileHandle, bytes: number, lines: number) {
    this.#folder = folder;
    this.#number = number;
    this.#file = file;
    this.#bytes = bytes;
    this.#lines = lines;
  }

  /**
   * Opens journal `number` to add to it after its first `bytes` bytes (with `lines` lines); what follows them is cut off.
   * With 0 bytes the file is made new. Throws StorageError when it cannot be written.
   */
  static async open(folder: string, number: number, bytes: number, lines: number): Promise<Journal> {
    const path = journalPath(folder, number);
    try {
      if (bytes === 0) {
        const made = await createJournal(folder, number);
        return new Journal(folder, number, made.file, made.bytes, 0);
      }
      const file = await open(path, 'r+');
      await file.truncate(bytes);
      await file.datasync();
      return new Journal(folder, number, file, bytes, lines);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  get number(): number {
    return this.#number;
  }

  /** Size of the current file in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Lines in the current file, without its header. */
  get lines(): number {
    return this.#lines;
  }

  /**
   * Adds a line. Resolves when it is durable, after calling `landed`; calls of `landed` come in the order of the lines.
   * Rejects with StorageError when it could not be written; then nothing of it stays and later lines can still succeed.
   */
  append(text: string, landed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ text, landed, resolve, reject });
      this.#wake();
    });
  }

  /** Adds a line with the next ones, or soon; a crash may lose it. */
  later(text: string): void {
    this.#lazy.push(text);
    this.#timer ??= setTimeout(() => this.#wake(), LAZY);
  }

  /** Goes on in a new file with the next number. `cut` is called between the last line of the old file and the first of the new one. */
  startNext(cut: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#cut = { cut, resolve, reject };
      this.#wake();
    });
  }

  /** Writes what still waits, and closes the file. */
  async close(): Promise<void> {
    this.#wake();
    while (this.#working) await this.#working;
    clearTimeout(this.#timer);
    await this.#file.close();
  }

  #wake(): void {
    // Starting a little later lets everything that arrives in this turn of the event loop share the first sync.
    this.#working ??= new Promise((resolve) => setImmediate(resolve))
      .then(() => this.#work())
      .finally(() => {
        this.#working = undefined;
      });
  }

  async #work(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#queue.length > 0 || this.#lazy.length > 0 || this.#cut) {
      const written = await this.#writeWaiting();
      if (this.#cut) await this.#startNext(this.#cut);
      if (written || this.#queue.length > 0 || this.#cut) continue;
      this.#timer ??= setTimeout(() => this.#wake(), LAZY_AFTER_FAILURE);
      return;
    }
  }

  /** Writes all lines that wait, with one sync. False when that failed. */
  async #writeWaiting(): Promise<boolean> {
    const lazy = this.#lazy.splice(0);
    const batch = this.#queue.splice(0);
    const lines = [...lazy, ...batch.map(({ text }) => text)];
    if (lines.length === 0) return true;
    const bytes = Buffer.from(toLines(lines, this.#bytes));
    try {
      await this.#repair();
      this.#torn = true;
      await writeAll(this.#file, bytes, this.#bytes);
      await this.#file.datasync();
      this.#torn = false;
    } catch (error) {
      // A failing repair is tried again before the next write; nothing is written on top of a torn line.
      await this.#repair().catch(() => {});
      this.#lazy.unshift(...lazy);
      const reason = unwritable(journalPath(this.#folder, this.#number), error);
      for (const { reject } of batch) reject(reason);
      return false;
    }
    this.#bytes += bytes.length;
    this.#lines += lines.length;
    for (const waiting of batch) land(waiting);
    return true;
  }

  async #repair(): Promise<void> {
    if (!this.#torn) return;
    await this.#file.truncate(this.#bytes);
    await this.#file.datasync();
    this.#torn = false;
  }

  async #startNext({ cut, resolve, reject }: Cut): Promise<void> {
    this.#cut = undefined;
    const next = this.#number + 1;
    try {
      await this.#repair();
      const made = await createJournal(this.#folder, next);
      const old = this.#file;
      this.#file = made.file;
      this.#number = next;
      this.#bytes = made.bytes;
      this.#lines = 0;
      cut();
      await old.close();
      resolve();
    } catch (error) {
      reject(unwritable(journalPath(this.#folder, next), error));
    }
  }
}

function land({ landed, resolve, reject }: Waiting): void {
  try {
    landed();
    resolve();
  } catch (error) {
    reject(error);
  }
}
