// As little HTTP/1.1 as the bench needs, over plain sockets: the driver must cost far less than what it measures.
import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';

/** One request or response: its first line and headers as they came, and its body. */
export type HttpMessage = { readonly head: string; readonly body: Buffer };

const END = '\r\n\r\n';
const NOTHING = Buffer.alloc(0);

/** Cuts what arrives on a socket into messages; bodies have a length or come in chunks. */
export function createReader(onMessage: (message: HttpMessage) => void): (data: Buffer) => void {
  let rest: Buffer = NOTHING;
  return (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (;;) {
      const end = rest.indexOf(END);
      if (end < 0) return;
      const head = rest.toString('latin1', 0, end);
      const from = end + END.length;
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      const body =
        length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head)
          ? chunksOf(rest, from)
          : wholeOf(rest, from, Number(length ?? 0));
      if (body === undefined) return;
      rest = body.next === rest.length ? NOTHING : rest.subarray(body.next);
      onMessage({ head, body: body.bytes });
    }
  };
}

type Body = { readonly bytes: Buffer; readonly next: number };

const wholeOf = (data: Buffer, from: number, length: number): Body | undefined =>
  data.length < from + length
    ? undefined
    : { bytes: data.subarray(from, from + length), next: from + length };

function chunksOf(data: Buffer, from: number): Body | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const line = data.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(data.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (data.length < next) return undefined;
    if (size === 0) return { bytes: Buffer.concat(parts), next };
    parts.push(data.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

export type Client = {
  /** Calls back with the status, or with 0 when the connection broke before the answer. */
  post(body: string, done: (status: number) => void): void;
  close(): void;
};

/** Posts to one address over kept connections, as many as there are requests at once. */
export function createClient(address: URL, headers: Readonly<Record<string, string>>): Client {
  const idle: Connection[] = [];
  const all = new Set<Connection>();
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${address.pathname} HTTP/1.1\r\nHost: ${address.host}\r\nContent-Type: application/json\r\n${given.join('')}`;
  let closed = false;

  const open = (): Connection => {
    const socket = connect(Number(address.port), address.hostname);
    socket.setNoDelay(true);
    const connection: Connection = { socket, done: undefined };
    const finish = (status: number): void => {
      const { done } = connection;
      connection.done = undefined;
      if (status > 0) idle.push(connection);
      done?.(status);
    };
    socket.on(
      'data',
      createReader((message) => finish(Number(message.head.slice(9, 12)))),
    );
    socket.on('error', () => {});
    socket.on('close', () => {
      all.delete(connection);
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
      finish(0);
    });
    all.add(connection);
    return connection;
  };

  return {
    post(body, done) {
      if (closed) return;
      const connection = idle.pop() ?? open();
      connection.done = done;
      connection.socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    close() {
      closed = true;
      for (const { socket } of all) socket.destroy();
    },
  };
}

type Connection = { readonly socket: Socket; done: ((status: number) => void) | undefined };
