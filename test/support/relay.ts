// What stands before several servers, as a load balancer does: hands each request to the next of them, and to another when nobody listens.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Relay = {
  readonly url: string;
  close(): Promise<void>;
};

/** A request as it came. */
export type Relayed = { readonly path: string; readonly body: string };

/** `targets`: addresses, taken in turn. `onRequest` is called before a request goes on. */
export async function startRelay(
  targets: readonly string[],
  onRequest: (relayed: Relayed) => void = () => {},
): Promise<Relay> {
  let turn = 0;
  const server = createServer((from, to) => {
    void readBody(from).then((body) => {
      onRequest({ path: from.url ?? '', body: body.toString() });
      const first = turn++;
      forward(
        targets.map((_, n) => targets[(first + n) % targets.length] ?? ''),
        from,
        body,
        to,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Only who could not be reached at all is passed over: what broke in the middle may have been done. */
function forward(targets: readonly string[], from: IncomingMessage, body: Buffer, to: ServerResponse): void {
  const [target, ...others] = targets;
  if (target === undefined) return void to.writeHead(502).end();
  const { method, headers, url = '' } = from;
  const call = request(target + url, { ...(method ? { method } : {}), headers, agent: false }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(to);
    answer.on('error', () => to.destroy());
    answer.on('aborted', () => to.destroy());
  });
  call.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') forward(others, from, body, to);
    else if (to.headersSent) to.destroy();
    else to.writeHead(502).end();
  });
  to.on('close', () => call.destroy());
  call.end(body);
}

async function readBody(from: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of from) parts.push(part as Buffer);
  } catch {
    // Whoever went away while asking gets no answer anyway.
  }
  return Buffer.concat(parts);
}
