// Hands a file to Zalo, which keeps it for seven days, and says what follows when it is not taken.
import type { SendFile } from './channel.ts';
import type { Answer, Call, ZaloOaLog } from './zalo-oa-call.ts';

export type NotDone = Exclude<Answer, { kind: 'done' }>;
/** What became of one file: sent, to be sent in another form, or an answer that ends this attempt. */
export type Step = 'sent' | 'other form' | { readonly answer: NotDone };

export type UploadParts = { readonly call: Call; readonly now: () => Date; readonly log: ZaloOaLog };

/** What was handed over for one message; changed as it goes on, so that a repetition hands over nothing twice. */
export type Uploads = {
  /** By the file's key. */
  readonly kept: Map<string, { readonly token: string; readonly at: number }>;
  /** Calls that failed for a reason that passes. */
  failures: number;
};

/** One file of a message. `key` names it within the message, `message` is that one's id. */
export type Piece = {
  readonly key: string;
  readonly message: string;
  readonly kind: keyof typeof KINDS;
  readonly file: () => Promise<SendFile>;
};

const KINDS = {
  file: { path: '/v2.0/oa/upload/file', field: 'token', most: 5 * 1024 * 1024 },
  image: { path: '/v2.0/oa/upload/image', field: 'attachment_id', most: 1024 * 1024 },
} as const;
/** A day less than Zalo keeps it (ms). */
const KEPT = 6 * 24 * 3_600_000;
/** After so many failures the table goes another way, so that it does not hold up its chat. */
const MOST_FAILURES = 5;

/** Zalo's name for the file; uploads it unless that was done before. */
export async function upload(
  parts: UploadParts,
  uploads: Uploads,
  piece: Piece,
): Promise<{ readonly token: string } | Exclude<Step, 'sent'>> {
  const { path, field, most } = KINDS[piece.kind];
  const now = parts.now().getTime();
  const before = uploads.kept.get(piece.key);
  if (before && now - before.at < KEPT) return before;
  let file: SendFile;
  try {
    file = await piece.file();
  } catch (error) {
    return otherForm(parts, piece, String(error));
  }
  if (file.bytes.length > most) return otherForm(parts, piece, `${file.bytes.length} bytes are too many`);
  const answer = await parts.call({ method: 'POST', path, upload: { field: 'file', ...file } });
  if (answer.kind !== 'done') return afterRefusal(parts, uploads, piece, answer);
  const token = answer.data[field];
  if (typeof token !== 'string' || token === '') return otherForm(parts, piece, 'Zalo gave no token for it');
  uploads.kept.set(piece.key, { token, at: now });
  return { token };
}

/** Says in the log why a file does not go in this form. */
export function otherForm({ log }: UploadParts, { message, key }: Piece, why: string): 'other form' {
  log.warn({ message, file: key, why }, 'Zalo OA: a table cannot be sent in this form');
  return 'other form';
}

/** The answer once more, until it came too often. */
export function failed(uploads: Uploads, answer: NotDone): Exclude<Step, 'sent'> {
  uploads.failures += 1;
  return uploads.failures < MOST_FAILURES ? { answer } : 'other form';
}

/**
 * An upload changes nothing in the chat, so it may be repeated when its answer is lost; and where Zalo refuses it, for whatever
 * reason, the words that come later must not wait for it.
 */
function afterRefusal(
  parts: UploadParts,
  uploads: Uploads,
  piece: Piece,
  answer: NotDone,
): Exclude<Step, 'sent'> {
  const isWaiting =
    answer.kind === 'refused'
      ? answer.trouble.kind === 'limit' || answer.trouble.kind === 'renew'
      : // With a time to come back it was not the upload that failed: we are not connected, or it is not our turn.
        answer.kind === 'wait' && answer.seconds !== undefined;
  if (isWaiting) return { answer };
  const passes = answer.kind !== 'refused' || answer.trouble.kind === 'retry';
  const step = passes ? failed(uploads, { kind: 'wait', why: answer.why }) : 'other form';
  return step === 'other form' ? otherForm(parts, piece, answer.why) : step;
}
