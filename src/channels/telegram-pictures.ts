// The pictures of a message on their way to Telegram, after its words: one by itself, several as albums.
import { type Api, InputFile, InputMediaBuilder } from 'grammy';
import type { SendFile, Sending } from './channel.ts';
import type { Failure, TelegramLog } from './telegram-api.ts';

/** How far the pictures of one message got; changed as it goes on, so that a repetition repeats nothing. */
export type PicturesProgress = {
  /** Pictures sent. */
  sent: number;
  /** How often it failed for a reason that may pass. */
  failures: number;
};

export const beginPictures = (): PicturesProgress => ({ sent: 0, failures: 0 });

type Parts = {
  readonly api: Api;
  /** Makes the call when it is our turn. */
  readonly call: (
    perform: () => Promise<string>,
  ) => Promise<{ readonly platform: string } | { readonly failure: Failure }>;
  readonly log: TelegramLog;
};

/** The most pictures of an album. */
const ALBUM = 10;
/** After so many failures the pictures are left out, so that they do not hold up their chat. */
const MOST_FAILURES = 5;

/**
 * Sends what is left of the pictures. Resolves to the failure after which it should be tried again, and to undefined when there is
 * nothing more to do: a picture that cannot be had, or that may have arrived, is left at that and logged.
 */
export async function sendPictures(
  parts: Parts,
  sending: Sending,
  progress: PicturesProgress,
): Promise<Failure | undefined> {
  const all = await drawn(parts, sending);
  while (progress.sent < all.length) {
    const album = all.slice(progress.sent, progress.sent + ALBUM);
    const made = await parts.call(() => perform(parts.api, sending.chat, album));
    if ('failure' in made) {
      if (isWorthAnother(made.failure, progress)) return made.failure;
      parts.log.warn({ message: sending.id, why: made.failure.why }, 'Telegram: pictures may be missing');
      return undefined;
    }
    progress.sent += album.length;
  }
  return undefined;
}

async function drawn({ log }: Parts, { id, pictures }: Sending): Promise<readonly SendFile[]> {
  try {
    return (await pictures?.make()) ?? [];
  } catch (error) {
    log.error({ message: id, why: String(error) }, 'Telegram: pictures could not be drawn');
    return [];
  }
}

/** An album has at least two. */
async function perform(api: Api, chat: string, album: readonly SendFile[]): Promise<string> {
  const [first, ...others] = album.map(({ bytes, name }) => new InputFile(bytes, name));
  if (!first) return '';
  if (others.length === 0) return String((await api.sendPhoto(chat, first)).message_id);
  const media = [first, ...others].map((file) => InputMediaBuilder.photo(file));
  return String((await api.sendMediaGroup(chat, media))[0]?.message_id ?? '');
}

/** Told to wait, as long as it takes; what else may pass, not for ever. */
function isWorthAnother(failure: Failure, progress: PicturesProgress): boolean {
  if (failure.kind === 'lost') return false;
  if (failure.kind === 'refused' && failure.code === 429) return true;
  progress.failures += 1;
  const passes = failure.kind === 'unsent' || failure.code >= 500;
  return passes && progress.failures < MOST_FAILURES;
}
