// zalo token: hands a new refresh token of the Zalo Official Account to the running bot; needs no store and works beside it.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type HandoverResult, leaveToken, lookForResult, readToken } from '../channels/zalo-handover.ts';
import { ZALO } from '../text/admin.ts';
import type { Command, Outcome } from './command.ts';

/** How long to wait for the bot unless told otherwise, and at most (s). */
const WAIT = 30;
const LONGEST_WAIT = 600;
/** How often to look for the bot's answer (ms). */
const LOOK = 200;
/** More than any token and the page it may be pasted with (characters). */
const MOST = 16_384;

const token: Command = {
  options: { wait: 'text' },
  async run({ text }, { config }) {
    const seconds = Number(text.wait ?? WAIT);
    if (!(seconds >= 0 && seconds <= LONGEST_WAIT)) return { faults: [ZALO.badWait(text.wait ?? '')] };
    const given = process.stdin.isTTY ? await typed() : await piped();
    if (given.trim() === '') return { faults: [ZALO.noToken] };
    const read = readToken(given);
    if (read === undefined) return { faults: [ZALO.badToken] };
    await leaveToken(config.DATA_DIR, read);
    if (process.stderr.isTTY) console.error(ZALO.waiting(seconds));
    return outcomeOf(await waitForResult(config.DATA_DIR, read, seconds * 1000));
  },
};

export const commands: Readonly<Record<string, Command>> = { token };

/** Asks for it without showing it; '' when the operator gives up with Ctrl-C or Ctrl-D. */
async function typed(): Promise<string> {
  process.stderr.write(ZALO.prompt);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true, historySize: 0 });
  try {
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    lines.once('SIGINT', () => lines.close());
    return await Promise.race([lines.question(''), closed]);
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

async function piped(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += `${chunk}`;
    if (text.length > MOST) break;
  }
  return text;
}

type Found = HandoverResult | 'waiting' | 'fetched';

/** What the bot said, or how far it got by then. It may come to a better answer than `unavailable` while we wait. */
async function waitForResult(folder: string, read: string, ms: number): Promise<Found> {
  for (const began = performance.now(); ; await pause(LOOK)) {
    const found = await lookForResult(folder, read);
    const isFinal = typeof found === 'object' && found.outcome !== 'unavailable';
    if (isFinal || performance.now() - began >= ms) return found;
  }
}

function outcomeOf(found: Found): Outcome {
  if (typeof found === 'string') {
    const line = found === 'waiting' ? ZALO.notRunning : ZALO.fetched;
    return { lines: [line], json: { outcome: found } };
  }
  const { outcome, why = '' } = found;
  switch (outcome) {
    case 'taken':
      return { lines: [ZALO.taken], json: found };
    case 'unavailable':
      return { lines: [ZALO.unavailable(why)], json: found };
    case 'refused':
      return { faults: [ZALO.refused(why), ...ZALO.whatNow] };
    case 'unreadable':
      return { faults: [ZALO.unreadable] };
  }
}
