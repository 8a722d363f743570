// What platforms send besides words, made from an update with words.
import type { Platform } from './house.ts';

/** By platform; `action` stands where a button's data or some other text of the person stands. */
export const OTHERS: Readonly<
  Record<Exclude<Platform, 'web'>, (update: Record<string, unknown>, action: string) => object[]>
> = {
  telegram({ update_id, message }, data) {
    const said = message as { readonly from: object; readonly chat: object; readonly date: number };
    const { from, chat, date } = said;
    const document = { file_id: 'F1', file_unique_id: 'f', file_name: 'don-vi.csv', file_size: 100 };
    const member = { user: from, status: 'member' };
    return [
      { update_id, edited_message: { ...said, edit_date: date } },
      { update_id, callback_query: { id: '1', from, chat_instance: '1', data, message: said } },
      { update_id, callback_query: { id: '1', from, chat_instance: '1', data } },
      { update_id, message: { ...said, text: undefined, document } },
      { update_id, message: { ...said, text: undefined, photo: [{ file_id: 'P', width: 1, height: 1 }] } },
      { update_id, message: { ...said, forward_origin: { type: 'hidden_user', date } } },
      { update_id, my_chat_member: { chat, from, date, old_chat_member: member, new_chat_member: member } },
      { update_id, message: { ...said, chat: { ...chat, id: -100_200, type: 'supergroup' } } },
    ];
  },
  'zalo-oa'(update, action) {
    const { message, sender, recipient } = update as Record<'message' | 'sender' | 'recipient', object>;
    const payload = { url: 'https://f.zdn.vn/a', name: 'a.xlsx', size: '100', checksum: 'x', type: 'xlsx' };
    const event = (event_name: string, more: object = {}) => ({ ...update, event_name, ...more });
    return [
      event('user_send_text', { message: { ...message, text: `#ct:${action}` } }),
      event('user_send_file', { message: { ...message, attachments: [{ type: 'file', payload }] } }),
      event('user_send_image'),
      event('user_submit_info', { info: { name: action, phone: '84912345678', address: 'x' } }),
      event('follow', { follower: sender, oa_id: (recipient as { id: string }).id }),
      event('unfollow', { follower: sender, oa_id: (recipient as { id: string }).id }),
      event('oa_send_text', { sender: { ...recipient, admin_id: '5' }, recipient: sender }),
    ];
  },
  'zalo-bot'({ message }) {
    const said = message as object;
    return [
      { ok: true, result: { event_name: 'message.text.received', message: said } },
      { ok: true, result: [{ message: said }, { message: said }] },
      { event_name: 'message.image.received', message: { ...said, photo: 'https://x.zdn.vn/1' } },
      { event_name: 'message.unsupported.received', message: said },
      { message: said },
    ];
  },
};
