// Has tables made in a thread beside the program, one at a time, so that what people write meanwhile is answered at once.
import { Worker } from 'node:worker_threads';
import type { MakeTable, TableJob } from './report-maker.ts';

/** What the thread answers to a job. */
type Answer = { readonly files: readonly Uint8Array[] } | { readonly error: unknown };

export type TableThread = {
  /** Also rejects when the thread broke down or took too long over this table; the next table gets a new thread. */
  readonly make: MakeTable;
  /** Ends the thread; what is in work and what waits rejects. */
  readonly stop: () => Promise<void>;
};

type Options = {
  /** The module that runs in the thread. */
  readonly entry?: URL;
  /** A table that takes longer no longer holds up the next (ms). */
  readonly limit?: number;
};

const ENTRY = new URL('./report-worker.mjs', import.meta.url);
const TABLE_LIMIT = 30_000;

/** The thread begins with the first table. It keeps the process alive only while a table is in work. */
export function createTableThread({ entry = ENTRY, limit = TABLE_LIMIT }: Options = {}): TableThread {
  let worker: Worker | undefined;
  let before: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  const open = (): Worker => {
    // Nothing that the program was started with: the entry brings what the thread needs.
    const opened = new Worker(entry, { execArgv: [] });
    // Without a listener, an error in the thread would end the program.
    opened.on('error', () => {});
    opened.on('exit', () => {
      if (worker === opened) worker = undefined;
    });
    return opened;
  };
  const run = async (job: TableJob): Promise<readonly Uint8Array[]> => {
    if (isStopped) throw new Error('no table is made any more: the program is stopping');
    worker ??= open();
    const used = worker;
    used.ref();
    let answer: Answer;
    try {
      answer = await ask(used, job, limit);
    } catch (error) {
      if (worker === used) worker = undefined;
      await used.terminate();
      throw error;
    }
    used.unref();
    if ('error' in answer) throw answer.error;
    return answer.files;
  };
  return {
    make(job) {
      const made = before.then(() => run(job));
      before = made.catch(() => {});
      return made;
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
      await before;
    },
  };
}

/** Rejects when the thread ends, or does not answer within `limit` ms. */
function ask(worker: Worker, job: TableJob, limit: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', broke).off('exit', ended);
      then();
    };
    const fail = (why: string, options?: ErrorOptions) => settle(() => reject(new Error(why, options)));
    const answered = (answer: Answer) => settle(() => resolve(answer));
    const broke = (cause: Error) =>
      fail(`the thread that makes tables broke down: ${cause.message}`, { cause });
    const ended = (code: number) => fail(`the thread that makes tables ended (exit code ${code})`);
    const timer = setTimeout(() => fail(`the ${job.format} table took longer than ${limit} ms`), limit);
    worker.on('message', answered).on('error', broke).on('exit', ended);
    worker.postMessage(job);
  });
}
