// Short-lived links to a table on our own server, for platforms that take no spreadsheet: made when a message goes out, opened
// only while the person they were made for may have it, and every opening is recorded.
import { randomBytes } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { Storage } from '../storage/storage.ts';
import type { SendFile } from './channels/channel.ts';
import { createBuckets, type Limiter } from './channels/limiter.ts';
import { addressOf } from './channels/web-address.ts';
import { sha256 } from './codes.ts';
import type { Change } from './domain/change.ts';
import type { FileRequest } from './domain/conversation.ts';
import type { Link } from './domain/link.ts';
import type { Files } from './files/files.ts';
import type { Log } from './log.ts';
import { mayHave } from './own-files.ts';
import { LINK } from './text/links.ts';

type LinkRequest = Pick<Link, 'file' | 'format' | 'page' | 'conversation'>;

export type Links = {
  /** A new link; undefined when people cannot reach this server. */
  readonly make: (request: LinkRequest) => Promise<string | undefined>;
  routes(app: Hono): void;
};

type Parts = {
  readonly storage: Storage;
  readonly files: Files;
  /** The address under which people reach this server, when there is one. */
  readonly publicUrl?: string;
  readonly now: () => Date;
  readonly log: Log;
};

/** Long enough to be opened at leisure; after that `/file` gives a new one (ms). */
const LASTS = 2 * 3_600_000;
/** How often an opening is recorded again when somebody else was faster. */
const MOST_RACES = 20;
/** Unknown links of one address: so many at once, and one more every half minute. */
const [GUESSES, GUESSES_PER_SECOND, ADDRESSES] = [30, 1 / 30, 10_000];
const HEADERS = {
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

/** `make` rejects only when the store does. */
export function createLinks(parts: Parts): Links {
  return {
    async make(request) {
      if (parts.publicUrl === undefined) return undefined;
      const code = randomBytes(16).toString('base64url');
      const now = parts.now();
      const link: Link = {
        ...{ ...request, id: sha256(code), createdAt: now.toISOString(), opened: 0 },
        expiresAt: new Date(now.getTime() + LASTS).toISOString(),
      };
      await record(parts, link, `link:${link.id}`, [{ type: 'link_set', link }], {});
      return `${parts.publicUrl}/tep/${code}/${nameOf(link)}`;
    },
    routes(app) {
      const guesses = createBuckets(GUESSES_PER_SECOND, GUESSES, ADDRESSES);
      app.get('/tep/:code/:name', (c) => open(parts, c, guesses));
    },
  };
}

/** Some platforms judge what a link leads to by its ending. */
function nameOf({ file, format, page = 0 }: Link): string {
  const name = wordFor(file);
  return format === 'xlsx' ? `${name}.xlsx` : `${name}-${page + 1}.png`;
}

function wordFor(file: FileRequest): string {
  if ('report' in file) return 'phu-luc';
  if ('history' in file) return 'lich-su';
  if ('invitations' in file) return 'ma-moi';
  return { board: 'tien-do', consolidated: 'tong-hop', level: 'phu-luc-tong-hop' }[file.what];
}

async function open(parts: Parts, c: Context, guesses: Limiter): Promise<Response> {
  const address = addressOf(c);
  if (address !== '' && !guesses.has(address))
    return c.text(LINK.tooMany, 429, { ...HEADERS, 'Retry-After': '60' });
  const link = await parts.storage.link(sha256(c.req.param('code') ?? ''));
  if (!link) {
    guesses.take(address);
    return c.text(LINK.unknown, 404, HEADERS);
  }
  const mine = await mayHave(parts.storage, link.conversation, link.file);
  if (link.expiresAt <= parts.now().toISOString() || !mine) return c.text(LINK.expired, 410, HEADERS);
  let file: SendFile;
  try {
    file = await fileOf(parts, link);
  } catch (error) {
    parts.log.error({ err: error, file: wordFor(link.file) }, 'the file behind a link could not be made');
    return c.text(LINK.failed, 503, HEADERS);
  }
  const headers = {
    ...HEADERS,
    'Content-Type': file.type,
    'Content-Disposition': `${link.format === 'png' ? 'inline' : 'attachment'}; filename="${file.name}"`,
  };
  // Hono answers HEAD by the same route; nothing is handed out then.
  if (c.req.method === 'HEAD') return c.body(null, 200, headers);
  await recordOpening(parts, link.id);
  return c.body(file.bytes.slice(), 200, headers);
}

async function fileOf({ files }: Parts, link: Link): Promise<SendFile> {
  if (link.format === 'xlsx') return files.make(link.file, 'xlsx');
  const picture = (await files.pictures(link.file))[link.page ?? 0];
  if (!picture) throw new Error(`there is no picture ${link.page} of ${wordFor(link.file)}`);
  return picture;
}

/** Counted on the link itself, and for the table of a report that holds figures also in the report's history. */
async function recordOpening(parts: Parts, id: string): Promise<void> {
  for (let race = 0; race < MOST_RACES; race++) {
    const link = await parts.storage.link(id);
    if (!link) return;
    const report = 'report' in link.file ? await parts.storage.report(link.file.report) : undefined;
    const opened = link.opened + 1;
    const changes: Change[] = [
      { type: 'link_set', link: { ...link, opened } },
      ...(report ? [{ type: 'downloaded', report: report.id, link: id } as const] : []),
    ];
    const revs = report ? { [report.id]: report.rev } : {};
    if ((await record(parts, link, `link:${id}:${opened}`, changes, revs)) === 'done') return;
  }
  throw new Error(`the opening of link ${id.slice(0, 8)} could not be recorded`);
}

async function record(
  { storage, now }: Parts,
  link: Link,
  event: string,
  changes: readonly Change[],
  reports: Readonly<Record<string, number>>,
): Promise<'done' | 'duplicate' | 'stale'> {
  const { person } = await storage.load({ conversation: link.conversation, event: '' });
  return storage.commit({
    ...{ event, at: now().toISOString(), by: person?.id ?? '', conversation: link.conversation, changes },
    outgoing: [],
    expects: { reports },
  });
}
