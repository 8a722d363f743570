// Has tables made in a thread beside the program.
import type { MakeTable, TableJob } from './report-maker.ts';
import { createThread } from './thread.ts';

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
  const { run, stop } = createThread<TableJob, Answer>({
    ...{ entry, limit, does: 'makes tables', called: ({ format }) => `the ${format} table` },
  });
  return {
    stop,
    async make(job) {
      const answer = await run(job);
      if ('error' in answer) throw answer.error;
      return answer.files;
    },
  };
}
