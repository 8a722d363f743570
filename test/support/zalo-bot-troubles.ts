// How officers on the Zalo Bot get through a bad day, for tests: which documents by which way, how Zalo behaves, and what goes wrong when.
import type { Settings } from '../stand-ins/zalo-bot/world.ts';
import type { ZaloBotStandIn } from '../stand-ins/zalo-bot.ts';
import { BOT_SECRET } from './zalo-bot-office.ts';

type Fault = Parameters<ZaloBotStandIn['fault']>[1];
/** A call that fails; a power cut so many milliseconds after the words were sent; another behaviour from now on. */
type Trouble =
  | { readonly call: 'sendMessage' | 'getUpdates'; readonly fault: Fault }
  | { readonly cutAfter: number }
  | { readonly settings: Partial<Settings> };

export const BUSY: Fault = { kind: 'refuse', code: 429, description: 'Too Many Requests' };
const broken: Fault = { kind: 'refuse', code: 500, description: 'Internal Server Error' };

type Group = {
  readonly mode: 'polling' | 'webhook';
  readonly ids: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** How Zalo behaves from the beginning. */
  readonly manner: Partial<Settings>;
  /** What happens when the n-th thing is said. */
  readonly troubles: Readonly<Record<number, Trouble>>;
};

export const GROUPS: readonly Group[] = [
  {
    mode: 'polling',
    ids: ['ubnd-thi-xa-nga-nam', 'so-ngoai-vu', 'so-cong-thuong-ha-nam'],
    settings: {},
    manner: { duplicates: true, photoField: 'photo_url', pollMs: 500 },
    troubles: {
      15: { call: 'sendMessage', fault: { kind: 'gateway' } },
      30: { call: 'getUpdates', fault: { kind: 'drop-after' } },
      45: { call: 'sendMessage', fault: { kind: 'drop-after' } },
      60: { settings: { sparsePoll: true } },
      75: { cutAfter: 0 },
      100: { call: 'sendMessage', fault: { kind: 'drop-before' } },
      115: { call: 'getUpdates', fault: { kind: 'gateway' } },
      130: { settings: { duplicates: false } },
      145: { cutAfter: 4 },
      170: { call: 'sendMessage', fault: broken },
      185: { call: 'getUpdates', fault: BUSY },
      200: { cutAfter: 8 },
    },
  },
  {
    mode: 'webhook',
    ids: ['so-cong-thuong-soc-trang', 'so-tai-chinh-soc-trang'],
    settings: { ZALO_BOT_SECRET: BOT_SECRET },
    manner: { duplicates: true, wrapped: true, retryLadder: [200, 400, 800, 1600], mirrorStatus: true },
    troubles: {
      20: { call: 'sendMessage', fault: { kind: 'drop-after' } },
      40: { cutAfter: 3 },
      70: { settings: { wrapped: false } },
      90: { call: 'sendMessage', fault: { kind: 'drop-before' } },
      110: { call: 'sendMessage', fault: { kind: 'gateway' } },
      130: { cutAfter: 0 },
      160: { settings: { duplicates: false } },
      180: { cutAfter: 8 },
    },
  },
];

/** How each trouble shows in the log. */
export const SEEN_AS: Readonly<Record<Fault['kind'], RegExp>> = {
  gateway: /HTTP 502/,
  hang: /no answer in time/,
  refuse: /429 Too Many Requests/,
  'drop-before': /ECONNRESET/,
  'drop-after': /ECONNRESET/,
};
