// What every store promises about what channels remember, and about links and the downloads through them.
import { expect, it } from 'vitest';
import type { Change } from '../src/domain/change.ts';
import type { ChannelState } from '../src/domain/channel-state.ts';
import type { Storage, Turn } from '../storage/storage.ts';
import { LAN, link, MINH, set, text, turn, unit, withReport } from './storage.samples.ts';

/** A turn of the channel itself, which has read its memory at `rev`. */
const remember = (event: string, rev: number, state: ChannelState, channel = 'zalo'): Turn =>
  turn(event, {
    conversation: `channel:${channel}`,
    changes: [{ type: 'channel_set', channel, state }],
    expects: { reports: {}, channels: { [channel]: rev } },
  });

export function channels(current: () => Storage): void {
  it('what a channel remembers is there again, and its rev grows with every turn that sets it', async () => {
    const tokens = { refresh: 'a', sent: { '2026-09': 3 }, refused: ['x', null] };
    expect(await current().commit(remember('e1', 0, tokens))).toBe('done');
    expect(await current().channelState('zalo')).toEqual({ state: tokens, rev: 1 });
    expect(await current().commit(remember('e2', 1, { refresh: 'b' }))).toBe('done');
    expect(await current().channelState('zalo')).toEqual({ state: { refresh: 'b' }, rev: 2 });
    expect(await current().commit(remember('e1', 0, tokens, 'telegram'))).toBe('done');
    expect(await current().channelState('telegram')).toMatchObject({ rev: 1 });
    expect((await current().channelState('zalo'))?.rev).toBe(2);
  });

  it('a memory that another instance has set meanwhile makes a turn stale, and nothing of it is stored', async () => {
    await current().commit(remember('e1', 0, { refresh: 'a' }));
    const slow = remember('e2', 0, { refresh: 'old' });
    const outgoing = [{ conversation: LAN, message: text('trễ') }];
    expect(await current().commit({ ...slow, outgoing })).toBe('stale');
    expect(await current().channelState('zalo')).toEqual({ state: { refresh: 'a' }, rev: 1 });
    expect(await current().unsent()).toEqual([]);
    expect(await current().commit(remember('e2', 2, {}))).toBe('stale');
    expect(await current().commit(remember('e2', 1, { refresh: 'b' }))).toBe('done');
    expect(await current().commit(remember('e2', 1, { refresh: 'b' }))).toBe('duplicate');
  });

  it('a memory that is only read can be expected too, and does not change', async () => {
    await current().commit(remember('e1', 0, {}));
    const read = (event: string, rev: number): Turn =>
      turn(event, { expects: { reports: {}, channels: { zalo: rev, other: 0 } } });
    expect(await current().commit(read('e2', 0))).toBe('stale');
    expect(await current().commit(read('e3', 1))).toBe('done');
    expect((await current().channelState('zalo'))?.rev).toBe(1);
  });

  it('set twice in one turn, the last word counts and the rev grows by one', async () => {
    const twice = remember('e1', 0, { n: 1 });
    const again: Change = { type: 'channel_set', channel: 'zalo', state: { n: 2 } };
    await current().commit({ ...twice, changes: [...twice.changes, again] });
    expect(await current().channelState('zalo')).toEqual({ state: { n: 2 }, rev: 1 });
  });

  it('a turn that sets a memory without saying which rev it read is refused whole', async () => {
    const careless = remember('e1', 0, {});
    const changes: Change[] = [{ type: 'unit_set', unit: unit('x') }, ...careless.changes];
    const wrong = { ...careless, changes, expects: { reports: {}, channels: { telegram: 0 } } };
    await expect(current().commit(wrong)).rejects.toThrow('zalo');
    await expect(current().commit({ ...wrong, expects: { reports: {} } })).rejects.toThrow('zalo');
    expect(await current().channelState('zalo')).toBeUndefined();
    expect(await current().unit('x')).toBeUndefined();
  });

  it('of 20 turns that set one memory at once from different conversations, one lands', async () => {
    const all = Array.from({ length: 20 }, (_, n) => ({
      ...remember(`e${n}`, 0, { n }),
      conversation: `web:${n}`,
    }));
    const outcomes = await Promise.all(all.map((each) => current().commit(each)));
    expect(outcomes).toEqual(['done', ...Array(19).fill('stale')]);
    expect(await current().channelState('zalo')).toEqual({ state: { n: 0 }, rev: 1 });
  });
}

export function links(current: () => Storage): void {
  const make = (event: string, at: string, ...made: ReturnType<typeof link>[]) =>
    current().commit(
      turn(event, { at, changes: made.map((each): Change => ({ type: 'link_set', link: each })) }),
    );

  it('a link is found by its id, also when it has expired, and setting it again replaces it', async () => {
    const picture = link('b', {
      ...{ format: 'png', page: 2, conversation: MINH },
      file: { report: 'r1', version: 1 },
    });
    await make('e1', '2026-09-10T08:00:00Z', link('a'), picture);
    expect(await current().link('a')).toEqual(link('a'));
    expect(await current().link('b')).toEqual(picture);
    await make('e2', '2026-09-12T00:00:00Z', link('a', { opened: 1 }));
    expect(await current().link('a')).toEqual(link('a', { opened: 1 }));
    expect(await current().link('c')).toBeUndefined();
  });

  it('a link is known for 7 days after it has expired, and goes when another one is made after that', async () => {
    await make('e1', '2026-09-10T08:00:00Z', link('old'), link('opened'));
    await make('e2', '2026-09-10T09:00:00Z', link('opened', { opened: 1 }));
    const expiresAt = '2026-09-17T12:00:00Z';
    await make('e3', '2026-09-17T10:00:00.000Z', link('newer', { expiresAt }));
    expect(await current().link('old')).toEqual(link('old'));
    await make('e4', '2026-09-17T10:00:00.001Z', link('newest', { expiresAt }));
    expect(await current().link('old')).toBeUndefined();
    expect(await current().link('opened')).toBeUndefined();
    expect(await current().link('newer')).toBeDefined();
    expect(await current().link('newest')).toBeDefined();
  });

  it('a download stands in the history of its report, whose rev grows, but never among the changes to undo', async () => {
    const report = await withReport(current());
    const change = (event: string, rev: number, changes: Change[]) =>
      current().commit(turn(event, { changes, expects: { reports: { [report]: rev } } }));
    await change('e1', 1, [set(report, 'a', 1)]);
    const download: Change = { type: 'downloaded', report, link: 'hash' };
    for (let n = 0; n < 60; n += 1) expect(await change(`d${n}`, n + 2, [download])).toBe('done');
    expect(await current().report(report)).toMatchObject({
      rev: 62,
      status: 'inProgress',
      answers: { a: {} },
    });
    const history = await current().history(report);
    expect(history).toHaveLength(62);
    expect(history.at(-1)).toMatchObject({ id: 'd59:0', by: 'lan', change: download });
    const recent = await current().recent('nga-nam');
    expect(recent.map(({ id }) => id)).toEqual(['e1:0', 'setup:3']);
    expect(await change('late', 2, [set(report, 'a', 2)])).toBe('stale');
  });

  it('a download of a report that does not exist is refused with all that came along', async () => {
    const changes: Change[] = [
      { type: 'link_set', link: link('a') },
      { type: 'downloaded', report: 'missing', link: 'a' },
    ];
    const wrong = turn('e1', { changes, expects: { reports: { missing: 0 } } });
    await expect(current().commit(wrong)).rejects.toThrow('missing');
    expect(await current().link('a')).toBeUndefined();
  });
}
