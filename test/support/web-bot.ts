// A bot of three questions behind the real web channel and server; its memory outlives a server that is stopped and started.
import type { SendFile } from '../../src/channels/channel.ts';
import { createWebChannel } from '../../src/channels/web.ts';
import type { WebMessage } from '../../src/channels/web-stream.ts';
import type { Uploads } from '../../src/channels/web-uploads.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';
import { createServer } from '../../src/server.ts';

const QUESTIONS = [
  { name: 'Số cơ quan, đơn vị đã thực hiện khảo sát', choices: ['Giữ nguyên 12', 'Để trống', 'Bỏ qua'] },
  { name: 'Đã ban hành Kế hoạch tuyên truyền cải cách hành chính', choices: ['Có', 'Không'] },
  {
    name: 'Tổng số hồ sơ TTHC đã tiếp nhận trong kỳ',
    choices: ['Giữ nguyên 5.971', 'Để trống', 'Chờ số liệu'],
  },
];

export type Bot = {
  /** Everything said in each conversation. */
  readonly stored: ReadonlyMap<string, readonly WebMessage[]>;
  /** Every event by its id, in the order in which it was stored. */
  readonly handled: ReadonlyMap<string, Event>;
  /** Resolves when a turn may be stored; rejects when it cannot be. */
  turn: () => Promise<void>;
  /** Files that people sent, by name. */
  readonly uploaded: Map<string, Uint8Array>;
  /** Whether the files of this bot may still be had. */
  files: boolean;
  /** What is drawn for "/anh"; undefined: it may no longer be had. Rejects when it cannot be drawn now. */
  draw: () => Promise<readonly SendFile[] | undefined>;
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createBot(): Bot {
  const stored = new Map<string, WebMessage[]>();
  const handled = new Map<string, Event>();
  let running: { url: string; stop(): Promise<void> } | undefined;
  let url = '';
  const bot: Bot = {
    stored,
    handled,
    turn: async () => {},
    uploaded: new Map(),
    files: true,
    draw: async () => [],
    get url() {
      return url;
    },
    async start() {
      running = await serve(bot, stored, handled, url === '' ? 0 : Number(new URL(url).port));
      url = running.url;
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
  };
  return bot;
}

async function serve(bot: Bot, stored: Map<string, WebMessage[]>, handled: Map<string, Event>, port: number) {
  const channel = createWebChannel({
    transcript: async (conversation, after, limit) =>
      (stored.get(conversation) ?? []).filter((item) => item.seq > after).slice(-limit),
    makeFile: async () =>
      bot.files
        ? { name: 'phu-luc.xlsx', type: 'application/octet-stream', bytes: new Uint8Array([80, 75]) }
        : undefined,
    makePictures: () => bot.draw(),
    files: { uploads: uploadsOf(bot), isKnown: async () => true },
    publicUrl: 'http://127.0.0.1',
    secureCookie: false,
    log: { warn: () => {}, error: () => {} },
  });
  await channel.start(async (event) => {
    await bot.turn();
    if (handled.has(event.id)) return;
    handled.set(event.id, event);
    const list = stored.get(event.conversation) ?? [];
    stored.set(event.conversation, list);
    for (const [n, message] of [...ownWords(event, list), ...answer(event, list)].entries()) {
      const createdAt = new Date().toISOString();
      const item = { id: `${event.id}:${n}`, seq: list.length + 1, createdAt, message };
      list.push(item);
      await channel.send({ id: item.id, seq: item.seq, chat: event.conversation.slice(4), message });
    }
  });
  const server = await createServer({
    routes: [channel],
    health: () => ({}),
    host: '127.0.0.1',
    port,
    log: { error: () => {} },
  }).listen();
  return {
    url: server.url,
    async stop() {
      await channel.stop();
      await server.close();
    },
  };
}

/** Keeps what is sent in memory. */
const uploadsOf = ({ uploaded }: Bot): Uploads => ({
  async save(chat, _, body) {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    const bytes = new Uint8Array(Buffer.concat(parts));
    uploaded.set(`${chat}-${uploaded.size}`, bytes);
    return { source: `${chat}-${uploaded.size - 1}`, size: bytes.length };
  },
  read: async () => ({ fault: 'gone' }),
  sweep: async () => {},
});

/** What the person typed or sent, or the words on the button that was pressed. */
function ownWords(event: Event, list: readonly WebMessage[]): Message[] {
  if (event.type === 'text') return [{ text: [event.text], mine: true }];
  if (event.type === 'file') return [{ text: [`📎 ${event.file.name}`], mine: true }];
  if (event.type !== 'button') return [];
  const buttons = list.flatMap(({ message }): readonly Button[] => (message.buttons ?? []).flat());
  const label = buttons.findLast((button) => button.action === event.action)?.label;
  return label === undefined ? [] : [{ text: [label], mine: true }];
}

/** What the bot says to one event: the settled question, the next question. */
function answer(event: Event, list: readonly WebMessage[]): Message[] {
  if (event.type === 'button')
    return settle(list, event.action.split(':')[0] ?? '', event.action.split(':')[1] ?? '');
  if (event.type !== 'text') return [];
  if (event.text.startsWith('/start')) return [...greeting(event.text.slice(7)), question(0)];
  if (event.text === '/file') return [{ text: ['Bảng số liệu của anh/chị đây ạ.'], file: { report: 'r1' } }];
  if (event.text === '/anh') return [{ text: ['Ảnh bảng đây ạ.'], pictures: { report: 'r1' } }];
  if (event.text === '/dai')
    return [{ text: [Array.from({ length: 60 }, (_, n) => `Dòng ${n + 1}`).join('\n')] }];
  const open = [...list].reverse().find((item) => item.message.buttons)?.message.key ?? '';
  return settle(list, open, event.text);
}

const greeting = (code: string): Message[] =>
  code === ''
    ? [{ text: ['Anh/chị chưa được mời. Xin gửi mã mời mà đầu mối đã cấp.'] }]
    : [
        {
          text: [
            'Chào mừng chị ',
            { bold: 'Lan' },
            ' (UBND thị xã Ngã Năm).\nKỳ báo cáo: ',
            { bold: 'Quý III năm 2022' },
            ', hạn nộp 20/9/2022.',
          ],
        },
      ];

function question(n: number): Message {
  const { name, choices } = QUESTIONS[n] ?? { name: '?', choices: [] };
  const row = choices.map((label) => ({ label, action: `q${n}:${encodeURIComponent(label).slice(0, 50)}` }));
  return {
    key: `q${n}`,
    text: [`II.${n + 1} · `, { bold: name }, '\nĐơn vị tính: cơ quan. Kỳ trước: 12.'],
    buttons: [
      row,
      [
        { label: 'Quay lại', action: `q${n}:back` },
        { label: 'Xem các mục', action: `q${n}:list` },
      ],
    ],
  };
}

function settle(list: readonly WebMessage[], key: string, value: string): Message[] {
  const n = Number(key.slice(1));
  const done: Message = {
    key,
    replaces: key,
    text: [`✓ ${QUESTIONS[n]?.name}: `, { bold: decodeURIComponent(value) }],
  };
  const asked = list.some((item) => item.message.key === `q${n + 1}`);
  return QUESTIONS[n + 1] && !asked ? [done, question(n + 1)] : [done];
}
