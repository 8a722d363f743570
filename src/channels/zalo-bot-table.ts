// The table of a message on its way through a bot that can send no file: pictures that Zalo fetches from our own server.
import { ZALO_BOT } from '../text/zalo-bot.ts';
import type { Sending, TableSource } from './channel.ts';
import type { TelegramLog } from './telegram-api.ts';
import type { Answer, Calls } from './zalo-bot-call.ts';

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
type Tabled = Sending & { readonly table: TableSource };

const MOST_PICTURES = 6;
/** After so many failures a picture is left out, so that it does not hold up its chat. */
const MOST_FAILURES = 5;

/**
 * Sends the pictures and resolves to undefined, or to the answer that ended this attempt; `progress` then says where to go on.
 * The words with the link are out before: a picture that cannot be had is left out and logged.
 */
export async function sendTable(
  parts: Parts,
  sending: Tabled,
  progress: TableProgress,
): Promise<NotDone | undefined> {
  progress.pages ??= await countPages(parts, sending);
  const { pages } = progress;
  const shown = Math.min(pages, MOST_PICTURES);
  // The step after the last picture is the line about those that were left out.
  const steps = pages > shown ? shown + 1 : shown;
  for (; progress.step < steps; progress.step += 1) {
    const answer = await take(parts, sending, progress.step, shown, pages);
    const end = answer && endOf(parts, sending, answer, progress);
    if (end) return end;
    progress.failures = 0;
  }
  return undefined;
}

/** One step; undefined when it cannot be taken. */
async function take(
  { calls, log }: Parts,
  { id, chat, table }: Tabled,
  step: number,
  shown: number,
  pages: number,
): Promise<Answer | undefined> {
  if (step === shown) return calls.call('sendMessage', chat, { text: ZALO_BOT.morePages(shown, pages) });
  try {
    const photo = await table.link('png', step);
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
    'Zalo Bot: a picture of a table may be missing',
  );
  return undefined;
}

async function countPages({ log }: Parts, { id, table }: Tabled): Promise<number> {
  try {
    return (await table.pictures()).length;
  } catch (error) {
    log.error({ message: id, why: String(error) }, 'Zalo Bot: a table could not be drawn');
    return 0;
  }
}
