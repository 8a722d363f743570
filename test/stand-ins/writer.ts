// A process of its own that uses a data folder: `write` stores turns and names each on stdout once it is stored; `try` only opens it.
import { writeSync } from 'node:fs';
import type { Change } from '../../src/domain/change.ts';
import { openLowdb } from '../../storage/lowdb.ts';
import type { Storage, Turn } from '../../storage/storage.ts';

const [what = 'try', folder = '', prefix = ''] = process.argv.slice(2);

/** Written at once, so that a kill cannot take back what was said. */
const say = (words: string): void => void writeSync(1, `${words}\n`);

try {
  const store = await openLowdb(folder, { snapshotEvery: 7 });
  say('opened');
  if (what === 'write')
    await Promise.all(['web:1', 'web:2', 'web:3'].map((chat) => keepWriting(store, chat)));
  await store.close();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Every turn sets two answers to the same figure, the session, and a message to the own and to a shared conversation. */
async function keepWriting(store: Storage, conversation: string): Promise<never> {
  const report = `q3/${conversation}`;
  for (let n = 1; ; n += 1) {
    const event = `${prefix}:${conversation}:${n}`;
    const { session } = await store.load({ conversation, event });
    const rev = (await store.report(report))?.rev ?? 0;
    const turn: Turn = {
      ...{ event, at: new Date().toISOString(), by: 'lan', conversation },
      session: { conversation, waiting: { flow: 'menu' }, doubts: [], rev: 0 },
      changes: [
        ...(rev === 0 ? [start(report)] : []),
        set(report, 'a', rev, event),
        set(report, 'b', rev, event),
      ],
      outgoing: [conversation, 'web:all'].map((to) => ({ conversation: to, message: { text: [event] } })),
      expects: { session: session?.rev ?? 0, reports: { [report]: rev } },
    };
    if ((await store.commit(turn)) !== 'done') throw new Error(`${event} was not stored`);
    say(event);
    await store.markSent(`${event}:0`, { outcome: 'sent' });
  }
}

function start(report: string): Change {
  return {
    type: 'report_started',
    report,
    campaign: 'q3',
    unit: report,
    template: { id: 'phu-luc', version: 1 },
  };
}

function set(report: string, indicator: string, number: number, event: string): Change {
  const answer = { by: 'lan', at: '', event, value: { is: 'number', number, decimals: 0 } } as const;
  return { type: 'answer_set', report, indicator, answer, was: null };
}
