// A lean stand-in of the Bot API in the driver's process: says yes to everything, counts it, and tells of every message.
import { createServer, type Server, type Socket } from 'node:net';
import { createReader, type HttpMessage } from './http.ts';

/** What arrived in a chat: its words, and the data of the buttons under it. */
export type Shown = {
  readonly chat: number;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly message: number;
};

export type Telegram = {
  /** http://127.0.0.1:<port> */
  readonly root: string;
  /** Calls so far by method. */
  readonly calls: Map<string, number>;
  /** Told of every new message and of every edit that shows something else. */
  onShown: (shown: Shown) => void;
  close(): Promise<void>;
};

const ME = { id: 42, is_bot: true, first_name: 'Bench', username: 'chitieu_bench_bot' };
const SHOWS = new Set(['sendMessage', 'editMessageText', 'sendDocument']);

/** Starts it on a free port of this machine. */
export async function startTelegram(): Promise<Telegram> {
  const sockets = new Set<Socket>();
  const calls = new Map<string, number>();
  let messages = 0;
  const telegram: Telegram = {
    root: '',
    calls,
    onShown: () => {},
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const answer = (request: HttpMessage): unknown => {
    const method = /^\S+ \/bot[^/]+\/(\w+)/.exec(request.head)?.[1] ?? '';
    calls.set(method, (calls.get(method) ?? 0) + 1);
    if (method === 'getMe') return ME;
    if (!SHOWS.has(method)) return true;
    const said = parametersOf(request);
    const message = method === 'editMessageText' ? Number(said.message_id) : ++messages;
    const chat = Number(said.chat_id);
    telegram.onShown({ chat, text: said.text ?? '', buttons: said.buttons, message });
    return { message_id: message, date: 1_700_000_000, chat: { id: chat, type: 'private' } };
  };

  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on(
      'data',
      createReader((request) => {
        const body = JSON.stringify({ ok: true, result: answer(request) });
        socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(telegram, { root: `http://127.0.0.1:${port}` });
}

type Parameters = {
  readonly chat_id?: unknown;
  readonly message_id?: unknown;
  readonly text?: string;
  readonly buttons: readonly string[];
};

/** Files come as multipart; of them only the chat matters here. */
function parametersOf({ head, body }: HttpMessage): Parameters {
  if (!/\r\ncontent-type: *application\/json/i.test(head)) {
    const chat = /name="chat_id"\r\n\r\n(-?\d+)/.exec(body.toString('latin1'))?.[1];
    return { chat_id: chat, text: '', buttons: [] };
  }
  const said = JSON.parse(body.toString('utf8')) as {
    chat_id?: unknown;
    message_id?: unknown;
    text?: string;
    reply_markup?: { inline_keyboard?: readonly (readonly { callback_data?: string }[])[] };
  };
  const rows = said.reply_markup?.inline_keyboard ?? [];
  return { ...said, buttons: rows.flat().flatMap(({ callback_data }) => callback_data ?? []) };
}
