// The events of the Zalo stand-in as a webhook receives them: bodies, signatures, echoes, presses.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ear, isSigned, openHeard } from './zalo-oa/ear.ts';
import type { ZaloUser } from './zalo-oa/people.ts';
import { buttonsOf, tell } from './zalo-oa/plain.ts';
import type { ZaloOa } from './zalo-oa.ts';

let oa: ZaloOa;
let user: ZaloUser;
let ear: Ear;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ oa, user, ear, close } = await openHeard());
});
afterEach(() => close());

describe('an event', () => {
  it('has the documented body, all of it strings, and is signed over its bytes', async () => {
    const id = user.say('12/5 "á"', { quote: 'abc' });
    await oa.settled();
    expect(ear.bodies()).toEqual([
      {
        event_name: 'user_send_text',
        app_id: oa.appId,
        sender: { id: user.id },
        recipient: { id: oa.oaId },
        message: { msg_id: id, text: '12/5 "á"', quote_msg_id: 'abc' },
        timestamp: expect.stringMatching(/^\d{13}$/),
        user_id_by_app: expect.stringMatching(/^\d{19}$/),
      },
    ]);
    expect(id).toMatch(/^[0-9a-f]{20}$/);
    expect(isSigned(oa, ear.heard[0])).toBe(true);
    expect(JSON.stringify(ear.bodies()[0])).not.toBe(ear.heard[0]?.raw);
    oa.set({ mac: 'bare' });
    user.say('nữa');
    await oa.settled();
    expect(isSigned(oa, ear.heard[1], '')).toBe(true);
  });

  it('tells of everything else a person does', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    user.sendFile({ name: 'bieu.xlsx', url: 'https://f1-zdn.example.zdn.vn/bieu.xlsx', bytes });
    user.sendImage({ text: 'ảnh' });
    user.sendLocation();
    user.sendSticker();
    user.sendVoice();
    user.sendVideo();
    user.sendGif();
    user.sendLink();
    user.sendCard();
    user.follow();
    user.clickChatNow();
    user.submitInfo({ name: 'A', phone: '84900000001' });
    user.withdraw();
    user.unfollow();
    await oa.settled();
    const [file, image, place, , , , , , , follow, click, info, withdraw] = ear.bodies();
    expect(file?.message).toMatchObject({
      attachments: [
        {
          type: 'file',
          payload: {
            url: 'https://f1-zdn.example.zdn.vn/bieu.xlsx',
            name: 'bieu.xlsx',
            size: '3',
            type: 'xlsx',
            checksum: '5289df737df57326fcdd22597afb1fac',
          },
        },
      ],
    });
    expect(image?.message).toMatchObject({ text: 'ảnh', attachments: [{ type: 'image' }] });
    expect(place?.message).toMatchObject({
      attachments: [{ payload: { coordinates: { latitude: '9.6037' } } }],
    });
    expect(follow).toMatchObject({ oa_id: oa.oaId, follower: { id: user.id }, source: 'oa_profile' });
    expect(follow).not.toHaveProperty('sender');
    expect(click).toMatchObject({ oa_id: oa.oaId, user_id: user.id });
    expect(info).toMatchObject({ sender: { id: user.id }, info: { phone: '84900000001' } });
    expect(withdraw).toMatchObject({ user_id: user.id });
    expect(ear.heard.map(({ name }) => name)).toEqual([
      ...['file', 'image', 'location', 'sticker', 'audio', 'video', 'gif', 'link', 'business_card'].map(
        (kind) => `user_send_${kind}`,
      ),
      ...['follow', 'user_click_chatnow', 'user_submit_info', 'user_withdraw', 'unfollow'],
    ]);
  });

  it('echoes what the OA sends, with the name of a human only when one wrote', async () => {
    user.say('chào');
    const { data } = await tell(oa, user.id, { text: 'Xin chào' });
    user.humanWrites('Tôi trả lời thay');
    await oa.settled();
    expect(ear.bodies().slice(1)).toMatchObject([
      { event_name: 'oa_send_text', sender: { id: oa.oaId }, message: { msg_id: data.message_id } },
      { event_name: 'oa_send_text', sender: { admin_id: expect.any(String) }, recipient: { id: user.id } },
    ]);
    expect(ear.bodies()[1]?.sender).not.toHaveProperty('admin_id');
    oa.set({ echo: false, receipts: true });
    await tell(oa, user.id, { text: 'lặng' });
    user.seen();
    await oa.settled();
    expect(ear.heard.slice(3).map(({ name }) => name)).toEqual([
      'user_received_message',
      'user_seen_message',
    ]);
  });

  it('of a press is a text with the payload, from the newest message that has the button', async () => {
    user.say('chào');
    const button = (title: string, payload: string) => ({ title, type: 'oa.query.hide', payload });
    await tell(oa, user.id, buttonsOf([button('Có', '#1'), button('Không', '#2')]));
    await tell(oa, user.id, buttonsOf([button('Có', '#3')]));
    await tell(oa, user.id, { text: 'sau đó' });
    oa.set({ echo: false });
    await oa.settled();
    ear.heard.length = 0;
    user.tap('Có');
    user.tap('Không');
    user.tap(0);
    await oa.settled();
    expect(ear.texts()).toEqual(['#3', '#2', '#3']);
    expect(() => user.tap('Khác')).toThrow('no button');
  });
});
