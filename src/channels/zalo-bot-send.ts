// Sends one message to one chat of the Zalo Bot: its words in parts, its table and pictures after them, and says what became of it.
import type { Text } from '../domain/conversation.ts';
import { ZALO_BOT } from '../text/zalo-bot.ts';
import type { Sending, SendResult } from './channel.ts';
import { fitChoices } from './choices.ts';
import { createHalfSent } from './in-parts.ts';
import { composed, plain, splitText } from './split.ts';
import type { TelegramLog } from './telegram-api.ts';
import type { Answer, Calls } from './zalo-bot-call.ts';
import { beginTable, pagesOf, sendPictures, type TableProgress } from './zalo-bot-table.ts';

/** Longest text of one message, in UTF-16 units. */
export const TEXT_LIMIT = 2000;
/** A refusal that nobody can read is taken for final after so many attempts. */
const MOST_ATTEMPTS = 8;

type Parts = { readonly calls: Calls; readonly log: TelegramLog };
type NotDone = Exclude<Answer, { kind: 'done' }>;

/** How far one message got; changed as it goes on. */
type Progress = {
  /** What is still to be said; undefined until something was, for the link in it does not last. */
  left: readonly string[] | undefined;
  hasLink: boolean;
  /** The id of the last words that were sent. */
  platform: string | undefined;
  /** Attempts that failed for reasons that were not the message's. */
  waits: number;
  readonly table: TableProgress;
  readonly pictures: TableProgress;
};

/** The channel's `send`; it never rejects. */
export function createSend(parts: Parts): (sending: Sending) => Promise<SendResult> {
  const begun = createHalfSent<Progress>();
  return async (sending) => {
    const progress = begun.take(sending.id) ?? nothingYet();
    const end = (await parts.calls.closed()) ?? (await sendAll(parts, sending, progress));
    if (end === 'empty') return { outcome: 'never', why: 'the message is empty' };
    if (!end) {
      const { platform } = progress;
      return platform === undefined ? { outcome: 'sent' } : { outcome: 'sent', platform };
    }
    const result = resultOf(sending, end, progress);
    if (result.outcome !== 'never') begun.keep(sending.id, progress);
    return result;
  };
}

const nothingYet = (): Progress => ({
  ...{ left: undefined, hasLink: false, platform: undefined, waits: 0 },
  ...{ table: beginTable(), pictures: beginTable() },
});

/** Undefined when everything is out. */
async function sendAll(
  parts: Parts,
  sending: Sending,
  progress: Progress,
): Promise<NotDone | 'empty' | undefined> {
  let left = progress.left ?? (await render(parts, sending, progress));
  if (left.length === 0 && progress.left === undefined) return 'empty';
  for (let text = left[0]; text !== undefined; text = left[0]) {
    const answer = await parts.calls.call('sendMessage', sending.chat, { text }, sending.begin);
    if (answer.kind !== 'done') return answer;
    left = left.slice(1);
    progress.left = left;
    progress.platform = answer.id ?? progress.platform;
  }
  const { table, pictures } = sending;
  const ofTable = table && progress.hasLink ? pagesOf(table) : undefined;
  const ending =
    ofTable &&
    (await sendPictures(parts, { sending, pictures: ofTable, more: ZALO_BOT.morePages }, progress.table));
  if (ending || !pictures) return ending;
  return sendPictures(parts, { sending, pictures, more: ZALO_BOT.morePictures }, progress.pictures);
}

/** The words in parts: the link to the table stands before the choices, which are all in the text. */
async function render({ log }: Parts, sending: Sending, progress: Progress): Promise<readonly string[]> {
  const { seq, message, table } = sending;
  let closing: Text = [];
  if (table) {
    const link = await table.link('xlsx').catch((error: unknown) => {
      log.error({ message: sending.id, why: String(error) }, 'Zalo Bot: a link could not be made');
      return null;
    });
    progress.hasLink = typeof link === 'string';
    closing = [
      `\n\n${link === undefined ? ZALO_BOT.noLink : link === null ? ZALO_BOT.linkFailed : ZALO_BOT.link(link)}`,
    ];
  }
  const { text } = fitChoices({ seq, message: { ...message, text: [...message.text, ...closing] } }, 0);
  return splitText(composed(text), TEXT_LIMIT).map(plain);
}

function resultOf(sending: Sending, answer: NotDone, progress: Progress): SendResult {
  const { why } = answer;
  if (answer.kind === 'lost') return { outcome: 'unknown', why };
  if (answer.kind === 'wait') {
    progress.waits += 1;
    const { seconds } = answer;
    return seconds === undefined ? { outcome: 'retry', why } : { outcome: 'retry', why, seconds };
  }
  switch (answer.trouble) {
    case 'blocked':
    case 'unfollowed':
      return { outcome: 'held', hold: answer.trouble, why };
    case 'later':
      progress.waits += 1;
      return { outcome: 'retry', why };
    case 'permanent':
      return { outcome: 'never', why };
    case 'unknown': {
      const tried = (sending.attempts ?? 0) - progress.waits + 1;
      return tried >= MOST_ATTEMPTS ? { outcome: 'never', why } : { outcome: 'retry', why };
    }
  }
}
