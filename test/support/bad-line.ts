// A line to a server that can be made slow, silent or broken: what a network does between a program and its database.

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export type Line = {
  /** The same address by way of this line. */
  through(url: string): string;
  /** Every piece takes so long in each direction (ms). */
  delay(ms: number): void;
  /** Nothing passes on any connection, old or new, until `flow`; then what waited goes on. */
  stall(): void;
  flow(): void;
  /**
   * Connections that are open now never let anything pass again, and the program is not told (the server is, as by its keepalives);
   * new ones are as good as ever.
   */
  freeze(): void;
  /** A connection breaks when it has carried between 1 and so many bytes of answers; undefined: none does. Old ones count from now. */
  breakWithin(bytes: number | undefined): void;
  /** How many connections are open and not frozen. */
  open(): number;
  close(): Promise<void>;
};

type Pair = { readonly client: Socket; readonly server: Socket; isFrozen: boolean; left: number };

/** A line to `port` of this machine. */
export async function badLine(port: number): Promise<Line> {
  const pairs = new Set<Pair>();
  let wait = 0;
  let isStalled = false;
  let most: number | undefined;
  const carried = (): number =>
    most === undefined ? Number.POSITIVE_INFINITY : 1 + Math.floor(Math.random() * most);

  const end = (pair: Pair): void => {
    pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  };
  const carry = (pair: Pair, from: Socket, to: Socket): void => {
    from.on('data', (bytes) => {
      const isAnswer = from === pair.server;
      const allowed = isAnswer ? Math.min(bytes.length, pair.left) : bytes.length;
      if (isAnswer) pair.left -= bytes.length;
      const pass = () => {
        if (!to.destroyed) to.write(bytes.subarray(0, allowed));
        if (allowed < bytes.length) setImmediate(() => end(pair));
      };
      if (wait > 0) setTimeout(pass, wait);
      else pass();
    });
    from.on('error', () => end(pair));
    from.on('close', () => {
      if (!pair.isFrozen) end(pair);
    });
  };
  const set = (pair: Pair): void => {
    for (const socket of [pair.client, pair.server]) {
      if (isStalled || pair.isFrozen) socket.pause();
      else socket.resume();
    }
  };
  const listener = createServer((client) => {
    const pair = { client, server: connect(port, '127.0.0.1'), isFrozen: false, left: carried() };
    pairs.add(pair);
    carry(pair, client, pair.server);
    carry(pair, pair.server, client);
    set(pair);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const own = (listener.address() as AddressInfo).port;
  return {
    through: (url) => url.replace(`127.0.0.1:${port}`, `127.0.0.1:${own}`),
    delay(ms) {
      wait = ms;
    },
    stall() {
      isStalled = true;
      for (const pair of pairs) set(pair);
    },
    flow() {
      isStalled = false;
      for (const pair of pairs) set(pair);
    },
    freeze() {
      for (const pair of pairs) {
        pair.isFrozen = true;
        set(pair);
        pair.server.destroy();
      }
    },
    breakWithin(bytes) {
      most = bytes;
      for (const pair of pairs) pair.left = carried();
    },
    open: () => [...pairs].filter(({ isFrozen }) => !isFrozen).length,
    async close() {
      for (const pair of pairs) end(pair);
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
