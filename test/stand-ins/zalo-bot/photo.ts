// Fetches the picture of sendPhoto as the platform does: it is given an address, never the bytes, and asks for it more than once.
import { bad } from './world.ts';

const FETCHES = 2;
const PATIENCE_MS = 5000;

/** The picture's bytes. Throws ApiError 400 when a fetch fails or gives another thing than the same PNG or JPEG. */
export async function fetchPhoto(address: string | undefined): Promise<Buffer> {
  if (address === undefined) throw bad('photo is not reachable');
  let photo = await fetchOnce(address);
  for (let n = 1; n < FETCHES; n++) {
    const again = await fetchOnce(address);
    if (!again.equals(photo)) throw bad('photo is another one at the next fetch');
    photo = again;
  }
  return photo;
}

async function fetchOnce(address: string): Promise<Buffer> {
  const answer = await download(address);
  if (answer.status !== 200) throw bad(`photo is not reachable: HTTP status ${answer.status}`);
  const start = answer.bytes.subarray(0, 4).toString('hex');
  const type = start === '89504e47' ? 'image/png' : start.startsWith('ffd8ff') ? 'image/jpeg' : undefined;
  if (type === undefined) throw bad('photo is neither PNG nor JPEG');
  if (answer.type.split(';')[0] !== type) throw bad(`photo is ${type} but comes as "${answer.type}"`);
  return answer.bytes;
}

async function download(address: string): Promise<{ status: number; type: string; bytes: Buffer }> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type') ?? '', bytes };
  } catch (error) {
    throw bad(`photo is not reachable: ${String(error)}`);
  }
}
