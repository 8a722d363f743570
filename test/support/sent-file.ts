// Somebody sends a file into the chat of a test world: the errand is run against bytes that the test keeps.

import type { Channel } from '../../src/channels/channel.ts';
import type { Event } from '../../src/domain/event.ts';
import { fetchFor } from '../../src/fetching.ts';
import { contentIn } from '../../src/file-content.ts';
import { CAN } from './can.ts';
import { allTemplates, type Seen, type World } from './world.ts';

/** `files`: what lies with the platform, by its source; what is taken out is gone. */
export function sender(world: World, files: Map<string, Uint8Array>) {
  const channel: Channel = {
    name: 'test',
    can: CAN,
    start: async () => {},
    send: async () => ({ outcome: 'sent' }),
    fetchFile: async (source) => {
      const bytes = files.get(source);
      return bytes ? { bytes } : { fault: 'gone' };
    },
    inviteLink: () => undefined,
    notices: () => [],
    stop: async () => {},
  };
  /** Runs the errands among these messages; gives everything said, errands aside. */
  async function run(seen: readonly Seen[]): Promise<readonly Seen[]> {
    const said: Seen[] = [];
    for (const { conversation, message } of seen) {
      if (!message.fetch) {
        said.push({ conversation, message });
        continue;
      }
      const createdAt = new Date(0).toISOString();
      const out = { id: world.nextId(), conversation, seq: 1, message, createdAt, attempts: 0 };
      const receive = async (event: Event) => {
        said.push(...(await run(await world.send(event))));
      };
      await fetchFor(channel, out, message.fetch, {
        ...{ receive, templates: await allTemplates(), readFile: contentIn },
      });
    }
    return said;
  }
  return {
    run,
    /** Sends a file of that name and content. */
    async send(conversation: string, name: string, content: string | Uint8Array): Promise<readonly Seen[]> {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      files.set(name, bytes);
      const event = { id: world.nextId(), conversation, at: new Date(0).toISOString() };
      return run(
        await world.send({ ...event, type: 'file', file: { name, source: name, size: bytes.length } }),
      );
    },
  };
}
