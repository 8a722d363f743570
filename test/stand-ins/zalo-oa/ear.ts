// A tiny webhook that hears what the Zalo stand-in has to tell, for looking at the stand-in itself, without the bot.
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startZaloOa, type ZaloOa } from '../zalo-oa.ts';
import type { ZaloUser } from './people.ts';

type Received = {
  readonly raw: string;
  readonly headers: IncomingHttpHeaders;
  readonly name: string;
  readonly text: string | undefined;
};

export type Ear = {
  readonly url: string;
  readonly heard: Received[];
  /** The texts of the events, in the order they came. */
  texts(): (string | undefined)[];
  /** What the next events are answered with; 200 when there is nothing left. hang: no answer at all. */
  readonly answers: (number | 'hang')[];
  /** The events as they were read. */
  bodies(): Record<string, unknown>[];
  close(): Promise<void>;
};

/** A webhook that remembers what it heard. */
async function listen(): Promise<Ear> {
  const heard: Received[] = [];
  const answers: (number | 'hang')[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString();
    const body = JSON.parse(raw) as { event_name: string; message?: { text?: string } };
    heard.push({ raw, headers: request.headers, name: body.event_name, text: body.message?.text });
    const answer = answers.shift() ?? 200;
    if (answer !== 'hang') response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/zalo-oa`,
    heard,
    texts: () => heard.map(({ text }) => text),
    bodies: () => heard.map(({ raw }) => JSON.parse(raw)),
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A stand-in whose events go to a webhook, repeated soon when they are not taken, and a person. */
export async function openHeard(): Promise<{ oa: ZaloOa; user: ZaloUser; ear: Ear; close(): Promise<void> }> {
  const oa = await startZaloOa();
  const ear = await listen();
  oa.deliverTo(ear.url);
  oa.set({ retryLadder: [1, 2, 3] });
  const close = async (): Promise<void> => {
    await oa.stop();
    await ear.close();
  };
  return { oa, user: oa.user(), ear, close };
}

/** Whether the event is signed as Zalo signs, computed here from what arrived. */
export function isSigned(oa: ZaloOa, received: Received | undefined, prefix = 'mac='): boolean {
  if (!received) return false;
  const { raw, headers } = received;
  const { timestamp } = JSON.parse(raw) as { timestamp: string };
  const mac = createHash('sha256').update(`${oa.appId}${raw}${timestamp}${oa.oaSecret}`).digest('hex');
  return headers['x-zevent-signature'] === `${prefix}${mac}`;
}
