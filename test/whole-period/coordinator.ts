// The coordinator of the whole-period test on Telegram: opens the period, receives, returns, unlocks, and fetches the tables.
import { readXlsx } from 'hucre/xlsx';
import { type Said, type TelegramChat, until } from './chat.ts';
import { isAccepted, type Unit } from './officers.ts';

export type Rows = readonly (readonly unknown[])[];
export type Book = readonly { readonly name: string; readonly rows: Rows }[];

export const booksIn = async (bytes: Uint8Array): Promise<Book> =>
  (await readXlsx(bytes)).sheets.map(({ name, rows }) => ({ name, rows }));

/** The next `count` documents after those that stand in the chat before `act`. */
export async function fetched(chat: TelegramChat, count: number, act: () => Promise<void>): Promise<Book[]> {
  const documents = (): Uint8Array[] => chat.said().flatMap(({ document }) => document ?? []);
  const before = documents().length;
  await act();
  const found = await until('a document', () =>
    documents().length >= before + count ? documents() : undefined,
  );
  return Promise.all(found.slice(before, before + count).map(booksIn));
}

/** Invites an officer of every unit; the codes by the unit's code, as they stand in the file that came. */
export async function invitesAll(chat: TelegramChat): Promise<ReadonlyMap<string, string>> {
  const [book] = await fetched(chat, 1, async () => {
    await chat.say('/moi tatca');
    await chat.hears(/^Mời một lượt/);
    await chat.chooses(/mời 168 đơn vị/i);
  });
  const rows = book?.[0]?.rows ?? [];
  const head = rows.find((row) => row.includes('Mã mời')) ?? [];
  const [unit, code] = [head.indexOf('Mã đơn vị'), head.indexOf('Mã mời')];
  return new Map(
    rows.slice(rows.indexOf(head) + 1).map((row) => [String(row[unit] ?? ''), String(row[code] ?? '')]),
  );
}

/** Opens the period for all units; the deadline is typed as people write it. */
export async function opens(chat: TelegramChat, period: string, due: string): Promise<Said> {
  await chat.say('/moky');
  await chat.hears(/^Mở kỳ báo cáo mới/);
  await chat.say(period);
  await chat.hears(/^Những đơn vị nào nộp/);
  await chat.choose('Tất cả 168 đơn vị');
  await chat.hears(/^Kỳ báo cáo mới/);
  await chat.choose('Đổi hạn nộp');
  await chat.hears(/^Hạn nộp của đơn vị/);
  await chat.say(due);
  await chat.hears(/^Kỳ báo cáo mới/);
  await chat.choose('Mở kỳ báo cáo');
  return chat.hears(/^Đã mở kỳ báo cáo/);
}

/** Gives one unit another deadline. */
export async function extendsFor(chat: TelegramChat, unit: Unit, due: string, reason: string): Promise<void> {
  await chat.say('/ky');
  await chat.hears(/^Các kỳ báo cáo/);
  await chat.choose('Quý I năm 2026');
  await chat.hears(/đang mở/);
  await chat.choose('Gia hạn một đơn vị');
  await chat.hears(/^Gia hạn cho đơn vị nào/);
  await chat.say(`${unit.code}; ${due}; ${reason}`);
  await chat.hears(new RegExp(`^Hạn nộp của ${unit.name}`, 'm'));
  await chat.choose('Xác nhận');
  await chat.hears(/^Đã đổi\./);
}

/** The newest message about what this unit sent, and what its button carries. */
function receivedFrom(chat: TelegramChat, unit: Unit): Promise<(label: string) => string> {
  const isIt = new RegExp(`^${unit.name} đã nộp báo cáo[^]* · bản ${unit.versions.length} · `);
  return until(`what ${unit.name} sent`, () => {
    const seen = chat.person.messages.findLast(({ from, text }) => from === 'bot' && isIt.test(text));
    if (!seen) return undefined;
    return (label) => {
      const found = seen.buttons.flat().find((each) => each.label === label);
      if (!found) throw new Error(`no [${label}] under what ${unit.name} sent`);
      return found.data;
    };
  });
}

export async function accepts(chat: TelegramChat, unit: Unit): Promise<void> {
  chat.tap((await receivedFrom(chat, unit))('Tiếp nhận'));
  await chat.hears(new RegExp(`^Đã tiếp nhận báo cáo của ${unit.name}`));
  isAccepted(unit);
}

/** `lines`: "II.3: why", one for each indicator. */
export async function returns(chat: TelegramChat, unit: Unit, lines: readonly string[]): Promise<void> {
  chat.tap((await receivedFrom(chat, unit))('Trả lại'));
  await chat.hears(new RegExp(`^Anh/chị gõ lý do trả lại báo cáo của ${unit.name}`));
  await chat.say(lines.join('\n'));
  await chat.hears(new RegExp(`^Trả lại báo cáo của ${unit.name}`));
  await chat.choose(`Gửi trả lại (${lines.length} chỉ tiêu)`);
  await chat.hears(new RegExp(`^Đã trả lại báo cáo của ${unit.name}`));
  unit.status = 'returned';
  unit.reopenedAt = Date.now();
}

/** Takes in at once whatever has no warning; how many the program says these are. */
export async function acceptsAll(chat: TelegramChat): Promise<number> {
  await chat.say('/tiendo');
  await chat.hears(/tất cả 168 đơn vị/);
  await chat.choose('Tiếp nhận ');
  const asked = await chat.hears(/^Tiếp nhận cùng lúc \d+ báo cáo/);
  const count = Number(/\d+/.exec(asked.text)?.[0]);
  await chat.choose(`Tiếp nhận ${count} báo cáo`);
  await chat.hears(/^Đã tiếp nhận \d+ báo cáo/);
  return count;
}

/** The counts that the board says: by words. */
export async function readsBoard(chat: TelegramChat): Promise<ReadonlyMap<string, number>> {
  await chat.say('/tiendo');
  const { text } = await chat.hears(/tất cả 168 đơn vị/);
  const line = text.split('\n').find((each) => each.includes('tất cả 168 đơn vị')) ?? '';
  return new Map(
    line.split(' · ').flatMap((part) => {
      const [, n, words] = /^(?:🔴 )?(\d+) (.+)$/.exec(part) ?? [];
      return n !== undefined && words !== undefined ? [[words, Number(n)] as const] : [];
    }),
  );
}

/** Nudges those who have done less than half, after seeing who they are; how many the program says get it. */
export async function nudges(chat: TelegramChat): Promise<number> {
  await chat.say('/nhac dưới 50%');
  await chat.hears(/^Sẽ nhắc \d+ người/);
  await chat.chooses(/^Gửi nhắc \d+ người/);
  const { text } = await chat.hears(/^Đang gửi nhắc tới \d+ người/);
  return Number(/\d+/.exec(text)?.[0]);
}

/** Invites the leader of a unit; the code stands in a message of its own, to be passed on. */
export async function invitesLeader(chat: TelegramChat, unit: Unit, name: string): Promise<string> {
  await chat.say(`/moi ${unit.code} lãnh đạo ${name}`);
  const { text } = await chat.hears(/^\/start \S+$/m);
  return /^\/start (\S+)$/m.exec(text)?.[1] ?? '';
}
