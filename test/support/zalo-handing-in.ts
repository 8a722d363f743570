// How a filled report goes its way between an officer and a coordinator on Zalo: handed in, returned with a reason, handed in again, accepted.
import type { Seen } from '../stand-ins/zalo-oa/world.ts';
import type { ZaloChat } from './zalo-officer.ts';

/** A table as somebody got it: the address of the spreadsheet, and the attachment. */
export type Table = { readonly link: string; readonly attachment: Seen };

/** The table that came since this person's last act; long words before it may go in a message of their own. */
export async function tableFor(person: ZaloChat): Promise<Table> {
  const { text } = await person.hears(LINK);
  return { link: LINK.exec(text)?.[0] ?? '', attachment: await person.gets() };
}
export const LINK = /https?:\/\/\S+\.xlsx/;

/** The coordinator's reason for letting figures pass that contradict each other. */
export const LET_PASS = 'Số liệu khớp với văn bản đã ký';

/** What may come after `/nop`, until it is the receipt. */
const STEPS =
  /^(?:Chưa nộp được|Cần sửa trước khi nộp|Đề nghị kiểm tra lại trước khi nộp|Nộp báo cáo CCHC|Đã nộp báo cáo)/m;

/** Somebody who writes, chooses what is offered and reads what comes, on any channel. */
type Speaker = {
  say(text: string): Promise<void>;
  choose(label: string): Promise<void>;
  hears(words: RegExp): Promise<{ readonly text: string }>;
};

/** Hands the report in and takes the table. */
export async function handIn(officer: ZaloChat, coordinator: ZaloChat): Promise<Table> {
  await passThrough(officer, () => letPass(officer, coordinator));
  return tableFor(officer);
}

/** Hands the report in; what is missing is left blank, and what contradicts itself is confirmed, or let pass by the coordinator. */
export async function passThrough(officer: Speaker, letItPass: () => Promise<void>): Promise<void> {
  await officer.say('/nop');
  for (;;) {
    const words = await officer.hears(STEPS);
    if (/^Đã nộp báo cáo/m.test(words.text)) return;
    if (/^Chưa nộp được/m.test(words.text)) await officer.choose('Để trống cả');
    else if (/^Cần sửa/m.test(words.text)) await letItPass();
    else if (/^Đề nghị/m.test(words.text)) await officer.choose('Đã kiểm tra, số liệu đúng');
    else await officer.choose('Xác nhận nộp');
  }
}

/** The officer asks the coordinator to let figures pass that contradict each other, and tries again. */
export async function letPass(officer: Speaker, coordinator: Speaker): Promise<void> {
  await officer.choose('Số liệu đúng, xin ý kiến đầu mối');
  await officer.hears(/^Đã gửi đầu mối/m);
  await coordinator.choose('Cho nộp');
  await coordinator.hears(/lý do cho phép/);
  await coordinator.say(LET_PASS);
  await officer.hears(/đồng ý cho nộp/);
  await officer.say('/nop');
}

/** What the coordinator got of the newest report handed in. */
export async function received(coordinator: ZaloChat): Promise<Table> {
  await coordinator.hears(/đã nộp báo cáo/);
  return tableFor(coordinator);
}

/** Returns the report just received. */
export async function giveBack(coordinator: ZaloChat, reason: string): Promise<void> {
  await coordinator.choose('Trả lại');
  await coordinator.hears(/lý do trả lại/);
  await coordinator.say(reason);
  await coordinator.hears(/^Đã trả lại/m);
}
