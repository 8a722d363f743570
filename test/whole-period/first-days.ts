// The first days of the whole-period test: everybody is let in, the period is opened, the first round of reminders, and holidays.
import { seeded } from '../support/officer.ts';
import { zaloChat } from '../support/zalo-officer.ts';
import { at } from './calendar.ts';
import { onZalo, telegramChat } from './chat.ts';
import { accepts, invitesAll, invitesLeader, opens, returns } from './coordinator.ts';
import { figure } from './form.ts';
import {
  communes,
  corrects,
  fills,
  goesOn,
  joins,
  sends,
  snoozes,
  together,
  type Unit,
  withdraws,
} from './officers.ts';
import { remindersCome, remindersComeThroughKill } from './rounds.ts';
import { aWhileAfter, blocks, DUE, first, type Groups, groupsOf, looks, type Story } from './story.ts';
import type { Town } from './town.ts';

const OFFICE = 'so-noi-vu';

/** The operator's list and the first invitation, the coordinator, and everybody else's invitations. */
async function prepares(town: Town, units: readonly Unit[]) {
  const lines = units.map(({ code, name, kind }) => [code, name, kind, OFFICE].join('\t'));
  const list = ['mã\ttên\tloại\tcấp trên', `${OFFICE}\tSở Nội vụ\tsở\t`, ...lines].join('\n');
  await town.admin('units', 'import', await town.file('don-vi.tsv', list));
  const invited = await town.admin(
    'invite',
    '--unit',
    OFFICE,
    '--role',
    'coordinator',
    '--name',
    'Trần Thị Mai',
  );
  await town.start();
  const coordinator = telegramChat(town.telegram.user(1));
  await coordinator.say(`/start ${String(invited.code)}`);
  await coordinator.hears(/^Xin chào Trần Thị Mai/);
  return { coordinator, codes: await invitesAll(coordinator) };
}

/** T-8: everybody is let in, the period is opened, and the quick ones are done. */
export async function opening(town: Town): Promise<Story> {
  const random = seeded(20_260_506);
  const units = communes(random, DUE);
  const groups = groupsOf(units, random);
  const { coordinator, codes } = await prepares(town, units);
  const zalo = new Set([
    ...[...groups.early.slice(0, 3), ...groups.second.slice(0, 4)],
    ...[...groups.afterHolidays.slice(0, 3), ...groups.late.slice(0, 2)],
  ]);
  const leaders = [901, 902].map((id) => telegramChat(town.telegram.user(id)));
  const story: Story = {
    ...{ town, units, coordinator, leaders, codes, groups, random },
    seen: {
      boards: [],
      returned: [],
      acceptedAtOnce: [],
      locked: [],
      pressed: [],
      links: [],
      nudged: [],
      unreached: [],
      passOn: [],
      lists: [],
    },
  };
  const lateJoiners = lateJoinersOf(groups);
  const joining = units.filter((unit) => !groups.away.includes(unit) && !lateJoiners.includes(unit));
  const onPhone = (unit: Unit) =>
    zalo.has(unit)
      ? onZalo(zaloChat(town.zalo.user()))
      : telegramChat(town.telegram.user(100 + units.indexOf(unit)));
  await town.clock('2026-04-28 08:10');
  await together(joining.slice(0, 30), (unit) => joins(unit, onPhone(unit), codes.get(unit.code) ?? ''));
  await town.clock('2026-04-28 08:15');
  await opens(coordinator, 'quý 1/2026', '16h ngày 6/5/2026');
  await town.clock('2026-04-28 08:20');
  await together(joining.slice(30), (unit) => joins(unit, onPhone(unit), codes.get(unit.code) ?? ''));
  for (const unit of units) unit.toldAt = at('2026-04-28 08:15');
  for (const [n, leader] of leaders.entries()) {
    const unit = first(n === 0 ? groups.never : groups.early, 1);
    await leader.say(`/start ${await invitesLeader(coordinator, unit, 'Phạm Văn Lãnh')}`);
    await leader.hears(/^Xin chào Phạm Văn Lãnh/);
  }

  await town.clock('2026-04-28 09:00');
  await together(
    [...groups.early, ...groups.second, ...groups.afterHolidays, ...groups.never],
    async (unit) => {
      await goesOn(unit, joining.indexOf(unit) < 30 ? 'Bắt đầu' : undefined);
      if (!groups.early.includes(unit)) return fills(unit, 1 + Math.floor(random() * 11));
      await fills(unit);
      await sends(unit);
    },
  );
  await blocks(story, groups.silent.slice(0, 4), true);
  await looks(story, '2026-04-28 10:00');
  return story;
}

/** They join only the day after. */
const lateJoinersOf = ({ lastDays, lastDay }: Groups): readonly Unit[] => [
  ...lastDays.slice(0, 4),
  ...lastDay.slice(0, 4),
];

/** T-7, where T-3 falls on too as the days between are off: the first round, through a power cut, and what follows it. */
export async function firstRound(story: Story): Promise<void> {
  const { town, units, coordinator, codes, groups, random } = story;
  const { early, second, lastDays } = groups;
  const busy = groups.afterHolidays.slice(3, 6);
  await town.clock('2026-04-29 07:50');
  await together(busy, (unit) => fills(unit, 1));
  await town.kill();
  await town.start('real');
  await town.clock('2026-04-29 08:00');
  await remindersComeThroughKill(units, town, 40);
  await aWhileAfter(story, '2026-04-29 08:12');
  await town.clock('2026-04-29 08:20');
  await together(lastDays.slice(4, 7), (unit) => snoozes(unit, 'Nhắc lại sau 2 giờ', at('2026-04-29 10:20')));
  await together(lastDays.slice(7, 9), (unit) => snoozes(unit, 'Sáng mai 8 giờ', at('2026-04-30 08:00')));
  await town.clock('2026-04-29 10:00');
  await together(lateJoinersOf(groups), (unit) =>
    joins(unit, telegramChat(town.telegram.user(100 + units.indexOf(unit))), codes.get(unit.code) ?? ''),
  );
  await town.clock('2026-04-29 10:25');
  await remindersCome(units);
  await town.clock('2026-04-29 10:40');
  await together(second, async (unit) => {
    await goesOn(unit, 'Nhập tiếp');
    if (unit.answers.size < 13) await fills(unit);
    await sends(unit);
  });
  await together(early.slice(6, 8), async (unit) => {
    await withdraws(unit);
    await corrects(unit, 'van-ban', figure(Math.floor(random() * 90)));
    await sends(unit);
  });
  for (const unit of early.slice(0, 3)) await accepts(coordinator, unit);
  for (const unit of early.slice(3, 5))
    await returns(coordinator, unit, ['I.4: đề nghị đối chiếu', 'II.4: ghi rõ số quá hạn']);
  await returns(coordinator, first(early, 5), ['III.1: kiểm tra lại kinh phí']);
  await looks(story, '2026-04-29 11:30');
}

/** Holidays and a weekend, half of them without the program. */
export async function holidays({ town, units }: Story): Promise<void> {
  await town.clock('2026-04-30 08:00');
  await remindersCome(units);
  await town.kill();
  await town.clock('2026-05-03 09:00');
  await town.start();
  await remindersCome(units);
}
