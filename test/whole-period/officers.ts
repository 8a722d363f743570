// The officers of the whole-period test: what each of them did is kept as the truth that the program is judged by.
import { readFileSync } from 'node:fs';
import { type Chat, until } from './chat.ts';
import { type Answers, draw, type Given, ROWS } from './form.ts';

type Status = 'notStarted' | 'inProgress' | 'submitted' | 'accepted' | 'returned';

/** A reminder by the moment it belongs to, when it was to come, and how many indicators were missing then. */
type Due = { readonly moment: number; readonly from: number; readonly missing: number };

/** A unit, its officer, and everything that was typed and decided so far. Instants in ms. */
export type Unit = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  /** Everything the unit will ever have to say, and whether something of it is unusual. */
  readonly plan: Map<string, Given>;
  readonly isWarned: boolean;
  /** Missing until somebody has joined. */
  chat?: Chat;
  joinedAt: number;
  isReachable: boolean;
  lastAt: number;
  snoozedUntil?: number;
  due: number;
  toldAt: number;
  reopenedAt: number;
  status: Status;
  /** As the answers stand now, and as they were sent. */
  readonly answers: Map<string, Given>;
  readonly versions: Answers[];
  /** When the unit's report was accepted, once for each time. */
  readonly acceptedAt: number[];
  /** When each version was sent. */
  readonly sentAt: number[];
  /** Moments of the reminders that are to stand in the chat, oldest first, and when each was to come. */
  readonly reminders: Due[];
  /** Those that Zalo did not let through because the person had not written for too long. */
  readonly held: Due[];
};

/** The units of communes.tsv. */
export function communes(random: () => number, due: number): Unit[] {
  const text = readFileSync(new URL('./communes.tsv', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.slice(1).map((line, n) => {
    const [code = '', name = '', kind = ''] = line.split('\t');
    const isWarned = n % 9 === 4;
    return {
      ...{ code, name, kind, isWarned, plan: draw(random, code, isWarned), due },
      ...{ joinedAt: 0, isReachable: true, lastAt: 0, toldAt: 0, reopenedAt: 0 },
      ...{
        status: 'notStarted',
        answers: new Map(),
        versions: [],
        acceptedAt: [],
        sentAt: [],
        reminders: [],
        held: [],
      },
    };
  });
}

export const isUnfinished = ({ status }: Unit): boolean =>
  status === 'notStarted' || status === 'inProgress' || status === 'returned';

function chatOf({ chat, name }: Unit): Chat {
  if (!chat) throw new Error(`nobody of ${name} has joined`);
  return chat;
}

/** Whoever writes gets the newest of what waited for that. */
export function did(unit: Unit): void {
  unit.lastAt = Date.now();
  const newest = unit.held.at(-1);
  if (newest && !unit.reminders.some(({ moment }) => moment === newest.moment))
    unit.reminders.push({ ...newest, from: unit.lastAt });
}

export async function joins(unit: Unit, chat: Chat, code: string): Promise<void> {
  unit.chat = chat;
  await chat.say(`/start ${code}`);
  await chat.hears(/^Xin chào/);
  unit.joinedAt = Date.now();
  did(unit);
}

const QUESTION = /^Chỉ tiêu \d+\/\d+ của mục/m;

/** The label of the indicator that a message asks for, if it asks for one. */
export const askedIn = (text: string): string | undefined =>
  QUESTION.test(text)
    ? ROWS.find(({ label }) => text.split('\n').some((line) => line.endsWith(` ${label}`)))?.id
    : undefined;

/** Waits until this very indicator is asked for as the newest question. */
async function isAsked(unit: Unit, row: string): Promise<void> {
  const chat = chatOf(unit);
  await until(
    `${row} asked of ${unit.name}`,
    () => {
      const newest = chat.said().findLast(({ text }) => QUESTION.test(text));
      return newest && askedIn(newest.text) === row ? true : undefined;
    },
    () =>
      chat
        .said()
        .slice(-4)
        .map(({ text }) => text)
        .join('\n---\n'),
  );
}

/** Types the next `count` answers in the order of the form; the dialog has to be at its question. */
export async function fills(unit: Unit, count: number = ROWS.length): Promise<void> {
  const gaps = ROWS.filter(({ id }) => !unit.answers.has(id)).slice(0, count);
  for (const { id } of gaps) {
    await isAsked(unit, id);
    await types(unit, id, given(unit, id));
    if (unit.status === 'notStarted') unit.status = 'inProgress';
  }
  const next = ROWS.find(({ id }) => !unit.answers.has(id));
  if (next) await isAsked(unit, next.id);
  else await chatOf(unit).hears(/^Xem lại/m);
}

function given({ plan, name }: Unit, row: string): Given {
  const found = plan.get(row);
  if (!found) throw new Error(`${name} has nothing to say about ${row}`);
  return found;
}

/** Types this as the answer to what is asked. */
async function types(unit: Unit, row: string, answer: Given): Promise<void> {
  did(unit);
  await chatOf(unit).say(answer.typed);
  unit.answers.set(row, answer);
}

/** Goes on where the dialog was left: by this button, else by `/start`. */
export async function goesOn(unit: Unit, label?: string): Promise<void> {
  did(unit);
  await (label === undefined ? chatOf(unit).say('/start') : chatOf(unit).choose(label));
}

/** Puts the reminders off by this button of the last one. */
export async function snoozes(unit: Unit, label: string, until: number): Promise<void> {
  await chatOf(unit).choose(label);
  await chatOf(unit).hears(/^Trợ lý sẽ nhắc lại lúc/);
  did(unit);
  unit.snoozedUntil = until;
}

/** Goes through what was returned; the indicators that were asked for, in order. `answers`: what to type for each. */
export async function mends(unit: Unit, answers: ReadonlyMap<string, Given>): Promise<readonly string[]> {
  const chat = chatOf(unit);
  const asked: string[] = [];
  did(unit);
  await chat.choose('Sửa từng chỉ tiêu');
  for (;;) {
    const { text } = await chat.hears(
      /^(?:Chỉ tiêu \d+\/\d+ của mục|Đề nghị kiểm tra lại|Nộp báo cáo CCHC|Xem lại)/m,
    );
    const row = askedIn(text);
    if (row === undefined) return asked;
    asked.push(row);
    const answer = answers.get(row);
    if (!answer) return asked;
    await types(unit, row, answer);
  }
}

/** Sends the report; what is unusual is confirmed first. */
export async function sends(unit: Unit): Promise<void> {
  const chat = chatOf(unit);
  did(unit);
  await chat.say('/nop');
  const shown = await chat.hears(/^(?:Đề nghị kiểm tra lại trước khi nộp|Nộp báo cáo CCHC)/m);
  if (shown.text.startsWith('Đề nghị')) {
    await chat.choose('Đã kiểm tra, số');
    await chat.hears(/^Nộp báo cáo CCHC/m);
  }
  await chat.choose('Xác nhận nộp');
  await chat.hears(/^Đã nộp báo cáo/m);
  did(unit);
  unit.status = 'submitted';
  unit.versions.push(new Map(unit.answers));
  unit.sentAt.push(Date.now());
}

export function isAccepted(unit: Unit): void {
  unit.status = 'accepted';
  unit.acceptedAt.push(Date.now());
}

/** Takes back what was sent. */
export async function withdraws(unit: Unit): Promise<void> {
  const chat = chatOf(unit);
  await chat.choose('Rút lại để sửa');
  await chat.hears(/^Đã rút lại báo cáo/m);
  did(unit);
  unit.status = 'inProgress';
  unit.reopenedAt = Date.now();
}

/** Corrects one answer by `/sua`. */
export async function corrects(unit: Unit, row: string, answer: Given): Promise<void> {
  did(unit);
  await chatOf(unit).say(`/sua ${ROWS.find(({ id }) => id === row)?.address ?? ''}`);
  await isAsked(unit, row);
  await types(unit, row, answer);
  await chatOf(unit).hears(/./);
}

/** Side by side, but not all at once: so many people at a time. */
export async function together<T>(
  all: readonly T[],
  act: (one: T) => Promise<void>,
  most = 32,
): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, worker));
}
