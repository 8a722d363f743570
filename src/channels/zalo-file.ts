// Fetches the files that people send on Zalo: only from Zalo's own servers, without redirects, and no more than we take.
import axios from 'axios';
import { type Fetched, LARGEST_FILE } from './channel.ts';

/** Where Zalo keeps what people send (its messages name hosts below these). */
const HOSTS = /(^|\.)(zdn\.vn|zadn\.vn)$/;
/** How long one file may take altogether (ms). */
const TIMEOUT = 30_000;

type Options = {
  /** Where to ask for an address that was found good; tests lead it to a server of their own. */
  readonly at?: (address: string) => string;
};

/**
 * Fetches one file. Addresses elsewhere are not asked at all (foreign); a plain http address is asked by https. Rejects when it may
 * work later; 404, 403 and 410 are final (gone).
 */
export function createZaloFiles({
  at = (address) => address,
}: Options = {}): (source: string) => Promise<Fetched> {
  return async (source) => {
    const address = addressOf(source);
    if (address === undefined) return { fault: 'foreign' };
    const over = AbortSignal.timeout(TIMEOUT);
    const response = await axios
      .get<ArrayBuffer>(at(address), {
        ...{ responseType: 'arraybuffer', proxy: false, maxRedirects: 0, signal: over },
        ...{ maxContentLength: LARGEST_FILE, validateStatus: () => true },
      })
      .catch((error: unknown) => {
        if (isTooBig(error)) return undefined;
        // Without the address: it opens the file to whoever reads the log.
        throw new Error(
          `a file could not be fetched: ${axios.isAxiosError(error) ? error.code : 'no answer'}`,
        );
      });
    if (response === undefined) return { fault: 'tooBig' };
    if (response.status === 200) return { bytes: new Uint8Array(response.data) };
    if (response.status >= 300 && response.status < 400) return { fault: 'foreign' };
    if ([401, 403, 404, 410].includes(response.status)) return { fault: 'gone' };
    throw new Error(`a file could not be fetched: HTTP ${response.status}`);
  };
}

/** The address to ask, by https; undefined when it is not one of Zalo's, names a port, or carries a user's name. */
function addressOf(source: string): string | undefined {
  if (!URL.canParse(source)) return undefined;
  const url = new URL(source);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (!HOSTS.test(url.hostname) || url.port !== '' || url.username !== '' || url.password !== '')
    return undefined;
  url.protocol = 'https:';
  return url.href;
}

const isTooBig = (error: unknown): boolean =>
  axios.isAxiosError(error) && /maxContentLength/.test(error.message);
