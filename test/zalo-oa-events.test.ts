// What each kind of event of a Zalo Official Account means, and that no body whatever makes the reading fail.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvent } from '../src/channels/zalo-oa-events.ts';

const OA = '3333333333333333333';
const USER = '2222222222222222222';
const APP = '1111111111111111111';
const TIME = 1_790_000_000_000;
const AT = '2026-09-21T14:13:20.000Z';
const NOW = new Date(TIME + 3_000);
const MSG = '0a1b2c3d4e5f60718293';

const read = (body: unknown, now = NOW) => toEvent(body, OA, now);
const common = { app_id: APP, timestamp: String(TIME), user_id_by_app: '4444444444444444444' };
const fromUser = (event_name: string, fields: object = {}) => ({
  event_name,
  ...common,
  sender: { id: USER },
  recipient: { id: OA },
  ...fields,
});
const wrote = (text: unknown, more: object = {}) =>
  fromUser('user_send_text', { message: { msg_id: MSG, text, ...more } });
const flat = (event_name: string, fields: object) => ({ event_name, ...common, oa_id: OA, ...fields });
const echo = (sender: object, name = 'oa_send_text') => ({
  event_name: name,
  ...common,
  sender: { id: OA, ...sender },
  recipient: { id: USER },
  message: { msg_id: MSG, text: 'Chào anh' },
});

const conversation = `zalo-oa:${USER}`;
const ofMessage = { id: `zalo-oa:${MSG}`, conversation, at: AT };
const ofEvent = (name: string) => ({ id: `zalo-oa:${name}:${USER}:${TIME}`, conversation, at: AT });
const ODD = { ignored: expect.any(String), odd: true };

describe('a text', () => {
  it('is passed on as it was typed, with the id of the message', () => {
    expect(read(wrote(' 5.971; tính đến 14/9\n', { quote_msg_id: 'x' }))).toEqual({
      ...ofMessage,
      type: 'text',
      text: ' 5.971; tính đến 14/9\n',
      message: MSG,
    });
  });

  it.each(['#', '#1', '#ct', '#CT:d:1', 'số #ct:d:1', '/start AB12'])('"%s" is words', (text) => {
    expect(read(wrote(text))).toEqual({ ...ofMessage, type: 'text', text, message: MSG });
  });

  it.each([
    ['#ct:d:r1:i2:0', 'd:r1:i2:0'],
    ['#ct:/tieptuc', '/tieptuc'],
    ['#ct:a b ', 'a b'],
    ['#ct:', ''],
  ])('"%s" is the press of a button', (text, action) => {
    expect(read(wrote(text))).toEqual({ ...ofMessage, type: 'button', action });
  });

  it.each([undefined, null, 125, ['125'], { text: '125' }])(
    'that is no text (%j) is answered, but is no answer',
    (text) => {
      expect(read(wrote(text))).toEqual({ ...ofMessage, type: 'unsupported', what: 'other' });
    },
  );

  it('without an id of its own gets one that a repetition has too', () => {
    const body = fromUser('user_send_text', { message: { text: '12' } });
    expect(read(body)).toEqual({ ...ofEvent('user_send_text'), type: 'text', text: '12' });
    expect(read(body, new Date(TIME + 3_600_000))).toEqual(read(body));
  });
});

describe('something that is not words', () => {
  const url = 'https://f1-zdn.example.zdn.vn/a';
  const card = JSON.stringify({ phone: '84900000000', qrCodeUrl: url });
  const coordinates = { latitude: '9.6037', longitude: '105.9747' };
  it.each([
    ['photo', 'image', 'image', { thumbnail: url, url }],
    ['photo', 'gif', 'gif', { thumbnail: url, url }],
    ['file', 'file', 'file', { name: 'a.xlsx', size: '3', type: 'xlsx', checksum: 'd41d8' }],
    ['location', 'location', 'location', { coordinates }],
    ['link', 'link', 'link', { thumbnail: url, description: '125', url }],
    ['voice', 'audio', 'audio', { url }],
    ['video', 'video', 'video', { url, thumbnail: url, description: '' }],
    ['sticker', 'sticker', 'sticker', { id: '46961', url }],
    ['contact', 'business_card', 'link', { thumbnail: url, url, description: card }],
    ['other', 'hologram', 'hologram', {}],
    ['other', '__proto__', 'x', {}],
  ])('is a %s (user_send_%s), whatever is written beside it', (what, name, type, payload) => {
    const message = { msg_id: MSG, text: '125', attachments: [{ type, payload }] };
    expect(read(fromUser(`user_send_${name}`, { message }))).toEqual({
      ...ofMessage,
      type: 'unsupported',
      what,
    });
  });
});

describe('a file', () => {
  const url = 'https://f1-zdn.example.zdn.vn/a';
  const sent = (payload: object): unknown =>
    read(fromUser('user_send_file', { message: { msg_id: MSG, attachments: [{ type: 'file', payload }] } }));

  it('says where it lies, what it is called and how large it is', () => {
    const payload = { url, name: 'a.xlsx', size: '3', type: 'xlsx', checksum: 'd41d8' };
    const file = { name: 'a.xlsx', source: url, size: 3 };
    expect(sent(payload)).toEqual({ ...ofMessage, type: 'file', file });
  });

  it('may lack a name or tell a size that cannot be', () => {
    for (const size of ['-1', 'x', '1e99', {}, undefined])
      expect(sent({ url, size })).toEqual({ ...ofMessage, type: 'file', file: { name: '?', source: url } });
  });
});

describe('an echo', () => {
  it.each(['oa_send_text', 'oa_send_image', 'oa_send_list', 'oa_send_file'])(
    'of %s says that a human took over when it names one',
    (name) => {
      const taken = { ...ofMessage, type: 'takenOver' };
      expect(read(echo({ admin_id: '5772156649015328606' }, name))).toEqual(taken);
      expect(read(echo({ admin_id: 5772156649015 }, name))).toEqual(taken);
    },
  );

  it.each([{}, { admin_id: '' }, { admin_id: ' ' }, { admin_id: 0 }, { admin_id: '0' }, { admin_id: null }])(
    'of our own message (%j) is nothing',
    (sender) => {
      expect(read(echo(sender))).toEqual({ ignored: expect.any(String) });
    },
  );
});

describe('coming and going', () => {
  const follower = { follower: { id: USER }, source: 'oa_profile' };

  it('greets whoever follows or opens the chat', () => {
    const start = { type: 'text', text: '/start' };
    expect(read(flat('follow', follower))).toEqual({ ...ofEvent('follow'), ...start });
    const click = flat('user_click_chatnow', { user_id: USER });
    expect(read(click)).toEqual({ ...ofEvent('user_click_chatnow'), ...start });
  });

  it('notes that somebody who left cannot be written to', () => {
    const left = { ...ofEvent('unfollow'), type: 'reachable', reachable: false };
    expect(read(flat('unfollow', follower))).toEqual(left);
  });

  it('forgets whoever withdraws, whose account is not named', () => {
    const forget = { ...ofEvent('user_withdraw'), type: 'forget' };
    expect(read({ event_name: 'user_withdraw', ...common, user_id: USER })).toEqual(forget);
    expect(read(flat('user_withdraw', { user_id: USER }))).toEqual(forget);
    const elsewhere = { ...flat('user_withdraw', { user_id: USER }), oa_id: '9' };
    expect(read(elsewhere)).toMatchObject({ ...ODD, account: '9' });
    // An id by application is not the one we know people by.
    expect(read({ event_name: 'user_withdraw', ...common })).toEqual(ODD);
  });
});

describe('a name and phone number', () => {
  const shares = (info: unknown) => read(fromUser('user_submit_info', { info }));
  const contact = { ...ofEvent('user_submit_info'), type: 'contact' };

  it('are read from today’s shape and from the older one', () => {
    const full_address = { user_city: 'Cần Thơ', user_ward: 'Ngã Năm', user_address: '1 Đường A' };
    const who = { name: ' Lan\n Nguyễn ', phone: '84900000001' };
    const given = { ...contact, name: 'Lan Nguyễn', phone: '84900000001' };
    expect(shares({ ...who, user_dob: '01/01/1990', gender: 'Nữ', full_address })).toEqual(given);
    expect(shares({ ...who, address: '1 Đường A', ward: '', district: '', city: '' })).toEqual(given);
  });

  it.each([
    ['0900000001', '84900000001'],
    ['+84 900 000 001', '84900000001'],
    ['0084900000001', '84900000001'],
    [84900000001, '84900000001'],
    [900000001, '84900000001'],
    ['0841234567', '84841234567'],
    ['841234567', '84841234567'],
    ['+14155550123', '14155550123'],
  ])('%j is the phone number %s', (phone, digits) => {
    expect(shares({ phone })).toEqual({ ...contact, phone: digits });
  });

  it.each(['', 'không có', '123', '0', '0'.repeat(12), '9'.repeat(40), -1.5, null, ['0900000001'], {}])(
    '%j is no phone number',
    (phone) => {
      expect(shares({ name: '', phone })).toEqual(contact);
    },
  );

  it.each([undefined, null, 'Lan', ['Lan']])('are missed in %j', (info) => {
    expect(shares(info)).toEqual(ODD);
  });
});

describe('what does not concern us', () => {
  it.each([
    'user_seen_message',
    'user_received_message',
    'user_reacted_message',
    'add_user_to_tag',
    'remove_user_from_tag',
    'change_oa_daily_quota',
    'change_template_status',
    'change_template_quota',
    'anonymous_send_text',
    'anonymous_send_image',
    'user_send_group_text',
    'oa_send_group_text',
    'user_join_group',
    'create_group',
    'oa_call_user',
    'constructor',
    '__proto__',
    '',
  ])('is left aside: %s', (name) => {
    const body = fromUser(name, { message: { msg_id: MSG, text: '125' } });
    expect(read(body)).toEqual({ ignored: expect.any(String) });
    expect(read({ ...echo({ admin_id: '7' }), event_name: name })).toEqual({ ignored: expect.any(String) });
  });

  it('includes words in a group, however the event is called', () => {
    expect(read({ ...wrote('125'), group_id: '88' })).toEqual({ ignored: expect.any(String) });
    expect(read({ ...wrote('125'), group_id: '' })).toMatchObject({ type: 'text' });
  });

  it.each([
    ['a text', { ...wrote('125'), recipient: { id: '9' } }],
    ['a text that says no account', { ...wrote('125'), recipient: {} }],
    ['an echo', { ...echo({ admin_id: '7' }), sender: { id: '9', admin_id: '7' } }],
    ['a follower', { ...flat('follow', { follower: { id: USER } }), oa_id: '9' }],
  ])('includes %s of another account, of which the operator hears', (_, body) => {
    expect(read(body)).toMatchObject({ ignored: 'for another account', odd: true });
  });

  it('includes what the account says to itself', () => {
    expect(read({ ...wrote('125'), sender: { id: OA } })).toEqual(ODD);
  });
});

describe('an id', () => {
  it('may be a number as long as it is exact', () => {
    const body = { ...wrote('12'), sender: { id: 22222222 }, recipient: { id: 33333333 } };
    expect(toEvent(body, '33333333', NOW)).toMatchObject({ conversation: 'zalo-oa:22222222' });
  });

  it.each([Number(USER), 2.5, -7, 0, '0', '', ' 2', 'a b', '9'.repeat(65), null, true, [USER], { USER }])(
    'is not %j',
    (id) => {
      expect(read({ ...wrote('12'), sender: { id } })).toEqual(ODD);
    },
  );

  it('is not found in a prototype', () => {
    const sender = JSON.parse(`{"__proto__": {"id": "${USER}"}}`);
    expect(read({ ...wrote('12'), sender })).toEqual(ODD);
    expect(read(Object.create(wrote('12')))).toEqual(ODD);
  });
});

describe('the time', () => {
  const dated = (timestamp: unknown) => read({ ...wrote('12'), timestamp });

  it('may be a number', () => {
    expect(dated(TIME)).toEqual(dated(String(TIME)));
  });

  it('may be a little ahead of ours; from more than five minutes on it is ours', () => {
    const ahead = (ms: number) => dated(String(NOW.getTime() + ms));
    expect(ahead(300_000)).toMatchObject({ at: new Date(NOW.getTime() + 300_000).toISOString() });
    expect(ahead(300_001)).toMatchObject({ at: NOW.toISOString() });
    expect(dated('9999999999999')).toMatchObject({ at: NOW.toISOString() });
  });

  it('keeps telling two events apart where it was taken for ours', () => {
    const follow = (timestamp: string) => read({ ...flat('follow', { follower: { id: USER } }), timestamp });
    expect(follow('9000000000000')).toMatchObject({ id: `zalo-oa:follow:${USER}:9000000000000` });
  });

  it.each([
    '1790000000',
    '01790000000000',
    '17900000000000',
    'hôm qua',
    '-1790000000000',
    '1790000000000.5',
    1.5,
    1e300,
    null,
    undefined,
    [String(TIME)],
    {},
  ])('%j is none, so the event is left aside', (timestamp) => {
    expect(dated(timestamp)).toEqual(ODD);
  });
});

describe('any body', () => {
  /** Mostly as it should be, so that the readers behind are reached too. */
  const mostly = (...right: unknown[]) =>
    fc.oneof({ arbitrary: fc.constantFrom(...right), weight: 7 }, { arbitrary: fc.jsonValue(), weight: 1 });
  const almost = fc.record({
    event_name: mostly(
      ...['user_send_text', 'user_send_image', 'oa_send_text', 'follow', 'unfollow'],
      ...['user_click_chatnow', 'user_submit_info', 'user_withdraw'],
    ),
    timestamp: mostly(String(TIME), TIME, '9999999999999'),
    sender: mostly({ id: USER }, { id: OA, admin_id: '7' }),
    recipient: mostly({ id: OA }, { id: USER }),
    follower: mostly({ id: USER }),
    oa_id: mostly(OA),
    user_id: mostly(USER),
    message: fc.record({ msg_id: mostly(MSG), text: mostly('12', '#ct:1') }),
    info: fc.record({ name: mostly('Lan'), phone: mostly('0900000001') }),
  });
  const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
  const body = fc.oneof(anything, fc.jsonValue(), { arbitrary: almost, weight: 6 });

  it('is an event of a person with a real time, or left aside; nothing throws', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(body, (given) => {
        const event = read(given);
        kinds.add('ignored' in event ? 'ignored' : event.type);
        if ('ignored' in event) return;
        expect(event.conversation).toMatch(/^zalo-oa:\w[\w.-]*$/);
        expect(event.id).toMatch(/^zalo-oa:\w[\w.:-]*$/);
        expect(new Date(event.at).toISOString()).toBe(event.at);
      }),
      { numRuns: 4_000 },
    );
    const all = ['button', 'contact', 'forget', 'ignored', 'reachable', 'takenOver', 'text', 'unsupported'];
    expect([...kinds].sort()).toEqual(all);
  });
});
