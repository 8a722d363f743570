// A data folder after some weeks of an office's life, with everything a store can hold; and all that a store answers, to compare two.
import type { Change } from '../../src/domain/change.ts';
import { openLowdb } from '../../storage/lowdb.ts';
import type { Loaded, Outgoing, Storage, Turn } from '../../storage/storage.ts';
import { link, text } from '../storage.samples.ts';
import { nextEvent } from '../walk/next.ts';
import { comeIn, conversationOf, MEMBERS, newWalk, pick, remember, setCampaign } from '../walk/walk.ts';

const STEPS = 220;
/** Snapshots and closed periods on the shelf are made on the way. */
const SNAPSHOT_EVERY = 60;

/** Lets people write, press and send files at random, then what a walk has none of: a closed period, troubles of sending, somebody forgotten. */
export async function live(folder: string, seed: number): Promise<void> {
  const store = await openLowdb(folder, { snapshotEvery: SNAPSHOT_EVERY });
  const walk = await newWalk(seed, store);
  const { world, random } = walk;
  for (const name of MEMBERS) await comeIn(walk, name);
  const earlier = { ...world.campaign, id: 'k0/cũ', cutoff: '2024-03-14' };
  await setCampaign(world, earlier);
  await answerAll(store, ['k0/cũ/x1', 'k1/x1', 'k0/cũ/u1', 'k0/cũ/x2']);
  await handIn(store, 'k0/cũ/x1', ['submitted', 'returned', 'submitted', 'accepted']);
  for (let n = 0; n < STEPS; n++) {
    if (n === STEPS / 2) await setCampaign(world, { ...earlier, closedAt: '2024-06-20T00:00:00Z' });
    walk.clock += 60_000;
    world.setNow(new Date(walk.clock).toISOString());
    const name = random() < 0.5 ? 'Lan' : pick(random, MEMBERS);
    const event = await nextEvent(walk, name);
    walk.done.push(event);
    remember(walk, event.conversation, await world.send(event));
  }
  await answerAll(store, ['k1/x3', 'k1/x1']);
  await handIn(store, 'k1/x3', ['submitted', 'withdrawn', 'submitted']);
  await troubles(store);
  await forgetSomebody(store);
  await store.close();
}

const at = '2024-07-01T08:00:00Z';
const cli = (event: string, more: Partial<Turn>): Turn => ({
  ...{ event, at, by: 'test', conversation: 'operator:test', changes: [], outgoing: [] },
  expects: { reports: {} },
  ...more,
});

async function done(store: Storage, turn: Turn): Promise<void> {
  const outcome = await store.commit(turn);
  if (outcome !== 'done') throw new Error(`${turn.event}: ${outcome}`);
}

/** Answers and downloads in turns, each of which touches two reports, so that the order among reports of one unit matters. */
async function answerAll(store: Storage, ids: readonly string[]): Promise<void> {
  for (let n = 0; n < 70; n++) {
    const two = [...new Set([ids[n % ids.length] ?? '', ids[0] ?? ''])];
    const revs = await Promise.all(two.map(async (id) => [id, (await store.report(id))?.rev ?? 0] as const));
    const event = `answers ${ids[0]} ${n}`;
    const changes = revs.flatMap(([report, rev]) => [
      ...(rev === 0 ? [begun(report)] : []),
      answered(report, n, event),
      ...(n % 5 === 0 ? [{ type: 'downloaded', report, link: `l${n}` } as const] : []),
    ]);
    const expects = { reports: Object.fromEntries(revs) };
    await done(store, cli(event, { conversation: `test:${n % 3}`, changes, expects }));
  }
}

type Step = 'submitted' | 'returned' | 'accepted' | 'withdrawn';

async function handIn(store: Storage, report: string, steps: readonly Step[]): Promise<void> {
  for (const [n, type] of steps.entries()) {
    const event = `hand in ${report} ${n}`;
    const { rev = 0, submissions = [] } = (await store.report(report)) ?? {};
    const stamp = { by: 'p1', at, event };
    const version = submissions.length + 1;
    const submission = { ...stamp, version, values: 40, checkCode: `K-${n}`, warnings: 1, overrides: 0 };
    const changes: Readonly<Record<Step, Change>> = {
      submitted: { type: 'submitted', report, submission },
      returned: {
        ...{ type: 'returned', report, points: [{ indicator: 'i1', text: '?' }] },
        explanation: { ...stamp, text: 'Xem lại' },
      },
      accepted: { type: 'accepted', report },
      withdrawn: { type: 'withdrawn', report },
    };
    await done(store, cli(event, { changes: [changes[type]], expects: { reports: { [report]: rev } } }));
  }
}

function begun(report: string): Change {
  const slash = report.lastIndexOf('/');
  const template = { id: 'so-cong-thuong-ha-nam', version: 1 };
  return {
    ...{ type: 'report_started', report, campaign: report.slice(0, slash), unit: report.slice(slash + 1) },
    template,
  };
}

const answered = (report: string, n: number, event: string): Change => ({
  ...{ type: 'answer_set', report, indicator: `i${n % 40}`, was: null },
  answer: {
    ...{ by: 'p1', at, event, note: `ghi chú ${n}\u2028` },
    value: { is: 'number', number: n / 8, decimals: 3 },
  },
});

/** Every way in which a message can wait or end, tokens, links, and text that a database does not hold as it is. */
async function troubles(store: Storage): Promise<void> {
  const words = ['held', 'knocked', 'unknown', 'never', 'begun', 'retried', 'sent', 'waits'];
  const outgoing = words.map((word) => ({
    conversation: conversationOf({ seed: 1 }, 'Hoa'),
    message: text(`${word} \u0000 \ud800 \ufdd0`, { key: `key ${word}` }),
  }));
  const changes: Change[] = [
    { type: 'channel_set', channel: 'zalo-oa', state: { refresh: 'token', tried: [1, 2], none: null } },
    { type: 'link_set', link: link('x', { conversation: 'test:Lan' }) },
    { type: 'link_set', link: link('y', { conversation: 'test:Hoa', opened: 3 }) },
  ];
  await done(
    store,
    cli('troubles', { changes, outgoing, expects: { reports: {}, channels: { 'zalo-oa': 0 } } }),
  );
  const held = { outcome: 'held', hold: 'window', why: '48 giờ', at } as const;
  await store.markSent('troubles:0', held);
  await store.markSent('troubles:1', { ...held, hold: 'blocked', knockedAt: at });
  await store.markSent('troubles:2', { outcome: 'unknown', why: 'lost' });
  await store.markSent('troubles:3', { outcome: 'never', why: 'bị chặn' });
  await store.markSent('troubles:4', { outcome: 'begun', at });
  await store.markSent('troubles:5', { outcome: 'retry', why: 'busy' });
  await store.markSent('troubles:6', { outcome: 'sent', platform: 'p6' });
}

async function forgetSomebody(store: Storage): Promise<void> {
  const gone = (await store.people()).find(
    ({ name, conversations }) => name !== '' && conversations.length > 0,
  );
  if (!gone) throw new Error('nobody is left');
  await done(store, cli('forget', { changes: [{ type: 'person_forgotten', person: gone.id, at }] }));
}

/** All that a store answers; in which order people are listed, and messages of different conversations wait, says nothing. */
export async function everythingIn(store: Storage): Promise<Readonly<Record<string, unknown>>> {
  const people = await store.people();
  const sessions = await store.sessions();
  const waiting = [...(await store.unsent())];
  const conversations = [
    ...new Set([
      ...[...people.flatMap((each) => each.conversations), ...sessions.map((each) => each.conversation)],
      ...[...waiting.map((each) => each.conversation), 'operator:test', 'test:0', 'test:La', 'bare:La'],
    ]),
  ].sort();
  const campaigns = await store.campaigns();
  const reports = (await Promise.all(campaigns.map(({ id }) => store.reports(id)))).flat();
  const histories = [...reports.map(({ id }) => id), ...campaigns.map(({ id }) => `campaign:${id}`)];
  return {
    ...{
      people,
      sessions,
      campaigns,
      reports,
      units: await store.units(),
      invitations: await store.invitations(),
    },
    waiting: waiting.sort((a, b) =>
      a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : a.seq - b.seq,
    ),
    histories: await eachOf(histories, (of) => store.history(of)),
    talks: await eachOf(conversations, (conversation) => talkIn(store, conversation)),
    channel: await store.channelState('zalo-oa'),
    links: await eachOf(['x', 'y'], (id) => store.link(id)),
  };
}

async function talkIn(store: Storage, conversation: string) {
  const transcript = await store.transcript(conversation, 0, 60);
  const keys = transcript.flatMap(({ message }) => message.key ?? []);
  return {
    transcript,
    loaded: withoutOrder(await store.load({ conversation, event: 'what is there' })),
    fates: await eachOf(
      transcript.map(({ id }: Outgoing) => id),
      (id) => store.fate(conversation, id),
    ),
    sent: await eachOf(keys, (key) => store.sentAs(conversation, key)),
  };
}

const withoutOrder = ({ people, ...loaded }: Loaded): Loaded => ({
  ...loaded,
  people: [...people].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

const eachOf = async <T>(
  ids: readonly string[],
  ask: (id: string) => Promise<T>,
): Promise<Record<string, T>> =>
  Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await ask(id)] as const)));
