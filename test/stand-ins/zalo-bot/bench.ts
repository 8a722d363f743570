// What the tests of the Zalo Bot stand-in need beside it: plain calls of its API, and a small server of their own.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZaloBotStandIn } from '../zalo-bot.ts';

export type Answer = {
  readonly ok: boolean;
  readonly result?: Record<string, unknown>;
  readonly error_code?: number;
  readonly description?: string;
};

/** Calls a method by POST with JSON; the answer whatever its HTTP status. */
export async function call(zalo: ZaloBotStandIn, method: string, params: object = {}): Promise<Answer> {
  const response = await fetch(`${zalo.apiRoot}/bot${zalo.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  return (await response.json()) as Answer;
}

/** A server on a free port of this machine; `url` has no slash at its end. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
