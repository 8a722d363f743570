// Has the files that people send in read in a thread beside the program: whatever is in them, it takes neither its time nor its memory.
import type { FileContent } from './domain/event.ts';
import type { Template } from './domain/template.ts';
import { createThread, TooMuch } from './thread.ts';

/** Plain data. `template`: the form whose table it should be; left out, it is a list or something that is only named. */
export type ReadingJob = { readonly bytes: Uint8Array; readonly template: Template | undefined };
export type ReadingAnswer = { readonly content: FileContent } | { readonly error: unknown };

/** Rejects when it may work another time. */
export type ReadFile = (bytes: Uint8Array, template: Template | undefined) => Promise<FileContent>;

const ENTRY = new URL('./reading-worker.mjs', import.meta.url);
/** The largest appendix takes half a second (ms). */
const LIMIT = 10_000;
/** Several times what the largest appendix needs. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** A file that takes more time or memory than any table needs counts as one that nobody should open. */
export function createReadingThread(): { readonly read: ReadFile; readonly stop: () => Promise<void> } {
  const { run, stop } = createThread<ReadingJob, ReadingAnswer>({
    ...{ entry: ENTRY, limit: LIMIT, memory: MEMORY, does: 'reads files', called: () => 'a file' },
  });
  return {
    stop,
    async read(bytes, template) {
      try {
        const answer = await run({ bytes, template });
        if ('error' in answer) throw answer.error;
        return answer.content;
      } catch (error) {
        if (!(error instanceof TooMuch)) throw error;
        const found = { kind: 'xlsx', bytes: bytes.length } as const;
        return template
          ? { ...found, filled: { fault: 'bomb' } }
          : { ...found, table: { fault: 'bomb', line: 0 } };
      }
    },
  };
}
