// The file store remembers by replaying: whatever is done, in whatever order, a store started on its files answers like one that never stopped.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import type { Change } from '../src/domain/change.ts';
import { openLowdb } from '../storage/lowdb.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Delivery, Storage } from '../storage/storage.ts';
import { invitation, LAN, link, person, session, set, text, turn, withReport } from './storage.samples.ts';

const REPORT = '2026-Q3/nga-nam';
/** Whose each conversation can be. */
const CHATS_OF = { lan: [LAN, 'zalo:1'], minh: ['zalo:9'], chi: ['web:3'] };
const CHATS = Object.values(CHATS_OF).flat();
const AT = '2026-09-20T00:00:00Z';
const root = await mkdtemp(join(tmpdir(), 'chitieu-replay-'));
let folder = '';
let made = 0;
beforeEach(() => {
  made += 1;
  folder = join(root, `data-${made}`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** No snapshot is being written: forgetting somebody writes one beside the turns, and files would go while they are copied. */
const atRest = (): Promise<void> =>
  vi.waitFor(async () => {
    const names = await readdir(folder);
    expect(names).not.toContain('state.json.tmp');
    expect(names.filter((name) => name.startsWith('journal-'))).toHaveLength(1);
  });

/** The folder as a crash would leave it now. */
async function crash(): Promise<string> {
  made += 1;
  await atRest();
  const copy = join(root, `crash-${made}`);
  await cp(folder, copy, { recursive: true });
  await rm(join(copy, 'lock'), { force: true });
  return copy;
}

/** Everything that can be asked of a store, what has no order of its own sorted. */
async function photo(store: Storage): Promise<unknown> {
  const each = <T>(names: readonly string[], ask: (name: string) => Promise<T>) =>
    Promise.all(names.map(ask));
  const unsent = [...(await store.unsent())];
  return {
    unsent: unsent.sort((a, b) => a.conversation.localeCompare(b.conversation) || a.seq - b.seq),
    loaded: await each(CHATS, async (conversation) => {
      const loaded = await store.load({ conversation, event: 'e3' });
      return { ...loaded, people: [...loaded.people].sort((a, b) => a.id.localeCompare(b.id)) };
    }),
    transcripts: await each(CHATS, (conversation) => store.transcript(conversation, 0, 60)),
    sentAs: await each(CHATS, (conversation) => store.sentAs(conversation, 'q')),
    sessions: await each(CHATS, (conversation) => store.session(conversation)),
    channels: await each(['zalo', 'web'], (channel) => store.channelState(channel)),
    links: await each(CHATS, (id) => store.link(id)),
    people: await store.people(),
    invitations: await store.invitations(),
    report: [await store.report(REPORT), await store.history(REPORT)],
  };
}

/** One thing that is done to a store; `event` is different each time. */
type Deed = (store: Storage, event: string) => Promise<unknown>;

const chat = fc.constantFrom(...CHATS);
const who = fc.constantFrom('lan', 'minh', 'chi');
const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  ...(['sent', 'retry', 'never'] as const).map((outcome) =>
    fc.constant<Delivery>(outcome === 'sent' ? { outcome, platform: 'p' } : { outcome, why: '' }),
  ),
  fc.record({ day: fc.integer({ min: 11, max: 19 }), knocked: fc.boolean() }).map(({ day, knocked }) => {
    const at = `2026-09-${day}T00:00:00Z`;
    return { outcome: 'held', hold: 'window', why: '', at, ...(knocked && { knockedAt: at }) } as const;
  }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ id: chat, day: fc.integer({ min: 1, max: 30 }) }).map(({ id, day }) => {
    const expiresAt = `2026-08-${String(day).padStart(2, '0')}T00:00:00Z`;
    return { type: 'link_set', link: link(id, { conversation: id, expiresAt }) } as const;
  }),
  fc
    .constantFrom('zalo', 'web')
    .map((channel) => ({ type: 'channel_set', channel, state: { channel } }) as const),
  fc.constant({ type: 'downloaded', report: REPORT, link: 'hash' } as const),
  fc.nat(9).map((n) => set(REPORT, `a${n}`, n)),
  who.map((id) => ({ type: 'person_forgotten', person: id, at: AT }) as const),
  fc.record({ id: who, reached: fc.boolean() }).map(({ id, reached }) => {
    const role = id === 'chi' ? 'coordinator' : 'officer';
    const conversations = reached ? CHATS_OF[id] : [];
    return { type: 'person_set', person: person(id, { role, conversations }) } as const;
  }),
  who.map((id) => ({ type: 'invitation_set', invitation: invitation(id, { person: id }) }) as const),
);

const turns = fc
  .record({
    ...{ conversation: chat, speaks: fc.boolean(), day: fc.integer({ min: 1, max: 28 }) },
    ...{ changes: fc.array(change, { maxLength: 3 }), to: fc.array(chat, { maxLength: 3 }) },
  })
  .map(
    ({ conversation, speaks, day, changes, to }): Deed =>
      async (store, event) => {
        const channels: Record<string, number> = {};
        for (const each of changes) {
          if (each.type === 'channel_set')
            channels[each.channel] = (await store.channelState(each.channel))?.rev ?? 0;
        }
        const next = turn(event, {
          ...{ conversation, changes, at: `2026-09-${String(day).padStart(2, '0')}T00:00:00Z` },
          ...(speaks && { session: session(conversation, { person: 'lan' }) }),
          outgoing: to.map((each) => ({ conversation: each, message: text(event, { key: 'q' }) })),
          expects: { reports: { [REPORT]: (await store.report(REPORT))?.rev ?? 0 }, channels },
        });
        return store.commit(next).catch((error: Error) => error.message);
      },
  );
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  turns,
  fc.record({ delivery, nth: fc.nat(5) }).map(
    ({ delivery: given, nth }): Deed =>
      async (store) => {
        const waiting = (await store.unsent()).map(({ id }) => id).sort();
        const id = waiting[nth % Math.max(waiting.length, 1)];
        return id === undefined ? undefined : store.markSent(id, given);
      },
  ),
);

it('a store that crashed and one that was stopped answer like one that only ever was in memory', async () => {
  const some = fc.array(deeds, { minLength: 3, maxLength: 15 });
  const property = fc.asyncProperty(
    some,
    some,
    fc.constantFrom(1, 3),
    async (before, after, snapshotEvery) => {
      made += 1;
      folder = join(root, `data-${made}`);
      const memory = memoryStorage();
      let store = await openLowdb(folder, { snapshotEvery });
      const doAll = async (all: readonly Deed[], name: string): Promise<void> => {
        for (const [n, deed] of all.entries())
          expect(await deed(store, `${name}${n}`)).toEqual(await deed(memory, `${name}${n}`));
        expect(await photo(store)).toEqual(await photo(memory));
      };
      for (const each of [memory, store]) await withReport(each);
      await doAll(before, 'e');
      await store.close();
      store = await openLowdb(folder);
      await doAll(after, 'f');
      // What became of messages is durable with the next turn.
      await store.commit(turn('last', { conversation: 'cli' }));
      const crashed = await openLowdb(await crash());
      expect(await photo(crashed)).toEqual(await photo(memory));
      await crashed.close();
      await store.close();
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

it('when somebody was forgotten, no file holds the name, the phone or a word of it after the next snapshot', async () => {
  const store = await openLowdb(folder);
  await withReport(store);
  const secret = person('lan', { name: 'Nguyễn Thị Lan', phone: '84912345678' });
  const changes: Change[] = [
    { type: 'person_set', person: secret },
    { type: 'invitation_set', invitation: invitation('hash', { name: secret.name, usedBy: 'lan' }) },
    { type: 'link_set', link: link('secret link') },
  ];
  const outgoing = [{ conversation: LAN, message: text('lời riêng') }];
  await store.commit(turn('e1', { changes, outgoing }));
  const forget: Change = { type: 'person_forgotten', person: 'lan', at: AT };
  await store.commit(turn('e2', { conversation: 'cli', changes: [forget] }));
  await store.close();
  const names = await readdir(folder);
  const files = (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
  expect(files).toContain('"id":"lan","name":""');
  for (const word of ['Nguyễn', '84912345678', 'lời riêng', 'secret link']) expect(files).not.toContain(word);
});

it('a channel that sets its memory for years remembers its last 1,000 turns and no more', async () => {
  const store = await openLowdb(folder);
  for (let n = 0; n < 1100; n += 1) {
    const changes: Change[] = [{ type: 'channel_set', channel: 'zalo', state: { n } }];
    const expects = { reports: {}, channels: { zalo: n } };
    expect(await store.commit(turn(`e${n}`, { conversation: 'channel:zalo', changes, expects }))).toBe(
      'done',
    );
  }
  await store.close();
  const saved = JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as {
    talks: { handled: string[] }[];
    channels: unknown[];
  };
  expect(saved.talks.map(({ handled }) => [handled.length, handled[0]])).toEqual([[1000, 'e100']]);
  expect(saved.channels).toEqual([{ channel: 'zalo', state: { n: 1099 }, rev: 1100 }]);
});
