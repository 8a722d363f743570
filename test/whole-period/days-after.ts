// The days after the deadline of the whole-period test: late ones, what was accepted, trespassers, and the final tables.
import type { TelegramChat } from './chat.ts';
import { accepts, type Book, fetched, returns } from './coordinator.ts';
import { figure } from './form.ts';
import { corrects, did, fills, goesOn, sends, together, type Unit, withdraws } from './officers.ts';
import { remindersCome, remindersComeThroughKill } from './rounds.ts';
import {
  aWhileAfter,
  escalates,
  first,
  isOnTelegram,
  LATER,
  looks,
  passesOn,
  type Story,
  takesIn,
} from './story.ts';
import { changesAccepted, opensLinks, pressesAll } from './trespass.ts';

/** T+1: the late ones are reminded, again through a power cut; some send; an accepted report is unlocked. */
export async function dayAfter(story: Story): Promise<void> {
  const { town, units, groups } = story;
  await town.kill();
  await town.start('real');
  await passesOn(story, '2026-05-07 08:00', () => remindersComeThroughKill(units, town, 12));
  await aWhileAfter(story, '2026-05-07 08:12');
  await town.clock('2026-05-07 09:00');
  await together(groups.late, async (unit) => {
    await goesOn(unit);
    await fills(unit);
    await sends(unit);
  });
  await unlocks(story, first(groups.early.filter(isOnTelegram), 0));
  await town.clock('2026-05-07 10:00');
  await trespasses(story);
}

/** What was accepted is tried to be changed; one unit's officer presses and opens what belongs to another, and to the coordinator. */
async function trespasses({ town, coordinator, groups, codes, seen }: Story): Promise<void> {
  const chatsOf = ({ chat }: Unit): TelegramChat => chat as TelegramChat;
  const locked = first(groups.early.filter(isOnTelegram), 1);
  seen.locked.push(...(await changesAccepted(locked, chatsOf(locked))));
  did(locked);
  const thief = first(groups.never, 0);
  const victims = [first(groups.never, 1), first(groups.late.filter(isOnTelegram), 0), locked];
  seen.pressed.push(await pressesAll(town, chatsOf(thief), [...victims.map(chatsOf), coordinator]));
  const codeOf = (unit: Unit) => codes.get(unit.code) ?? '';
  seen.links.push(...(await opensLinks(town, chatsOf(thief), codeOf(locked), codeOf(first(groups.away, 0)))));
  did(thief);
}

/** The unit asks why it wants to correct what was accepted; it is unlocked, corrected, sent as the next version and accepted. */
async function unlocks({ coordinator }: Story, unit: Unit): Promise<void> {
  const chat = unit.chat;
  if (!chat) return;
  await chat.say('/baocao');
  await chat.choose('Xem: Quý I');
  await chat.choose('Đính chính, nộp bản');
  await chat.hears(/gõ lý do đính chính/);
  await chat.say('Đơn vị cộng thiếu văn bản tháng 3');
  await chat.hears(/^Đã gửi đề nghị mở khóa/);
  await coordinator.choose('Mở khóa');
  await coordinator.hears(new RegExp(`^Đã mở khóa báo cáo của ${unit.name}`));
  unit.status = 'inProgress';
  unit.reopenedAt = Date.now();
  await chat.hears(/^Báo cáo đã được mở khóa/);
  await corrects(unit, 'van-ban', figure(77));
  await sends(unit);
  await accepts(coordinator, unit);
}

/** T+2 and T+3: the extended ones are due, the latest come, the rest is taken in; the day off is quiet. */
export async function ending(story: Story): Promise<Book[]> {
  const { town, units, coordinator, groups } = story;
  await passesOn(story, '2026-05-08 08:00', () => remindersCome(units));
  await aWhileAfter(story, '2026-05-08 08:12');
  await town.clock('2026-05-08 11:00');
  await together([...groups.extended.slice(0, 2), ...groups.latest], async (unit) => {
    await goesOn(unit);
    await fills(unit);
    await sends(unit);
  });
  await escalates(story, '2026-05-08 12:00', LATER);
  await town.clock('2026-05-08 14:00');
  await takesIn(story);
  await staysOpen(story);
  await looks(story, '2026-05-09 08:05');
  await remindersCome(units);
  const [board] = await fetched(coordinator, 1, () => coordinator.choose('Bảng tiến độ (.xlsx)'));
  const tables = await fetched(coordinator, 2, () => coordinator.say('/tonghop'));
  return [...(board ? [board] : []), ...tables];
}

/** One that was sent is returned and one is taken back, and both stay so: what they had sent counts no more. */
async function staysOpen({ units, coordinator }: Story): Promise<void> {
  const sent = units.filter((unit) => unit.status === 'submitted' && isOnTelegram(unit));
  await returns(coordinator, first(sent, 0), ['II.4: số hồ sơ quá hạn cao bất thường']);
  await withdraws(first(sent, 1));
}

/** The program is off over two rounds: only the newer one is made up for. */
export async function afterwards({ town, units }: Story): Promise<void> {
  await town.kill();
  await town.clock('2026-05-12 09:00');
  await town.start();
  await remindersCome(units);
}
