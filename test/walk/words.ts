// What people type in a walk: figures, words, commands, and what nobody would think of.
import type { UnsupportedKind } from '../../src/domain/event.ts';
import { COMMAND_MENU } from '../../src/text/command-menu.ts';
import { aptWords, OFFICE_ARGUMENTS, OFFICE_COMMANDS } from './office-words.ts';
import { fullName, isOfficeWalk, type Name, pick, type Random, roleOf, type Walk } from './walk.ts';

export const COMMANDS: readonly string[] = [
  ...new Set([
    'start',
    ...Object.values(COMMAND_MENU).flatMap((menu) => menu.map(({ command }) => command)),
    'tieptuc',
    ...OFFICE_COMMANDS,
  ]),
];

const WORDS = [
  ...['0', '1', '2', '12', '01', '5.971', '5.97', '99,98', '100', '127', '-5', '10%'],
  ...['12; ghi chú', '7 - theo báo cáo', '08/21'],
  ...['21 nhiệm vụ cụ thể', 'không có', 'chưa', 'x', '-', 'đúng', 'ok', 'để trống', 'hai mươi mốt'],
  ...['; đang tổng hợp', 'Có', 'gửi trả lại', '1.1: đề nghị xem lại', 'zzz: số liệu này chưa khớp'],
  ...['Phòng đang tổng hợp số liệu', 'số liệu đã được kiểm tra lại với kho bạc', '?', '🙂', '\u200b'],
  ...['   ', '1\n2', '3\tghi chú', '<b>1</b>', 'a'.repeat(3000), '9'.repeat(400)],
  ...['0912345678', '12/BC-UBND mật', '001099012345', 'theo Kế hoạch số 05/KH-UBND ngày 17/01/2022'],
  ...['__proto__', 'constructor', '1e9', '½', '１２', 'ă'.normalize('NFD')],
];
const ARGUMENTS = [
  ...['', '', '', '1.1', '3.2.1', 'nhiệm vụ', 'ho so', 'TTHC', 'xóa', 'Số liệu tính đến 14/9', 'zzz'],
  ...['0912345678', 'a'.repeat(2500), 'x', 'Phòng Nội vụ đến thứ sáu', '2 giờ nữa'],
];
export const UNSUPPORTED: readonly UnsupportedKind[] = [
  ...(['sticker', 'voice', 'photo', 'video', 'file', 'location', 'link', 'contact'] as const),
  ...(['forwarded', 'group', 'other'] as const),
];
export const BAD_ACTIONS = ['', ':', 'c', 'zz:1:2:3', 'g:::', 'c:x:y:1', '/nop', '/khong', 't:a:b:c.9'];

export function wordsOf(walk: Walk): string {
  const { random, world } = walk;
  const roll = random();
  const label = pick(random, world.template.indicators).label;
  if (roll < 0.1) return label;
  if (roll < 0.15) return label.normalize('NFD').split(' ').slice(0, 3).join(' ');
  if (roll < 0.18) return pasteOf(walk);
  if (roll < 0.3) return String(Math.floor(random() * 10_000));
  return pick(random, WORDS);
}

/** A value for each row of a screen, now and then for one less. */
function listOf(random: Random, rows: number): string {
  const words = pick(random, [
    ['0', '1', '12'],
    ['1', '200'],
    ['có', 'k', 'không', 'c'],
    ['3', '5%', '-'],
  ]);
  const count = random() < 0.8 ? rows : rows - 1;
  return Array.from({ length: count }, () => pick(random, words)).join(pick(random, [' ', ', ']));
}

/** Some rows of the form in paper order, each with a figure, or figures alone. */
function pasteOf({ random, world }: Walk): string {
  const { indicators } = world.template;
  const from = Math.floor(random() * (indicators.length - 4));
  const isBare = random() < 0.3;
  return indicators
    .slice(from, from + 4)
    .map(({ label }, n) => (isBare ? String(n) : `${label}: ${Math.floor(random() * 90)}`))
    .join('\n');
}

/** What follows a command of officers, by its word. */
const OFFICER_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  giao: [
    '',
    '',
    'I',
    'II',
    'I.2',
    'II, III',
    'III cho Lò Văn Ai',
    'I Lò Văn Ai',
    'khảo sát',
    'cải cách',
    'zzz',
  ],
};

/** Some command and what may follow it; who runs the office mostly uses its own. */
export function commandOf(walk: Walk, name: Name): string {
  const { random } = walk;
  const isOwn = isOfficeWalk(walk) && roleOf(name) !== 'officer' && random() < 0.75;
  const command = pick(random, isOwn ? OFFICE_COMMANDS : COMMANDS);
  const own = random() < 0.85 ? (OFFICE_ARGUMENTS[command] ?? OFFICER_ARGUMENTS[command]) : undefined;
  return `/${command} ${pick(random, own ?? ARGUMENTS)}`.trim();
}

/** Words, a reason where one is awaited, or the own name where it stands for a signature: nowhere else, so that no answer ever holds a name. */
export function answerOf(walk: Walk, conversation: string, name: Name): string {
  const { waiting } = walk.sessions.get(conversation) ?? {};
  const isSigning = waiting?.flow === 'submit';
  if (isSigning && walk.random() < 0.3) return fullName(name);
  const flow = waiting?.flow ?? '';
  if (flow === 'assign' && walk.random() < 0.5) return 'Lò Văn Ai';
  const apt = roleOf(name) === 'officer' ? undefined : aptWords(walk.random, waiting);
  if (apt !== undefined && isOfficeWalk(walk) && walk.random() < 0.75) return apt;
  const shown = waiting?.flow === 'fill' ? (waiting.screen?.length ?? 0) : 0;
  if (shown > 0 && walk.random() < 0.25) return listOf(walk.random, shown);
  const isReason = ['reason', 'return', 'decide'].includes(flow) && walk.random() < 0.4;
  return isReason ? 'số liệu đã được kiểm tra lại với kho bạc' : wordsOf(walk);
}
