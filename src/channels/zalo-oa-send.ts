// Sends one message to one person on Zalo: its words in parts, its table and pictures after them, and says what became of it.
import { ZALO } from '../text/zalo.ts';
import type { Sending, SendResult } from './channel.ts';
import { createHalfSent } from './in-parts.ts';
import type { Buttons } from './zalo-oa-buttons.ts';
import { type Answer, type Call, DISCONNECTED_PAUSE, type ZaloOaLog } from './zalo-oa-call.ts';
import { beginTable, sendPictures, sendTable, type TableProgress } from './zalo-oa-files.ts';
import { type Part, sayPart, toParts } from './zalo-oa-render.ts';
import type { Episode } from './zalo-oa-trouble.ts';
import type { NotDone } from './zalo-oa-upload.ts';
import type { Window } from './zalo-oa-window.ts';

type Parts = {
  readonly call: Call;
  readonly buttons: Buttons;
  readonly window: Window;
  readonly episode: Episode;
  readonly disconnected: () => { readonly why: string } | undefined;
  readonly now: () => Date;
  readonly log: ZaloOaLog;
};

/** How far one message got; changed as it goes on. */
type Progress = {
  /** What is still to be said; undefined until something was, for a link in it does not last. */
  parts: readonly Part[] | undefined;
  hasLink: boolean;
  /** The id of the last words that were sent. */
  platform: string | undefined;
  /** Zalo refused the buttons with this code; the words without them are still to be said. */
  refusedWith: number | undefined;
  /** Attempts that failed for reasons that were not the message's. */
  waits: number;
  readonly table: TableProgress;
  readonly pictures: TableProgress;
};

/** While something is put right that concerns every message (s). */
const CONFIGURATION_PAUSE = 300;
/** A refusal with a code that nobody knows may be about the buttons when it comes that often in a row. */
const DOUBTFUL = 3;

/** The channel's `send`; it never rejects. */
export function createSend(parts: Parts): (sending: Sending) => Promise<SendResult> {
  const begun = createHalfSent<Progress>();
  return async (sending) => {
    const closed = await parts.window.closed(sending);
    if (closed) return closed;
    const cut = parts.disconnected();
    if (cut) return { outcome: 'retry', why: cut.why, seconds: DISCONNECTED_PAUSE };
    const progress = begun.take(sending.id) ?? nothingYet();
    const ending = (await sendText(parts, sending, progress)) ?? (await sendRest(parts, sending, progress));
    if (ending === 'empty') return { outcome: 'never', why: 'the message is empty' };
    if (!ending) {
      const { platform } = progress;
      return platform === undefined ? { outcome: 'sent' } : { outcome: 'sent', platform };
    }
    const result = await resultOf(parts, sending, ending, progress);
    if (result.outcome !== 'never') begun.keep(sending.id, progress);
    return result;
  };
}

const nothingYet = (): Progress => ({
  ...{ parts: undefined, hasLink: false, platform: undefined, refusedWith: undefined, waits: 0 },
  ...{ table: beginTable(), pictures: beginTable() },
});

/** Undefined when all words are out. */
async function sendText(
  parts: Parts,
  sending: Sending,
  progress: Progress,
): Promise<NotDone | 'empty' | undefined> {
  const { call, buttons, episode } = parts;
  await buttons.look();
  let left = progress.parts ?? (await render(parts, sending, progress));
  if (left.length === 0 && progress.parts === undefined) return 'empty';
  for (let part = left[0]; part !== undefined; part = left[0]) {
    const answer = await call(sayPart(sending.chat, part), { chat: sending.chat, begin: sending.begin });
    if (answer.kind === 'done') {
      episode.end();
      if (part.buttons.length > 0) buttons.accepted();
      if (progress.refusedWith !== undefined && part.buttons.length === 0)
        await buttons.refused(progress.refusedWith);
      left = left.slice(1);
      const { message_id: id } = answer.data;
      const platform = typeof id === 'string' || typeof id === 'number' ? String(id) : progress.platform;
      Object.assign(progress, { parts: left, platform, refusedWith: undefined });
    } else if (part.buttons.length > 0 && mayBeTheButtons(answer, sending.attempts ?? 0)) {
      left = [...part.instead.map((text) => ({ text, buttons: [], instead: [] })), ...left.slice(1)];
      Object.assign(progress, { parts: left, refusedWith: answer.code });
    } else return answer;
  }
  return undefined;
}

async function render(
  { buttons, log }: Parts,
  sending: Sending,
  progress: Progress,
): Promise<readonly Part[]> {
  let closing = '';
  if (sending.table) {
    const link = await sending.table.link('xlsx').catch((error: unknown) => {
      log.error({ message: sending.id, why: String(error) }, 'Zalo OA: a link could not be made');
      return undefined;
    });
    progress.hasLink = link !== undefined;
    closing = link === undefined ? ZALO.noLink : ZALO.link(link);
  }
  return toParts(sending, closing, buttons.tried());
}

type Refused = Extract<Answer, { kind: 'refused' }>;

function mayBeTheButtons(answer: NotDone, attempts: number): answer is Refused {
  if (answer.kind !== 'refused') return false;
  const { kind } = answer.trouble;
  return kind === 'permanent' || (kind === 'unknown' && attempts + 1 >= DOUBTFUL);
}

async function sendRest(
  { call, now, log }: Parts,
  sending: Sending,
  progress: Progress,
): Promise<NotDone | undefined> {
  const { table, pictures } = sending;
  const parts = { call, now, log };
  const { hasLink } = progress;
  const ending = table && (await sendTable(parts, { sending, table, progress: progress.table, hasLink }));
  if (ending || !pictures) return ending;
  return sendPictures(parts, { sending, pictures, progress: progress.pictures });
}

async function resultOf(
  parts: Parts,
  sending: Sending,
  answer: NotDone,
  progress: Progress,
): Promise<SendResult> {
  const { why } = answer;
  const retry = (seconds?: number): SendResult => {
    progress.waits += 1;
    return { outcome: 'retry', why, ...(seconds === undefined ? {} : { seconds }) };
  };
  if (answer.kind === 'lost') return { outcome: 'unknown', why };
  if (answer.kind === 'wait') return retry(answer.seconds);
  const { trouble } = answer;
  const refused: SendResult = { outcome: 'held', hold: 'refused', why };
  switch (trouble.kind) {
    case 'limit':
      return retry(answer.seconds);
    case 'later':
      return { outcome: 'held', hold: 'later', why, seconds: trouble.seconds };
    case 'renew':
    case 'configuration':
      parts.episode.begin(why);
      return retry(CONFIGURATION_PAUSE);
    case 'hold':
      return trouble.hold === 'window'
        ? await parts.window.hold(sending, why)
        : { outcome: 'held', hold: trouble.hold, why };
    case 'retry':
    case 'unknown': {
      const tried = (sending.attempts ?? 0) - progress.waits + 1;
      return tried >= (trouble.most ?? Number.POSITIVE_INFINITY) && !isTold(progress)
        ? refused
        : { outcome: 'retry', why };
    }
    case 'policy':
      parts.episode.begin(why);
      return refused;
    case 'permanent':
    case 'attachment':
      return { outcome: 'never', why };
  }
}

/** All words are out; what is left is the table, which counts its own failures. */
const isTold = ({ parts }: Progress): boolean => parts?.length === 0;
