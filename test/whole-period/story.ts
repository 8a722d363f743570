// What the days of the whole-period test share: who does what, what is seen on the way, and what the coordinator looks at.
import { at } from './calendar.ts';
import { type TelegramChat, until } from './chat.ts';
import { accepts, acceptsAll, readsBoard } from './coordinator.ts';
import { isAccepted, isUnfinished, type Unit } from './officers.ts';
import { remindersCome } from './rounds.ts';
import type { Town } from './town.ts';

export const DUE = at('2026-05-06 16:00');
export const LATER = at('2026-05-08 16:00');

/** What was seen on the way and cannot be seen at the end. */
type Seen = {
  readonly boards: {
    readonly when: string;
    readonly said: ReadonlyMap<string, number>;
    readonly wanted: ReadonlyMap<string, number>;
  }[];
  readonly returned: {
    readonly unit: string;
    readonly wanted: readonly string[];
    readonly asked: readonly string[];
  }[];
  readonly acceptedAtOnce: { readonly said: number; readonly wanted: number }[];
  /** What was said to whoever tried to change what was accepted; how many buttons of others were pressed; what came of links. */
  readonly locked: string[];
  readonly pressed: number[];
  readonly links: string[];
  /** Who was nudged, and who could not be. */
  readonly nudged: {
    readonly said: number;
    readonly got: readonly string[];
    readonly not: readonly string[];
  }[];
  /** After a round: who could not be reached. */
  readonly unreached: { readonly when: string; readonly names: readonly string[] }[];
  /** What the coordinator is told before the office's own deadline. */
  readonly passOn: { readonly when: string; readonly counts: string }[];
  readonly lists: { readonly when: string; readonly names: readonly string[] }[];
};
export type Story = {
  readonly town: Town;
  readonly units: readonly Unit[];
  readonly coordinator: TelegramChat;
  /** Of a unit that never sends, and of one that sends at once. */
  readonly leaders: readonly TelegramChat[];
  readonly codes: ReadonlyMap<string, string>;
  readonly groups: Groups;
  readonly random: () => number;
  readonly seen: Seen;
};

const SIZES = {
  ...{ early: 20, second: 30, afterHolidays: 25, lastDays: 28, lastDay: 20, late: 10, latest: 5 },
  ...{ never: 12, silent: 10, extended: 4, away: 4 },
};
export type Groups = Readonly<Record<keyof typeof SIZES, readonly Unit[]>>;

/** Who does what, by chance. */
export function groupsOf(units: readonly Unit[], random: () => number): Groups {
  const order = units.map((unit) => ({ unit, key: random() })).sort((a, b) => a.key - b.key);
  let from = 0;
  return Object.fromEntries(
    Object.entries(SIZES).map(([name, size]) => {
      from += size;
      return [name, order.slice(from - size, from).map(({ unit }) => unit)];
    }),
  ) as Record<keyof typeof SIZES, Unit[]>;
}

export const first = <T>(list: readonly T[], n: number): T => {
  const found = list[n];
  if (found === undefined) throw new Error(`there is no ${n + 1}th`);
  return found;
};

export const isOnTelegram = ({ chat }: Unit): boolean => chat?.conversation.startsWith('telegram:') ?? false;

export async function blocks({ town }: Story, units: readonly Unit[], isBlocked: boolean): Promise<void> {
  for (const unit of units) {
    const person = town.telegram.user(Number(unit.chat?.conversation.split(':')[1]));
    if (isBlocked) person.block();
    else person.unblock();
    unit.isReachable = !isBlocked;
    // Coming back is a sign of life.
    if (!isBlocked) unit.lastAt = Date.now();
  }
  await until('the news of it', () => (town.telegram.unconfirmed().length === 0 ? true : undefined));
}

const WORDS: Readonly<Record<Unit['status'], string>> = {
  ...{ notStarted: 'chưa bắt đầu', returned: 'trả lại để chỉnh sửa', inProgress: 'đang nhập' },
  ...{ submitted: 'đã nộp', accepted: 'đã tiếp nhận' },
};

/** What a board has to say now. */
function boardOf(units: readonly Unit[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (words: string) => counts.set(words, (counts.get(words) ?? 0) + 1);
  for (const unit of units) {
    count(WORDS[unit.status]);
    if (isUnfinished(unit) && unit.due < Date.now()) count('quá hạn nộp');
  }
  return counts;
}

/** The coordinator looks at the board. */
export async function looks({ town, units, coordinator, seen }: Story, when: string): Promise<void> {
  await town.clock(when);
  seen.boards.push({ when, said: await readsBoard(coordinator), wanted: boardOf(units) });
}

/** Waits until the coordinator was told something that begins so as often as it has to be by now. */
async function isTold({ coordinator }: Story, words: string, times: number): Promise<void> {
  const count = (): number => coordinator.said().filter(({ text }) => text.startsWith(words)).length;
  await until(`“${words}” for the ${times}. time`, () => (count() >= times ? true : undefined));
}

/** A while after a round, when the coordinator is told who could not be reached. */
export async function aWhileAfter(story: Story, when: string): Promise<void> {
  const { town, units, seen } = story;
  await town.clock(when);
  const names = units.filter((unit) => isUnfinished(unit) && !isReached(unit)).map(({ name }) => name);
  seen.unreached.push({ when, names });
  await remindersCome(units);
  await isTold(story, 'Lần nhắc này còn', seen.unreached.length);
}

/** True when the last reminder could be written to somebody. */
export const isReached = ({ chat, isReachable, reminders, held }: Unit): boolean =>
  chat !== undefined && isReachable && (held.at(-1)?.moment ?? 0) <= (reminders.at(-1)?.moment ?? 0);

/** Everything without a warning at once, and two of the others one by one. */
export async function takesIn({ units, coordinator, seen }: Story): Promise<void> {
  const sent = units.filter(({ status }) => status === 'submitted');
  const clean = sent.filter(({ isWarned }) => !isWarned);
  seen.acceptedAtOnce.push({ said: await acceptsAll(coordinator), wanted: clean.length });
  for (const unit of clean) isAccepted(unit);
  for (const unit of sent.filter(({ isWarned }) => isWarned).slice(0, 2)) await accepts(coordinator, unit);
  const isToldSo = (unit: Unit): boolean => acceptancesIn(unit).length >= unit.acceptedAt.length;
  await until('the acceptances', () => (clean.filter(isOnTelegram).every(isToldSo) ? true : undefined));
}

/** What a unit was told of its report being accepted. */
export const acceptancesIn = ({ chat }: Unit) =>
  chat?.said().filter(({ text }) => text.startsWith('Báo cáo đã được tiếp nhận – ')) ?? [];

/** Four hours before this deadline the coordinator is told who is missing. */
export async function escalates(story: Story, when: string, due: number): Promise<void> {
  const { town, units, seen } = story;
  const names = units.filter((unit) => unit.due === due && isUnfinished(unit)).map(({ name }) => name);
  seen.lists.push({ when, names });
  await town.clock(when);
  await remindersCome(units);
  await isTold(story, 'Còn ', seen.lists.length);
}

/** The office's own deadline is two working days after that of the units. `come`: what else is due at that hour. */
export async function passesOn(story: Story, when: string, come: () => Promise<unknown>): Promise<void> {
  const { town, units, seen } = story;
  const count = (status: Unit['status']): number => units.filter((unit) => unit.status === status).length;
  const [accepted, sent] = [count('accepted'), count('submitted')];
  const counts = `Đã tiếp nhận ${accepted}/168 đơn vị · đã nộp, chờ tiếp nhận ${sent} · chưa nộp ${168 - accepted - sent}.`;
  seen.passOn.push({ when, counts });
  await town.clock(when);
  await come();
  await isTold(story, 'Sắp đến hạn của cơ quan', seen.passOn.length);
}
