// What people type in a walk: figures, words, commands, and what nobody would think of.
import type { UnsupportedKind } from '../../src/domain/conversation.ts';
import { COMMAND } from '../../src/text/menu.ts';
import { fullName, type Name, pick, type Walk } from './walk.ts';

export const COMMANDS: readonly string[] = [
  ...new Set(['start', ...COMMAND.listed.map(({ command }) => command), 'tieptuc', 'chuagui']),
];

const WORDS = [
  ...['0', '1', '2', '12', '01', '5.971', '5.97', '99,98', '100', '127', '-5', '10%'],
  ...['12; ghi chú', '7 - theo báo cáo', '08/21'],
  ...['21 nhiệm vụ cụ thể', 'không có', 'chưa', 'x', '-', 'đúng', 'ok', 'để trống', 'hai mươi mốt'],
  ...['; đang tổng hợp', 'Có'],
  ...['Phòng đang tổng hợp số liệu', 'số liệu đã được kiểm tra lại với kho bạc', '?', '🙂', '\u200b'],
  ...['   ', '1\n2', '3\tghi chú', '<b>1</b>', 'a'.repeat(3000), '9'.repeat(400)],
  ...['0912345678', '12/BC-UBND mật', '001099012345', 'theo Kế hoạch số 05/KH-UBND ngày 17/01/2022'],
  ...['__proto__', 'constructor', '1e9', '½', '１２', 'ă'.normalize('NFD')],
];
export const ARGUMENTS = [
  ...['', '', '', '1.1', '3.2.1', 'nhiệm vụ', 'ho so', 'TTHC', 'xóa', 'Số liệu tính đến 14/9', 'zzz'],
  ...['0912345678', 'a'.repeat(2500), 'x'],
];
export const UNSUPPORTED: readonly UnsupportedKind[] = [
  ...(['sticker', 'voice', 'photo', 'video', 'file', 'location', 'link', 'contact'] as const),
  ...(['forwarded', 'group', 'other'] as const),
];
export const BAD_ACTIONS = ['', ':', 'c', 'zz:1:2:3', 'g:::', 'c:x:y:1', '/nop', '/khong', 't:a:b:c.9'];

export function wordsOf({ random, world }: Walk): string {
  const roll = random();
  const label = pick(random, world.template.indicators).label;
  if (roll < 0.1) return label;
  if (roll < 0.15) return label.normalize('NFD').split(' ').slice(0, 3).join(' ');
  if (roll < 0.3) return String(Math.floor(random() * 10_000));
  return pick(random, WORDS);
}

/** Words, or the own name where it stands for a signature: nowhere else, so that no answer ever holds a name. */
export function answerOf(walk: Walk, conversation: string, name: Name): string {
  const isSigning = walk.sessions.get(conversation)?.waiting.flow === 'submit';
  return isSigning && walk.random() < 0.3 ? fullName(name) : wordsOf(walk);
}
