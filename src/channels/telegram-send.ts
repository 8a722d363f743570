// Sends one message to one Telegram chat, at Telegram's pace, and says what became of it.
import { type Api, InputFile } from 'grammy';
import type { Sending, SendResult } from './channel.ts';
import { createHalfSent } from './in-parts.ts';
import type { Pace } from './pace.ts';
import type { Failure, ReadFailure, TelegramLog } from './telegram-api.ts';
import { beginPictures, type PicturesProgress, sendPictures } from './telegram-pictures.ts';
import { type Call, toCalls, toEdits } from './telegram-render.ts';

const NO_TEXT = /no text in the message/i;
/** Refusals of an edit after which the words go out as a new message. */
const CANNOT_EDIT =
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no caption in the message/i;
const UNREACHABLE = /chat not found|user not found|PEER_ID_INVALID|user is deactivated|bot was blocked/i;

/** How far a message got: calls made, the id of the newest words, and its pictures. */
type Done = { readonly count: number; readonly platform: string; readonly pictures: PicturesProgress };
type Attempt = { readonly platform: string } | { readonly failure: Failure };
type Parts = {
  readonly api: Api;
  readonly pace: Pace;
  readonly readFailure: ReadFailure;
  readonly log: TelegramLog;
};

/** The channel's `send`; it never rejects. */
export function createSend({
  api,
  pace,
  readFailure,
  log,
}: Parts): (sending: Sending) => Promise<SendResult> {
  const halfSent = createHalfSent<Done>();

  const paced = async (
    { chat, begin }: Pick<Sending, 'chat' | 'begin'>,
    isEdit: boolean,
    perform: () => Promise<string>,
  ): Promise<Attempt> => {
    const seconds = await pace.turn(chat, isEdit);
    if (seconds > 0) return { failure: { kind: 'refused', code: 429, why: 'waiting for our turn', seconds } };
    try {
      await begin?.();
    } catch (error) {
      return { failure: { kind: 'unsent', why: `it could not be noted as on its way: ${String(error)}` } };
    }
    try {
      return { platform: await perform() };
    } catch (error) {
      const failure = readFailure(error);
      if (failure.kind === 'refused' && failure.seconds !== undefined) pace.hold(failure.seconds, chat);
      return { failure };
    }
  };
  const attempt = (sending: Sending, call: Call): Promise<Attempt> =>
    paced(sending, call.kind === 'edit' || call.kind === 'recaption', () => perform(api, sending.chat, call));

  const edit = async (sending: Sending, calls: readonly Call[]): Promise<SendResult | undefined> => {
    const { replaces } = sending;
    for (const call of calls) {
      const made = await attempt(sending, call);
      if ('platform' in made) return { outcome: 'sent', platform: made.platform };
      const { failure } = made;
      if (/message is not modified/i.test(failure.why)) return { outcome: 'sent', platform: replaces ?? '' };
      // An edit may be repeated, so a lost answer is no reason to give up.
      if (failure.kind !== 'refused') return { outcome: 'retry', why: failure.why };
      if (CANNOT_EDIT.test(failure.why)) return undefined;
      if (!NO_TEXT.test(failure.why)) return resultOf(failure);
    }
    return undefined;
  };

  const sendNew = async (sending: Sending): Promise<SendResult> => {
    const calls = toCalls(sending);
    if (calls.length === 0) return { outcome: 'never', why: 'the message is empty' };
    let done: Done = halfSent.take(sending.id) ?? { count: 0, platform: '', pictures: beginPictures() };
    for (const call of calls.slice(done.count)) {
      const made = await attempt(sending, call);
      if ('failure' in made) {
        const result = resultOf(made.failure);
        if (result.outcome === 'retry' && done.count > 0) halfSent.keep(sending.id, done);
        return result;
      }
      done = { ...done, count: done.count + 1, platform: made.platform };
    }
    const call = (perform: () => Promise<string>) => paced(sending, false, perform);
    const waits = await sendPictures({ api, call, log }, sending, done.pictures);
    if (!waits) return { outcome: 'sent', platform: done.platform };
    halfSent.keep(sending.id, done);
    return resultOf(waits);
  };

  return async (sending) => (await edit(sending, toEdits(sending))) ?? (await sendNew(sending));
}

/** Makes the call; resolves to the id of the message as it now stands in the chat. */
async function perform(api: Api, chat: string, call: Call): Promise<string> {
  switch (call.kind) {
    case 'text':
      return String((await api.sendMessage(chat, call.html, call.options)).message_id);
    case 'file': {
      const file = new InputFile(call.file.bytes, call.file.name);
      return String((await api.sendDocument(chat, file, call.options)).message_id);
    }
    case 'edit':
      await api.editMessageText(chat, call.message, call.html, call.options);
      return String(call.message);
    case 'recaption':
      await api.editMessageCaption(chat, call.message, call.options);
      return String(call.message);
  }
}

function resultOf(failure: Failure): SendResult {
  const { why } = failure;
  if (failure.kind === 'unsent') return { outcome: 'retry', why };
  if (failure.kind === 'lost') return { outcome: 'unknown', why };
  const { code, seconds } = failure;
  if (code === 429 || code >= 500)
    return { outcome: 'retry', why, ...(seconds === undefined ? {} : { seconds }) };
  // A token that was revoked is the operator's to mend: the message itself is good and must not be given up.
  if (code === 401 || code === 404) return { outcome: 'retry', why };
  return code === 403 || UNREACHABLE.test(why)
    ? { outcome: 'held', hold: 'blocked', why }
    : { outcome: 'never', why };
}
