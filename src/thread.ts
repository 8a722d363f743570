// A thread beside the program that takes one job after the other, so that what people write meanwhile is answered at once.
import { type ResourceLimits, Worker } from 'node:worker_threads';

export type Thread<Job, Answer> = {
  /**
   * What the thread answers to a job. Rejects when the thread broke down or took too long over it (TooMuch where the job wanted more
   * time or memory than it may have); the next job gets a new thread.
   */
  readonly run: (job: Job) => Promise<Answer>;
  /** Ends the thread; what is in work and what waits rejects. */
  readonly stop: () => Promise<void>;
};

type Options<Job> = {
  /** The module that runs in the thread. */
  readonly entry: URL;
  /** A job that takes longer no longer holds up the next (ms). */
  readonly limit: number;
  /** What the thread does, for the words of errors: "makes tables". */
  readonly does: string;
  /** What a job is called in them: "the pdf table". */
  readonly called: (job: Job) => string;
  /** Left out: as much memory as the program itself. */
  readonly memory?: ResourceLimits;
};

/** The job was given up because of what it asked for, and would be again. */
export class TooMuch extends Error {}

/** The thread begins with the first job. It keeps the process alive only while a job is in work. */
export function createThread<Job, Answer>(options: Options<Job>): Thread<Job, Answer> {
  const { entry, does, memory } = options;
  let worker: Worker | undefined;
  let before: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  const open = (): Worker => {
    // Nothing that the program was started with: the entry brings what the thread needs.
    const opened = new Worker(entry, { execArgv: [], ...(memory && { resourceLimits: memory }) });
    // Without a listener, an error in the thread would end the program.
    opened.on('error', () => {});
    opened.on('exit', () => {
      if (worker === opened) worker = undefined;
    });
    return opened;
  };
  const run = async (job: Job): Promise<Answer> => {
    if (isStopped) throw new Error(`the thread that ${does} does no more: the program is stopping`);
    worker ??= open();
    const used = worker;
    used.ref();
    try {
      const answer = await ask<Job, Answer>(used, job, options);
      used.unref();
      return answer;
    } catch (error) {
      if (worker === used) worker = undefined;
      await used.terminate();
      throw error;
    }
  };
  return {
    run(job) {
      const done = before.then(() => run(job));
      before = done.catch(() => {});
      return done;
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
      await before;
    },
  };
}

/** Rejects when the thread ends, or does not answer in time. */
function ask<Job, Answer>(worker: Worker, job: Job, { limit, does, called }: Options<Job>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void) => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', broke).off('exit', ended);
      then();
    };
    const fail = (error: Error) => settle(() => reject(error));
    const answered = (answer: Answer) => settle(() => resolve(answer));
    const broke = (cause: NodeJS.ErrnoException) => {
      const Kind = cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? TooMuch : Error;
      fail(new Kind(`the thread that ${does} broke down: ${cause.message}`, { cause }));
    };
    const ended = (code: number) => fail(new Error(`the thread that ${does} ended (exit code ${code})`));
    const late = () => fail(new TooMuch(`${called(job)} took longer than ${limit} ms`));
    const timer = setTimeout(late, limit);
    worker.on('message', answered).on('error', broke).on('exit', ended);
    worker.postMessage(job);
  });
}
