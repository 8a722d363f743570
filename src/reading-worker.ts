// Runs in the thread that reads files: takes one after the other and answers each with what is in it.
import { parentPort } from 'node:worker_threads';
import { contentIn } from './file-content.ts';
import type { ReadingAnswer, ReadingJob } from './reading-thread.ts';

parentPort?.on('message', async ({ bytes, template }: ReadingJob) => {
  let answer: ReadingAnswer;
  try {
    answer = { content: await contentIn(bytes, template) };
  } catch (error) {
    answer = { error };
  }
  parentPort?.postMessage(answer);
});
