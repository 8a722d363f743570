// Makes the files that a message carries, at the moment of sending and from what is stored then.

import type { Storage } from '../../storage/storage.ts';
import type { SendFile } from '../channels/channel.ts';
import { sha256 } from '../codes.ts';
import { canonical } from '../domain/canonical.ts';
import type { FileRequest } from '../domain/conversation.ts';
import type { Template } from '../domain/template.ts';
import { createKept } from '../report-kept.ts';
import { type MakeTable, makeTable, type TableJob } from '../report-maker.ts';
import { appendixOf } from './appendix.ts';
import { historyOf } from './history.ts';
import { codesOf, type LinksOf } from './invitations.ts';
import type { Made } from './made.ts';
import { periodOf } from './period.ts';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  png: 'image/png',
} as const satisfies Record<TableJob['format'], string>;

export type Files = {
  readonly make: (request: FileRequest, format: 'xlsx' | 'docx' | 'pdf') => Promise<SendFile>;
  /** The table drawn for a phone, one PNG after the other; none where nothing of it is drawn. */
  readonly pictures: (request: FileRequest) => Promise<readonly SendFile[]>;
};

type Parts = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  /** The office's. */
  readonly timezone: string;
  readonly now?: () => Date;
  /** For lists of invitations; left out: they have codes only. */
  readonly links?: LinksOf;
  /** Left out: in this thread. */
  readonly make?: MakeTable;
};

/** Tables that are kept: a platform fetches each picture by a link of its own, and more than once. */
const KEPT = { tables: 64, bytes: 16 * 1024 * 1024 };

/**
 * Makes the tables of requests as files; the same state of the store gives the same table. It does not ask who wants them (see
 * mayHave). It rejects when something that the request names is unknown, or when `make` does.
 */
export function createFiles(given: Parts): Files {
  const parts = { now: () => new Date(), links: () => [], make: makeTable, ...given };
  const kept = createKept(KEPT);
  const bytesOf = ({ table, at, state }: Made, format: TableJob['format']) => {
    // Nothing but what is printed, or what it is made from, can tell one table from another.
    const key = sha256(canonical([format, at, Object.keys(table), state ?? table]));
    return kept(key, () => parts.make({ ...table, format, at }));
  };
  return {
    async make(request, format) {
      const made = await tableFor(parts, request);
      const [only] = await bytesOf(made, format);
      if (!only) throw new Error(`${made.name}: there is no ${format} file`);
      return { name: `${made.name}.${format}`, type: TYPES[format], bytes: only };
    },
    async pictures(request) {
      const made = await tableFor(parts, request);
      const bytes = made.drawn ? await bytesOf(made, 'png') : [];
      return bytes.map((each, n) => ({ name: `${made.name}_${n + 1}.png`, type: TYPES.png, bytes: each }));
    },
  };
}

async function tableFor(parts: Required<Parts>, request: FileRequest): Promise<Made> {
  if ('report' in request) return appendixOf(parts.storage, parts.templates, request);
  if ('campaign' in request) return periodOf(parts, request);
  if ('history' in request) return historyOf(parts, request);
  return codesOf(parts, request);
}
