// Fetches the files that people send on Telegram: from the Bot API alone, without redirects, and no more than we take.
import type { Api } from 'grammy';
import { type Fetched, LARGEST_FILE } from './channel.ts';
import { type Failure, forGrammy, type ReadFailure, type TelegramLog } from './telegram-api.ts';

/** How long one file may take altogether (ms). */
const TIMEOUT = 30_000;
/** A path on the server's own disk (a Bot API server that runs with --local tells such), or one that leaves the place of the files. */
const ELSEWHERE = /^\/|[\\:]|(^|\/)\.{1,2}(\/|$)/;

type Options = {
  readonly api: Api;
  readonly token: string;
  readonly apiRoot: string;
  /** Its words are without the token. */
  readonly readFailure: ReadFailure;
  readonly log: TelegramLog;
};

/**
 * The channel's `fetchFile`; `source` is Telegram's file_id. Rejects when it may work later, in words that never name the
 * address: the token is part of it.
 */
export function createTelegramFiles(options: Options): (source: string) => Promise<Fetched> {
  const { api, token, apiRoot, readFailure, log } = options;
  return async (source) => {
    const until = AbortSignal.timeout(TIMEOUT);
    try {
      const { file_path: path, file_size: size = 0 } = await api.getFile(source, forGrammy(until));
      if (size > LARGEST_FILE) return { fault: 'tooBig' };
      if (path === undefined) throw new Error('Telegram told no path');
      if (ELSEWHERE.test(path)) {
        log.warn({}, 'Telegram: the Bot API server keeps files on its own disk; run it without --local');
        return { fault: 'foreign' };
      }
      const address = path.split('/').map(encodeURIComponent).join('/');
      return await download(`${apiRoot.replace(/\/+$/, '')}/file/bot${token}/${address}`, until);
    } catch (error) {
      const failure = readFailure(error);
      const fault = faultOf(failure);
      if (fault) return { fault };
      throw new Error(`a file could not be fetched: ${failure.why}`);
    }
  };
}

/** What Telegram says of a file that it will never give; it gives no file over 20 MB. A revoked token is the operator's to mend. */
function faultOf(failure: Failure): 'tooBig' | 'gone' | undefined {
  if (failure.kind !== 'refused' || failure.code !== 400) return undefined;
  if (/file is too big/i.test(failure.why)) return 'tooBig';
  return /temporarily unavailable/i.test(failure.why) ? undefined : 'gone';
}

async function download(address: string, signal: AbortSignal): Promise<Fetched> {
  const response = await fetch(address, { redirect: 'manual', signal });
  if (response.status === 200) return read(response);
  await response.body?.cancel();
  // Telegram has just named this path, so that only the file can be missing.
  if (response.status === 404 || response.status === 410) return { fault: 'gone' };
  throw new Error(`HTTP ${response.status}`);
}

/** Counted while it comes: what is told of its length before may be wrong. */
async function read(response: Response): Promise<Fetched> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop ends the download.
    if (size > LARGEST_FILE) return { fault: 'tooBig' };
    chunks.push(chunk);
  }
  return { bytes: new Uint8Array(Buffer.concat(chunks)) };
}
