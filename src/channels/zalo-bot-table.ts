// The pictures of a message, or of its table, on their way through a bot that can send no file: Zalo fetches them from our own server.
import { ZALO_BOT } from '../text/zalo-bot.ts';
import type { PictureSource, Sending, TableSource } from './channel.ts';
import type { TelegramLog } from './telegram-api.ts';
import type { Answer, Calls } from './zalo-bot-call.ts';

/** The pictures of a table as those of a message. */
export const pagesOf = ({ pictures, link }: TableSource): PictureSource => ({
  make: pictures,
  link: (page) => link('png', page),
});

/** How far the pictures of one message got; changed as it goes on, so that a repetition repeats nothing. */
export type TableProgress = {
  /** How many pictures there are; undefined until they were drawn. */
  pages: number | undefined;
  /** The next picture to send, from 0. */
  step: number;
  /** How often it failed for a reason that may pass. */
  failures: number;
};

export const beginTable = (): TableProgress => ({ pages: undefined, step: 0, failures: 0 });

type NotDone = Exclude<Answer, { kind: 'done' }>;
type Parts = { readonly calls: Calls; readonly log: TelegramLog };
type Job = {
  readonly sending: Sending;
  readonly pictures: PictureSource;
  /** The line about pictures that were left out. */
  readonly more: (shown: number, pages: number) => string;
};

const MOST_PICTURES = 6;
/** After so many failures a picture is left out, so that it does not hold up its chat. */
const MOST_FAILURES = 5;

/**
 * Sends the pictures and resolves to undefined, or to the answer that ended this attempt; `progress` then says where to go on.
 * The words with the link are out before: a picture that cannot be had is left out and logged.
 */
export async function sendPictures(
  parts: Parts,
  job: Job,
  progress: TableProgress,
): Promise<NotDone | undefined> {
  progress.pages ??= await countPages(parts, job);
  const { pages } = progress;
  const shown = Math.min(pages, MOST_PICTURES);
  // The step after the last picture is the line about those that were left out.
  const steps = pages > shown ? shown + 1 : shown;
  for (; progress.step < steps; progress.step += 1) {
    const answer = await take(parts, job, progress.step, shown, pages);
    const end = answer && endOf(parts, job.sending, answer, progress);
    if (end) return end;
    progress.failures = 0;
  }
  return undefined;
}

/** One step; undefined when it cannot be taken. */
async function take(
  { calls, log }: Parts,
  { sending: { id, chat }, pictures, more }: Job,
  step: number,
  shown: number,
  pages: number,
): Promise<Answer | undefined> {
  if (step === shown) return calls.call('sendMessage', chat, { text: more(shown, pages) });
  try {
    const photo = await pictures.link(step);
    if (photo === undefined) return undefined;
    return await calls.call('sendPhoto', chat, { photo, caption: ZALO_BOT.picture(step + 1, pages) });
  } catch (error) {
    log.error({ message: id, picture: step + 1, why: String(error) }, 'Zalo Bot: a link could not be made');
    return undefined;
  }
}

/** The answer when it ends this attempt; undefined when the next step may be taken. */
function endOf(
  { log }: Parts,
  { id }: Sending,
  answer: Answer,
  progress: TableProgress,
): NotDone | undefined {
  switch (answer.kind) {
    case 'done':
      return undefined;
    case 'wait':
      return answer;
    case 'refused':
      if (answer.trouble === 'blocked' || answer.trouble === 'unfollowed') return answer;
      progress.failures += 1;
      if (answer.trouble === 'later' && progress.failures < MOST_FAILURES) return answer;
  }
  // Repeating one that may have arrived helps less than going on: the spreadsheet has it all.
  log.warn(
    { message: id, picture: progress.step + 1, why: answer.why },
    'Zalo Bot: a picture may be missing',
  );
  return undefined;
}

async function countPages({ log }: Parts, { sending: { id }, pictures }: Job): Promise<number> {
  try {
    return (await pictures.make()).length;
  } catch (error) {
    log.error({ message: id, why: String(error) }, 'Zalo Bot: pictures could not be drawn');
    return 0;
  }
}
