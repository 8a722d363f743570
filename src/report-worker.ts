// Runs in the thread that makes tables: takes one job after the other and answers each with its files, or with what went wrong.
import { parentPort } from 'node:worker_threads';
import { makeTable, type TableJob } from './report-maker.ts';

parentPort?.on('message', async (job: TableJob) => {
  try {
    const files = (await makeTable(job)).map(alone);
    const buffers = files.map(({ buffer }) => buffer);
    parentPort?.postMessage({ files }, buffers);
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});

/** Bytes in a buffer of their own, which can be handed over; a small Buffer shares its with others. */
function alone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}
