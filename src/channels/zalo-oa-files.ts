// The table of a message on its way to Zalo, which takes no spreadsheet: as PDF, else as DOCX, else as pictures, else a line that says
// so. And the pictures that a message brings besides.
import { ZALO } from '../text/zalo.ts';
import type { PictureSource, SendFile, Sending, TableSource } from './channel.ts';
import type { Answer, Call } from './zalo-oa-call.ts';
import { sayFile, sayPart, sayPicture } from './zalo-oa-render.ts';
import {
  failed,
  type NotDone,
  otherForm,
  type Piece,
  type Step,
  type UploadParts,
  type Uploads,
  upload,
} from './zalo-oa-upload.ts';

/** The files that a table goes as, best first. */
export const TABLE_FILES = ['pdf', 'docx'] as const;
/** What is tried, in order. */
const FORMS = [...TABLE_FILES, 'pictures', 'apology', 'done'] as const;
type Form = (typeof FORMS)[number];

/** How far the table of one message got; changed as it goes on, so that a repetition repeats nothing. */
export type TableProgress = {
  form: Form;
  /** Pictures sent. */
  pictures: number;
  readonly uploads: Uploads;
};

export const beginTable = (): TableProgress => ({
  form: FORMS[0],
  pictures: 0,
  uploads: { kept: new Map(), failures: 0 },
});

type Job = { readonly sending: Sending; readonly progress: TableProgress };
/** `hasLink`: the words before the table led to the spreadsheet. */
type TableJob = Job & { readonly table: TableSource; readonly hasLink: boolean };

const MOST_PICTURES = 6;

/**
 * Sends the table and resolves to undefined, or to the answer that ended this attempt; `progress` then says where to go on.
 * A form that Zalo refuses is no trouble: the next one is taken.
 */
export async function sendTable(parts: UploadParts, job: TableJob): Promise<NotDone | undefined> {
  const { progress } = job;
  while (progress.form !== 'done') {
    const step = await sendForm(parts, job);
    if (typeof step !== 'string') return step.answer;
    progress.form = step === 'sent' ? 'done' : next(progress.form);
  }
  return undefined;
}

const next = (form: Form): Form => FORMS[FORMS.indexOf(form) + 1] ?? 'done';

async function sendForm(parts: UploadParts, job: TableJob): Promise<Step> {
  const { id } = job.sending;
  const { table } = job;
  const { form } = job.progress;
  switch (form) {
    case 'pdf':
    case 'docx': {
      const file = () => table.make(form);
      return await sendPiece(parts, job, { key: form, message: id, kind: 'file', file }, sayFile);
    }
    case 'pictures':
      return await sendPages(parts, job, table.pictures);
    case 'apology':
      return await say(parts, job, job.hasLink ? ZALO.fileRefused : ZALO.fileRefusedNoLink);
    case 'done':
      return 'sent';
  }
}

async function say({ call }: UploadParts, { sending, progress }: Job, text: string): Promise<Step> {
  const { chat } = sending;
  return stepOf(await call(sayPart(chat, { text, buttons: [] }), { chat }), progress);
}

/**
 * Sends the pictures that a message brings besides, as `sendTable` sends a table; those that cannot be had, or that Zalo refuses,
 * are left at that.
 */
export async function sendPictures(
  parts: UploadParts,
  job: Job & { readonly pictures: PictureSource },
): Promise<NotDone | undefined> {
  const step = await sendPages(parts, job, job.pictures.make);
  return typeof step === 'string' ? undefined : step.answer;
}

async function sendPages(
  parts: UploadParts,
  job: Job,
  draw: () => Promise<readonly SendFile[]>,
): Promise<Step> {
  const { sending, progress } = job;
  let all: readonly SendFile[];
  try {
    all = await draw();
  } catch (error) {
    parts.log.error({ message: sending.id, why: String(error) }, 'Zalo OA: a table could not be drawn');
    return 'other form';
  }
  const shown = all.slice(0, MOST_PICTURES);
  for (const [page, picture] of shown.entries()) {
    if (page < progress.pictures) continue;
    const file = async () => picture;
    const piece: Piece = { key: `picture ${page + 1}`, message: sending.id, kind: 'image', file };
    const step = await sendPiece(parts, job, piece, (chat, id) =>
      sayPicture(chat, id, ZALO.picture(page + 1, all.length)),
    );
    if (step !== 'sent') return step;
    progress.pictures += 1;
  }
  if (shown.length === 0) return 'other form';
  if (shown.length === all.length) return 'sent';
  return await say(parts, job, ZALO.morePictures(shown.length, all.length));
}

/** Uploads and sends; once more from the start when Zalo has thrown the upload away meanwhile. */
async function sendPiece(
  parts: UploadParts,
  { sending: { chat }, progress }: Job,
  piece: Piece,
  request: (chat: string, token: string) => Parameters<Call>[0],
): Promise<Step> {
  for (let again = false; ; again = true) {
    const uploaded = await upload(parts, progress.uploads, piece);
    if (typeof uploaded === 'string' || 'answer' in uploaded) return uploaded;
    const answer = await parts.call(request(chat, uploaded.token), { chat });
    const isExpired = answer.kind === 'refused' && answer.trouble.kind === 'attachment';
    if (isExpired) progress.uploads.kept.delete(piece.key);
    if (isExpired && !again) continue;
    const step = stepOf(answer, progress);
    return step === 'other form' && answer.kind !== 'done' ? otherForm(parts, piece, answer.why) : step;
  }
}

/** What follows from the answer to a message. */
function stepOf(answer: Answer, { uploads }: TableProgress): Step {
  if (answer.kind === 'done') return 'sent';
  if (answer.kind !== 'refused') return { answer };
  switch (answer.trouble.kind) {
    case 'permanent':
    case 'attachment':
    case 'unknown':
      return 'other form';
    case 'retry':
      return failed(uploads, answer);
    default:
      return { answer };
  }
}
