// One of several instances on one database, a process of its own: takes every event of some chats, like the others, and sends what it has to.
import { appendFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '../../src/channels/channel.ts';
import { createDeliverer, type Deliverer } from '../../src/deliver.ts';
import type { Change } from '../../src/domain/change.ts';
import { createLog } from '../../src/log.ts';
import { openPostgres } from '../../storage/postgres.ts';
import type { Storage, Turn } from '../../storage/storage.ts';
import { CAN } from '../support/can.ts';

const [url = '', name = '', file = '', chats = '', events = ''] = process.argv.slice(2);

/** Written at once, so that a kill cannot take back what was said. */
const say = (words: string): void => void writeSync(1, `${words}\n`);

const storage = await openPostgres(url);
const deliverer = deliver(storage);
say('opened');
await Promise.all(chats.split(',').filter(Boolean).map(take));
say('took everything');
process.on('SIGTERM', async () => {
  await deliverer.stop(2_000);
  await storage.close();
  process.exit(0);
});
setInterval(() => {}, 1_000);

/** Every send is a line "instance message chat seq" of the file. */
function deliver(store: Storage): Deliverer {
  const channel: Channel = {
    name: 'post',
    can: CAN,
    start: async () => {},
    async send({ id, chat, seq, begin }) {
      await begin?.();
      appendFileSync(file, `${name} ${id} ${chat} ${seq}\n`);
      await pause(Math.random() * 5);
      return { outcome: 'sent' };
    },
    inviteLink: () => undefined,
    notices: () => [],
    stop: async () => {},
  };
  const unused = async (): Promise<never> => Promise.reject(new Error('not used'));
  return createDeliverer({
    ...{ storage: store, channels: [channel], templates: [], log: createLog('silent'), receive: unused },
    files: { make: unused, pictures: unused },
    readFile: unused,
    links: { make: unused, routes: () => {} },
  });
}

/** Takes the chat's events one after the other until all are stored, whoever stored them. */
async function take(chat: string): Promise<void> {
  const conversation = `post:${chat}`;
  for (let n = 1; n <= Number(events); n++) {
    const event = `${chat}-${n}`;
    for (;;) {
      const outcome = await storage
        .load({ conversation, event })
        .then((loaded) => (loaded.handled ? 'duplicate' : turnOf(chat, event, n, loaded.session?.rev ?? 0)))
        .then((turn) => (turn === 'duplicate' ? turn : storage.commit(turn)))
        .catch(() => 'away' as const);
      if (outcome === 'done') say(event);
      if (outcome === 'done' || outcome === 'duplicate') break;
      await pause(Math.random() * 20);
    }
  }
}

/** Sets an answer and says something in the own chat, which may be said again, and in one that all share, which must not. */
function turnOf(chat: string, event: string, n: number, session: number): Turn {
  const conversation = `post:${chat}`;
  const report = `q3/${chat}`;
  const answer = { by: 'lan', at: '', event, value: { is: 'number', number: n, decimals: 0 } } as const;
  const begin: Change = {
    ...{
      type: 'report_started',
      report,
      campaign: 'q3',
      unit: chat,
      template: { id: 'phu-luc', version: 1 },
    },
  };
  return {
    ...{ event, at: new Date().toISOString(), by: 'lan', conversation },
    session: { conversation, waiting: { flow: 'menu' }, doubts: [], rev: 0 },
    changes: [
      ...(n === 1 ? [begin] : []),
      { type: 'answer_set', report, indicator: `a${n}`, answer, was: null },
    ],
    outgoing: [
      { conversation, message: { text: [event] } },
      { conversation: 'post:all', message: { text: [event], once: true } },
    ],
    expects: { session, reports: { [report]: n - 1 } },
  };
}
