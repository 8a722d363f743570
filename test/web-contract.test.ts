// The web chat keeps what every channel promises, with a real server and a visitor who reads the stream.
import type { Sending } from '../src/channels/channel.ts';
import { plain } from '../src/channels/split.ts';
import { createWebChannel } from '../src/channels/web.ts';
import type { WebMessage } from '../src/channels/web-stream.ts';
import { createServer } from '../src/server.ts';
import type { ContractSeen } from './channel.contract.table.ts';
import { channelContract } from './channel.contract.ts';
import { type Visitor, visit } from './support/visitor.ts';

channelContract('web', async () => {
  const office = await openOffice();
  const visitor = await visit(office.url);
  let posts = 0;
  const post = (path: string, body: object): Promise<number> => {
    posts += 1;
    return visitor.post(office.url, path, { id: `p${posts}`, ...body });
  };
  // Only the server knows which chat belongs to a cookie; it says so in every event.
  const conversation = new Promise<string>((resolve) => {
    void office.channel.start(async (event) => resolve(event.conversation));
  });
  await post('/api/send', { text: 'ai đấy' });
  const chat = (await conversation).slice('web:'.length);
  let reading = visitor.listen(office.url);
  const leave = async (): Promise<void> => {
    visitor.close();
    await reading;
  };
  return {
    channel: office.channel,
    chat,
    pace: undefined,
    say: (text) => void post('/api/send', { text }),
    press(label) {
      const all = visitor.seen.flatMap(({ message }) => (message.buttons ?? []).flat());
      const action = all.find((button) => button.label === label)?.action;
      if (action === undefined) throw new Error(`no button ${label}`);
      void post('/api/press', { action });
    },
    seen: () => Promise.all(onPage(visitor.seen).map((shown) => withFile(office.url, visitor, shown))),
    store: office.store,
    absence: {
      ...{ kind: 'returns', leave },
      comeBack: async () => {
        reading = visitor.listen(office.url);
      },
    },
    async close() {
      await office.channel.stop();
      await leave();
      await office.close();
    },
  };
});

/** The channel behind the real server, and a store that keeps what is said and the files that were made for it. */
async function openOffice() {
  const stored: (WebMessage & { conversation: string })[] = [];
  const files = new Map<string, Sending['file']>();
  const pictures = new Map<string, Sending['pictures']>();
  const channel = createWebChannel({
    transcript: async (conversation, after, limit) =>
      stored.filter((each) => each.conversation === conversation && each.seq > after).slice(-limit),
    makeFile: async (request) => files.get(JSON.stringify(request)),
    makePictures: async (request) => pictures.get(JSON.stringify(request))?.make(),
    publicUrl: 'http://127.0.0.1',
    secureCookie: false,
    log: { warn: () => {}, error: () => {} },
  });
  const server = createServer({
    ...{ routes: [channel], health: () => ({}), host: '127.0.0.1', port: 0, log: { error: () => {} } },
  });
  const { url, close } = await server.listen();
  return {
    ...{ channel, url, close },
    store({ id, seq, chat, message, file, pictures: drawn }: Sending): void {
      stored.push({ id, seq, createdAt: new Date().toISOString(), message, conversation: `web:${chat}` });
      if (message.file && file) files.set(JSON.stringify(message.file), file);
      if (message.pictures && drawn) pictures.set(JSON.stringify(message.pictures), drawn);
    },
  };
}

/** The messages as the page shows them: one that replaces another stands in its place. */
function onPage(seen: readonly WebMessage[]): WebMessage[] {
  const shown: WebMessage[] = [];
  for (const each of seen) {
    const { replaces } = each.message;
    const old = shown.findIndex(({ message }) => replaces !== undefined && message.key === replaces);
    if (old < 0) shown.push(each);
    else shown[old] = each;
  }
  return shown;
}

/** A message with its file and pictures, fetched as the page fetches them. */
async function withFile(url: string, visitor: Visitor, { seq, message }: WebMessage): Promise<ContractSeen> {
  const words = {
    text: plain(message.text),
    buttons: (message.buttons ?? []).flat().map(({ label }) => label),
  };
  if (message.pictures) {
    const answer = await visitor.get(url, `/api/pictures/${seq}`);
    const { count = 0 } = (await answer.json()) as { count?: number };
    const pages = Array.from(
      { length: count },
      async (_, page) =>
        new Uint8Array(await (await visitor.get(url, `/api/pictures/${seq}/${page}`)).arrayBuffer()),
    );
    return { ...words, pictures: await Promise.all(pages) };
  }
  if (!message.file) return words;
  const response = await visitor.get(url, `/api/file/${seq}`);
  const name = /filename="(.*)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
  return { ...words, file: { name, bytes: new Uint8Array(await response.arrayBuffer()) } };
}
