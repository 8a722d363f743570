// What each kind of Telegram update means, and how buttons and long texts are cut.
import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { toEvent } from '../src/channels/telegram-events.ts';
import { toCalls } from '../src/channels/telegram-render.ts';
import type { Message, Text } from '../src/domain/conversation.ts';

const NOW = '2026-03-01T01:02:03.000Z';
const DATE = 1_700_000_000;
const AT = '2023-11-14T22:13:20.000Z';
const chat = { id: 5, type: 'private', first_name: 'Lan' };
const group = { id: -9, type: 'supergroup', title: 'Tổ' };
const from = { id: 5, is_bot: false, first_name: 'Lan' };

/** Updates are written as Telegram writes them; only the fields that matter here are given. */
const read = (update: object) => toEvent({ update_id: 42, ...update } as Update, NOW, 'our_bot');
const message = (content: object) => read({ message: { message_id: 8, date: DATE, chat, from, ...content } });
const inGroup = (content: object) => message({ chat: group, ...content });
const base = { id: 'telegram:u42', conversation: 'telegram:5', at: AT };

describe('a message', () => {
  it('with text is passed on as it is', () => {
    expect(message({ text: '  5.971 ; tính đến 14/9\n' })).toEqual({
      ...base,
      type: 'text',
      text: '  5.971 ; tính đến 14/9\n',
      message: '8',
    });
  });

  it.each([
    ['/start@our_bot AB12', '/start AB12'],
    ['/start AB12', '/start AB12'],
    ['/tiep@Our_Bot', '/tiep'],
    ['gửi lan@our_bot', 'gửi lan@our_bot'],
  ])('"%s" is the words "%s"', (text, words) => {
    expect(message({ text })).toMatchObject({ type: 'text', text: words });
  });

  const file = { file_id: 'f', file_unique_id: 'u' };
  it.each([
    ['sticker', { sticker: file }],
    ['voice', { voice: file }],
    ['voice', { audio: file }],
    ['photo', { photo: [file], caption: 'đây ạ' }],
    ['video', { video: file }],
    ['video', { video_note: file }],
    ['video', { animation: file, document: file }],
    ['location', { location: { latitude: 1, longitude: 2 } }],
    ['location', { venue: {}, location: { latitude: 1, longitude: 2 } }],
    ['contact', { contact: {} }],
    ['other', { poll: {} }],
    ['other', { dice: {} }],
    ['forwarded', { text: 'x', forward_origin: { type: 'hidden_user' } }],
    ['forwarded', { photo: [file], forward_origin: { type: 'hidden_user' } }],
  ])('that is a %s is not understood: %j', (what, content) => {
    expect(message(content)).toEqual({ ...base, type: 'unsupported', what });
  });

  const document = { ...file, file_name: 'đơn vị.csv', mime_type: 'text/csv', file_size: 120 };
  const sent = { ...base, type: 'file', file: { name: 'đơn vị.csv', source: 'f', size: 120 } };
  it.each([
    ['with a caption, which is not read', { document, caption: '5.971' }],
    ['that was forwarded', { document, forward_origin: { type: 'hidden_user' } }],
  ])('that is a file %s is a file to fetch', (_, content) => {
    expect(message(content)).toEqual(sent);
  });

  it('that is a file without a name or a size is a file all the same, and a long name is cut', () => {
    expect(message({ document: file })).toEqual({ ...sent, file: { name: '?', source: 'f' } });
    const long = message({ document: { ...file, file_name: `${'a'.repeat(300)}.csv` } });
    expect(long).toMatchObject({ file: { name: 'a'.repeat(200) } });
  });

  it('of the app itself says nothing', () => {
    expect(message({ pinned_message: {} })).toBeNull();
    expect(message({ message_auto_delete_timer_changed: {} })).toBeNull();
  });

  it('that was changed is an edit, unless only a caption or a place changed', () => {
    const edited = (content: object) =>
      read({ edited_message: { message_id: 8, date: 1, edit_date: DATE, chat, from, ...content } });
    expect(edited({ text: '12' })).toEqual({ ...base, type: 'edited', text: '12', message: '8' });
    expect(edited({ photo: [], caption: '12' })).toBeNull();
    expect(edited({ document, caption: '12' })).toBeNull();
    expect(edited({ location: {} })).toBeNull();
    expect(edited({ text: '12', chat: group })).toBeNull();
  });
});

describe('a button', () => {
  const press = (content: object) =>
    read({ callback_query: { id: 'q', from, chat_instance: '1', data: 'yes', ...content } });
  const pressed = { ...base, at: NOW, type: 'button', action: 'yes' };
  it('counts whether or not its message can still be seen', () => {
    expect(press({ message: { message_id: 8, date: DATE, chat, text: 'x' } })).toEqual(pressed);
    expect(press({ message: { message_id: 8, date: 0, chat } })).toEqual(pressed);
    expect(press({})).toEqual(pressed);
  });
  it('in a group, in a game or under an inline message does not', () => {
    expect(press({ message: { message_id: 8, date: DATE, chat: group } })).toBeNull();
    expect(press({ data: undefined, game_short_name: 'g' })).toBeNull();
    expect(press({ inline_message_id: 'i' })).toBeNull();
  });
});

describe('a group', () => {
  const asked = { ...base, conversation: 'telegram:-9', type: 'unsupported', what: 'group' };
  it.each(['/start', '/start@our_bot', 'chào @Our_Bot nhé'])(
    'is answered when the bot is addressed: %s',
    (text) => {
      expect(inGroup({ text })).toEqual(asked);
    },
  );
  it.each(['chào cả nhà', '/start@other_bot', 'chào @our_bot_2'])(
    'is left alone when it is not: %s',
    (text) => {
      expect(inGroup({ text })).toBeNull();
    },
  );
  it('is answered when the bot was just added', () => {
    const change = (was: string, is: string) =>
      read({
        my_chat_member: {
          chat: group,
          from,
          date: DATE,
          old_chat_member: { status: was },
          new_chat_member: { status: is },
        },
      });
    expect(change('left', 'member')).toEqual(asked);
    expect(change('kicked', 'administrator')).toEqual(asked);
    expect(change('member', 'administrator')).toBeNull();
    expect(change('member', 'kicked')).toBeNull();
  });
});

it('a person who blocks the bot, or takes it back, is heard', () => {
  const change = (is: string) =>
    read({
      my_chat_member: {
        chat,
        from,
        date: DATE,
        old_chat_member: { status: 'x' },
        new_chat_member: { status: is },
      },
    });
  expect(change('kicked')).toEqual({ ...base, type: 'reachable', reachable: false });
  expect(change('member')).toEqual({ ...base, type: 'reachable', reachable: true });
});

it('kinds of update that are not known say nothing', () => {
  expect(
    read({ channel_post: { message_id: 1, date: DATE, chat: { id: -1, type: 'channel' }, text: 'x' } }),
  ).toBeNull();
  expect(read({ something_new: {} })).toBeNull();
});

describe('a message to send', () => {
  const calls = (said: Message) => toCalls({ id: '1', seq: 1, chat: '5', message: said });
  const htmls = (text: Text) => calls({ text }).map((call) => (call.kind === 'text' ? call.html : call.kind));

  it('is cut at the last blank line or line end that fits, and bold goes on in the next part', () => {
    const line = 'x'.repeat(4090);
    expect(htmls(['đầu\n', { bold: `${line}\ncuối` }])).toEqual([`đầu\n<b>${line}</b>`, '<b>cuối</b>']);
    expect(htmls([{ bold: `${line}\n\n\n${line}` }])).toEqual([`<b>${line}\n</b>`, `<b>${line}</b>`]);
  });

  it('of one endless word is cut between characters, never inside one', () => {
    const parts = htmls([`x${'😀'.repeat(3000)}`]);
    expect(parts.map((part) => part.length)).toEqual([4095, 1906]);
    expect(parts.some((part) => /\p{Surrogate}/u.test(part))).toBe(false);
  });

  it('has at most eight buttons in a row, with labels of at most 60 letters', () => {
    const row = Array.from({ length: 10 }, (_, n) => ({ label: `${n} ${'ế'.repeat(70)}`, action: `a${n}` }));
    const [call] = calls({ text: ['x'], buttons: [row, [{ label: 'Thôi', action: 'stop' }]] });
    const keyboard = call?.options.reply_markup?.inline_keyboard ?? [];
    expect(keyboard.map((buttons) => buttons.length)).toEqual([8, 2, 1]);
    expect(keyboard[0]?.[0]?.text).toBe(`0 ${'ế'.repeat(57)}…`);
    expect(keyboard[2]?.[0]).toEqual({ text: 'Thôi', callback_data: 'stop' });
  });
});
