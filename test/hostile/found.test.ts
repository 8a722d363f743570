// Bodies that once broke something, kept so that they never do again.
import { describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';

/** The text of an update with this raw JSON where the words stood. */
const withRaw = (update: object, raw: string): string => JSON.stringify(update).replace('"@@"', raw);

describe('A body that once broke something', () => {
  it.each(['{"a":1}', '["c:x"]', '7', 'null', '{"__proto__":{"polluted":1}}'])(
    'on Telegram, a pressed button that carries %s, is left out',
    async (data) => {
      const house = await openHouse();
      const { update_id, message } = house.typed('telegram', 'officer', 'x') as {
        update_id: number;
        message: { from: object };
      };
      const callback_query = { id: '1', from: message.from, chat_instance: '1', data: '@@', message };
      expect(
        (await house.post('telegram', { body: withRaw({ update_id, callback_query }, data) })).status,
      ).toBe(200);
      expect((await house.heard()).map(({ message: { text } }) => text)).toEqual([]);
      expect(house.told.filter(({ text }) => text.includes('threw'))).toEqual([]);
    },
  );

  it.each(['{"toString":1}', '{"valueOf":1,"toString":{}}', '[{"toString":null}]', '-1', '"9e99"'])(
    'on Zalo, a file whose size is %s, is answered 200',
    async (size) => {
      const house = await openHouse();
      const update = house.typed('zalo-oa', 'officer', '');
      const payload = { url: 'https://f.zdn.vn/a', name: 'a.xlsx', size: '@@' };
      const message = { ...(update.message as object), attachments: [{ type: 'file', payload }] };
      const body = withRaw({ ...update, event_name: 'user_send_file', message }, size);
      expect((await house.post('zalo-oa', { body })).status).toBe(200);
      expect(house.told).toEqual([]);
    },
  );

  it.each(['telegram', 'zalo-oa', 'zalo-bot'] as const)(
    'on %s, words with what no database takes, is stored without it',
    async (platform) => {
      const house = await openHouse();
      const body = withRaw(house.typed(platform, 'officer', '@@'), '"/ghichu a\\u0000b\\ud800c\\u001bd"');
      expect((await house.post(platform, { body })).status).toBe(200);
      const history = JSON.stringify(await house.history('officer', platform));
      expect(history).toMatch(/"note":"ab.cd"/u);
      expect(history).not.toMatch(/\\u0000|\\ud800|\\u001b/);
    },
  );
});
