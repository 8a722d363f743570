// The days before the deadline of the whole-period test: work between kills, a clock that jumps, nudges, and the last hours.

import { until } from './chat.ts';
import { extendsFor, nudges } from './coordinator.ts';
import { figure } from './form.ts';
import { fills, goesOn, isUnfinished, mends, sends, together, type Unit } from './officers.ts';
import { remindersCome } from './rounds.ts';
import {
  aWhileAfter,
  blocks,
  DUE,
  escalates,
  isReached,
  LATER,
  looks,
  type Story,
  takesIn,
} from './story.ts';

/** T-2: what was returned is mended; the program is killed while people type. */
export async function backAtWork(story: Story): Promise<void> {
  const { town, units, coordinator, groups, random, seen } = story;
  const { early, afterHolidays, extended } = groups;
  await town.clock('2026-05-04 08:00');
  await remindersCome(units);
  await town.clock('2026-05-04 09:00');
  const [onZaloNow, onTelegram] = [afterHolidays.slice(0, 3), afterHolidays.slice(3)];
  const typing = together(onTelegram, async (unit) => {
    await goesOn(unit);
    if (unit.answers.size < 13) await fills(unit);
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  await town.kill();
  await town.start();
  await typing;
  await together(onTelegram, sends);
  await together(onZaloNow, async (unit) => {
    await goesOn(unit);
    if (unit.answers.size < 13) await fills(unit);
    await sends(unit);
  });
  await together(early.slice(3, 6), async (unit) => {
    const wanted = unit === early[5] ? ['kinh-phi'] : ['van-ban', 'qua-han'];
    const answers = new Map(wanted.map((row) => [row, figure(Math.floor(random() * 40))]));
    seen.returned.push({ unit: unit.name, wanted, asked: await mends(unit, answers) });
    await sends(unit);
  });
  await town.clock('2026-05-04 10:30');
  for (const unit of extended) {
    await extendsFor(coordinator, unit, '16h ngày 8/5/2026', 'đơn vị mất điện nhiều ngày');
    unit.due = LATER;
    unit.toldAt = Date.now();
  }
  await looks(story, '2026-05-04 16:00');
}

/** T-1: the clock jumps over the hour of the reminders; somebody lets the program write again; many send; most are taken in at once. */
export async function dayBefore(story: Story): Promise<void> {
  const { town, units, groups } = story;
  await town.clock('2026-05-05 09:15');
  await remindersCome(units);
  await aWhileAfter(story, '2026-05-05 09:28');
  await town.clock('2026-05-05 09:30');
  await blocks(story, groups.silent.slice(0, 1), false);
  await town.clock('2026-05-05 10:00');
  await remindersCome(units);
  await together(groups.lastDays, async (unit) => {
    await goesOn(unit, unit.reminders.length > 0 ? 'Bắt đầu nhập' : undefined);
    await fills(unit);
    await sends(unit);
  });
  await town.clock('2026-05-05 14:00');
  await takesIn(story);
  await town.clock('2026-05-05 15:00');
  await nudging(story);
  await town.clock('2026-05-05 17:00');
  await town.kill();
}

/** Less than half of 13 are six. */
async function nudging({ town, units, coordinator, seen }: Story): Promise<void> {
  const slow = units.filter((unit) => isUnfinished(unit) && unit.answers.size <= 6);
  const got = slow.filter(isReached);
  seen.nudged.push({
    said: await nudges(coordinator),
    got: got.map(({ name }) => name),
    not: slow.filter((unit) => !got.includes(unit)).map(({ name }) => name),
  });
  const isNudged = ({ chat }: Unit) =>
    chat?.said().some(({ text }) => text.startsWith('Đầu mối tổng hợp nhắc'));
  await until('the nudges', () => (got.every(isNudged) ? true : undefined));
  await town.clock('2026-05-05 15:04');
  await coordinator.hears(/^Kết quả nhắc/);
}

/**
 * T-0: the program was off at the hour of the reminders; the clock goes back a day and comes again; what is missing is told; the
 * last ones send before the deadline.
 */
export async function lastDay(story: Story): Promise<void> {
  const { town, units, groups } = story;
  await town.clock('2026-05-06 10:00');
  await town.start();
  await remindersCome(units);
  await town.clock('2026-05-05 10:30');
  await remindersCome(units);
  await aWhileAfter(story, '2026-05-06 10:12');
  await escalates(story, '2026-05-06 12:00', DUE);
  await town.clock('2026-05-06 14:00');
  await together(groups.lastDay, async (unit) => {
    await goesOn(unit);
    await fills(unit);
    await sends(unit);
  });
  await looks(story, '2026-05-06 16:30');
}
