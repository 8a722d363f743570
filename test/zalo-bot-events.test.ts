// What updates of the Zalo Bot Platform mean, in every shape that was documented or seen, and in shapes that nobody has seen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvent, updatesIn } from '../src/channels/zalo-bot-events.ts';

const NOW = new Date('2026-10-02T03:00:00.000Z');
const DATE = Date.parse('2026-10-02T02:59:00.000Z');
const AT = '2026-10-02T02:59:00.000Z';
const FROM = { id: 'abc123', display_name: 'Cán bộ A', is_bot: false };
const CHAT = { id: 'abc123', chat_type: 'PRIVATE' };
const message = (more: object) => ({ message_id: '0f1e2d', date: DATE, from: FROM, chat: CHAT, ...more });
const event = (name: string | undefined, content: object) =>
  toEvent({ ...(name === undefined ? {} : { event_name: name }), message: message(content) }, NOW);
const what = (name: string | undefined, content: object) => {
  const found = event(name, content);
  return found?.type === 'unsupported' ? found.what : found?.type;
};

describe('A text', () => {
  const expected = {
    ...{ id: 'zalo-bot:0f1e2d', conversation: 'zalo-bot:abc123', at: AT },
    ...{ type: 'text', text: '5.971', message: '0f1e2d' },
  };

  it('is heard with its chat, its time and its own id', () => {
    expect(event('message.text.received', { text: '5.971' })).toEqual(expected);
  });

  it('is heard without a name of the event and with the fields of the older documents', () => {
    const from = { id: 'abc123', first_name: 'A', is_bot: false };
    expect(event(undefined, { text: '5.971', from })).toEqual(expected);
  });

  it('is heard with ids that are numbers, but not with a number too large to be exact', () => {
    const ids = { message_id: 77, from: { id: 5 }, chat: { id: 5, chat_type: 'PRIVATE' } };
    expect(event('message.text.received', { text: '1', ...ids })).toMatchObject({
      ...{ id: 'zalo-bot:77', conversation: 'zalo-bot:5', message: '77' },
    });
    const chat = { id: 2 ** 60, chat_type: 'PRIVATE' };
    expect(event('message.text.received', { text: '1', chat })).toBeNull();
  });

  it.each([
    ['milliseconds', DATE, AT],
    ['seconds', DATE / 1000, AT],
    ['digits', String(DATE), AT],
    ['a time ahead of ours', DATE + 3_600_000, NOW.toISOString()],
    ['no time', undefined, NOW.toISOString()],
    ['words', 'hôm qua', NOW.toISOString()],
    ['a time before all times', -5, NOW.toISOString()],
    ['a number beyond all times', 1e300, NOW.toISOString()],
  ])('is dated by %s', (_, date, at) => {
    expect(event('message.text.received', { text: '1', date })?.at).toBe(at);
  });

  it('without an id of its own gets one that stays the same and differs from other words', () => {
    const [one, again, other] = ['có', 'có', 'không'].map((text) =>
      event('message.text.received', { text, message_id: undefined }),
    );
    expect(one).toEqual(again);
    expect(one).not.toHaveProperty('message');
    expect(other?.id).not.toBe(one?.id);
  });
});

describe('Other things', () => {
  it.each([
    ['message.image.received', { photo: 'https://a/b.jpg', caption: '5' }, 'photo'],
    ['message.image.received', { photo_url: 'https://a/b.jpg' }, 'photo'],
    ['message.sticker.received', { sticker: 'x', url: 'https://a' }, 'sticker'],
    ['message.voice.received', { voice_url: 'https://a.aac' }, 'voice'],
    ['message.link.received', { link: { url: 'https://a' } }, 'link'],
    ['message.unsupported.received', {}, 'file'],
    ['message.text.received', { text: '  ' }, 'other'],
    ['message.text.received', {}, 'other'],
    ['message.hologram.received', { hologram: 1 }, 'other'],
    [undefined, { photo: 'https://a/b.jpg' }, 'photo'],
    [undefined, { photo_url: 'https://a/b.jpg' }, 'photo'],
    [undefined, { sticker: 'x' }, 'sticker'],
    [undefined, { voice_url: 'https://a.aac' }, 'voice'],
    [undefined, { link: {} }, 'link'],
    [undefined, {}, 'file'],
  ])('%s with %j is %s', (name, content, kind) => {
    expect(what(name, content)).toBe(kind);
  });

  it('in a group are all the same, for the group', () => {
    const chat = { id: 'group1', chat_type: 'GROUP' };
    for (const content of [{ text: '5' }, { photo: 'x' }])
      expect(event(undefined, { chat, ...content })).toMatchObject({
        ...{ type: 'unsupported', what: 'group', conversation: 'zalo-bot:group1' },
      });
    // Where nothing is said of the chat's kind, figures must not go to a group by mistake.
    expect(what('message.text.received', { text: '5', chat: { id: 'group1' } })).toBe('group');
    expect(what('message.text.received', { text: '5', chat: { id: 'abc123' } })).toBe('text');
  });

  it('that nobody waits for an answer to are left aside', () => {
    expect(event('message.reaction.received', { reaction: '👍' })).toBeNull();
    expect(event(undefined, { reaction: '👍' })).toBeNull();
    expect(event('message.text.received', { text: 'x', from: { ...FROM, is_bot: true } })).toBeNull();
    expect(event('message.text.received', { text: 'x', chat: undefined })).toBeNull();
    expect(event('chat.member.left', {})).toBeNull();
    expect(toEvent({ event_name: 'message.unsupported.received' }, NOW)).toBeNull();
  });
});

describe('The body', () => {
  const update = { event_name: 'message.text.received', message: message({ text: '1' }) };

  it('holds its update bare, wrapped, or in a list', () => {
    for (const body of [update, { ok: true, result: update }, [update], { ok: true, result: [update] }])
      expect(updatesIn(body)).toEqual([update]);
    expect(updatesIn({ ok: true, message: 'Success', result: update })).toEqual([update]);
  });

  it('may hold none', () => {
    for (const body of [
      null,
      5,
      'x',
      [],
      {},
      [null],
      { ok: true },
      { ok: true, result: {} },
      { result: null },
    ])
      expect(updatesIn(body)).toEqual([]);
  });

  it('of any shape gives events that are whole, or none, and never an error', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('abc', 5, 'PRIVATE', 'message.text.received'));
    const odd = fc.record(
      {
        event_name: field,
        message: fc.oneof(
          field,
          fc.record(
            {
              ...{ message_id: field, date: fc.oneof(field, fc.double()), text: field, photo: field },
              from: fc.oneof(field, fc.record({ id: field, is_bot: field }, { requiredKeys: [] })),
              chat: fc.oneof(field, fc.record({ id: field, chat_type: field }, { requiredKeys: [] })),
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    let events = 0;
    fc.assert(
      fc.property(fc.oneof(odd, fc.record({ ok: field, result: odd }), fc.jsonValue()), (body) => {
        for (const each of updatesIn(body)) {
          const made = toEvent(each, NOW);
          if (!made) continue;
          events += 1;
          expect(made.id).toMatch(/^zalo-bot:\S+$/);
          expect(made.conversation).toMatch(/^zalo-bot:\S+$/);
          expect(new Date(made.at).toISOString()).toBe(made.at);
          expect(made.at <= NOW.toISOString()).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
    expect(events).toBeGreaterThan(20);
  });
});
