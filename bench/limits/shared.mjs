// What the limits share: a bare webhook that, once `keep(text)` has resolved, answers 200 and sends one message.
import { Agent, createServer, request } from 'node:http';

const { PORT, API_ROOT, SECRET, TOKEN } = process.env;
const agent = new Agent({ keepAlive: true });
const { hostname, port } = new URL(API_ROOT);
const asked = new Map();

/** Starts to serve. `keep` makes what was answered durable, or does nothing. */
export function serve(keep) {
  const server = createServer((incoming, response) => {
    if (incoming.method === 'GET') return response.end('ok');
    if (incoming.headers['x-telegram-bot-api-secret-token'] !== SECRET) return response.writeHead(401).end();
    const parts = [];
    incoming.on('data', (data) => parts.push(data));
    incoming.on('end', async () => {
      const update = JSON.parse(Buffer.concat(parts).toString());
      const { chat, text } = update.message;
      await keep(JSON.stringify({ update: update.update_id, chat: chat.id, text }));
      response.end('ok');
      const number = (asked.get(chat.id) ?? 0) + 1;
      asked.set(chat.id, number);
      send(chat.id, `Câu ${number}/130: Số nhiệm vụ đề ra trong kế hoạch. Nhập số nguyên`);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(Number(PORT), '127.0.0.1');
}

function send(chat_id, text) {
  const body = Buffer.from(JSON.stringify({ chat_id, text }));
  const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
  const path = `/bot${TOKEN}/sendMessage`;
  const call = request({ agent, hostname, port, path, method: 'POST', headers }, (answer) => answer.resume());
  call.on('error', () => {});
  call.end(body);
}
