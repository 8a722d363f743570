// The five documents filled end to end through the web chat of the real program, as its page talks to it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebMessage } from '../src/channels/web-stream.ts';
import type { Template } from '../src/domain/template.ts';
import { type Chat, differences, fillForm, readDocument, type Told } from './support/officer.ts';
import { prepare, recordedIn, start } from './support/process.ts';
import { allTemplates, buttonsOf } from './support/world.ts';

const IDS = [
  'so-cong-thuong-soc-trang',
  'so-cong-thuong-ha-nam',
  'ubnd-thi-xa-nga-nam',
  'so-ngoai-vu',
  'so-tai-chinh-soc-trang',
] as const;
const CODE = 'hanam-code-of-many-letters';

type Page = Chat & {
  readonly messages: readonly WebMessage[];
  open(code: string): Promise<void>;
  file(seq: number): Promise<Response>;
};

/** Talks to the server as the page does: a cookie from hello, posts with ids of their own, messages from the stream. */
async function openPage(url: string, closing: AbortSignal): Promise<Page> {
  const usual = { 'content-type': 'application/json', 'x-chitieu': '1' };
  const hello = await fetch(`${url}/api/hello`, { method: 'POST', headers: usual, body: '{}' });
  const cookie = hello.headers.get('set-cookie')?.split(';')[0] ?? '';
  const messages: WebMessage[] = [];
  let posts = 0;

  /** Every third post is sent twice, as after a lost answer; a server that asks for patience gets it. */
  async function post(path: string, body: object): Promise<void> {
    posts += 1;
    const init = {
      method: 'POST',
      headers: { ...usual, cookie },
      body: JSON.stringify({ id: `p${posts}`, ...body }),
    };
    for (let times = posts % 3 === 0 ? 2 : 1; times > 0; times--) {
      let response = await fetch(url + path, init);
      for (let tries = 0; response.status === 429 && tries < 10; tries++) {
        await pause(200);
        response = await fetch(url + path, init);
      }
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
  }
  async function listen(): Promise<void> {
    const { body } = await fetch(`${url}/api/stream?after=0`, { headers: { cookie }, signal: closing });
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of body ?? []) {
      const blocks = (text + decoder.decode(bytes, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined && /^id: /m.test(block)) messages.push(JSON.parse(data) as WebMessage);
      }
    }
  }
  // The stream ends with the server or with the test.
  void listen().catch(() => {});
  const fromBot = () => messages.map(({ message }) => message).filter(({ mine }) => !mine);
  return {
    messages,
    said: () =>
      fromBot().map((message) => ({
        text: message.text.map((span) => (typeof span === 'string' ? span : span.bold)).join(''),
        bold: message.text.flatMap((span) => (typeof span === 'string' ? [] : [span.bold])),
        buttons: buttonsOf(message),
      })),
    open: (code) => post('/api/start', { code }),
    say: (text) => post('/api/send', { text }),
    press: (action) => post('/api/press', { action }),
    async news() {
      const seen = messages.length;
      for (let waited = 0; waited < 5_000; waited += 5) {
        await pause(5);
        if (messages.length > seen) return true;
      }
      return false;
    },
    async file(seq) {
      // This officer types faster than the rate of the web chat allows; a person would tap once more.
      for (let tries = 0; ; tries++) {
        const answer = await fetch(`${url}/api/file/${seq}`, { headers: { cookie } });
        if (answer.status !== 429 || tries === 9) return answer;
        await pause(500);
      }
    },
  };
}

describe.each(IDS)('An officer on the web with %s', (ID) => {
  const document = readDocument(ID);
  const closing = new AbortController();
  let folder = '';
  let told: Told | undefined;
  let template: Template | undefined;
  let bytes = new Uint8Array();
  let type: string | null = null;
  let stranger = 0;
  let seqs: number[] = [];
  let stop: (() => Promise<unknown>) | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitieu-web-'));
    template = (await allTemplates()).find((each) => each.id === ID);
    if (!template) throw new Error(`no form ${ID}`);
    await prepare(folder, [{ template: ID, unit: document.unit, period: document.period, code: CODE }]);
    const bot = await start({ DATA_DIR: folder });
    stop = bot.kill;
    const page = await openPage(bot.url, closing.signal);
    await page.open(CODE);
    told = await fillForm(page, template, document, 7);
    await page.say('/file');
    const withFile = () => page.messages.find(({ message }) => message.file);
    while (!withFile() && (await page.news()));
    const answer = await page.file(withFile()?.seq ?? 0);
    type = answer.headers.get('content-type');
    bytes = new Uint8Array(await answer.arrayBuffer());
    const other = await openPage(bot.url, closing.signal);
    stranger = (await other.file(withFile()?.seq ?? 0)).status;
    seqs = page.messages.map(({ seq }) => seq);
    await bot.stop();
  }, 60_000);

  afterAll(async () => {
    closing.abort();
    await stop?.();
    await rm(folder, { recursive: true, force: true });
  });

  it('is asked every indicator of every table once, in printed order', () => {
    expect(told?.asked).toEqual(template?.indicators.map((row) => row.id));
    expect(told?.nudges).toBe(0);
  });

  it('gets the document back as .xlsx, cell by cell, and nobody else does', async () => {
    expect(type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    if (!template) throw new Error('no form');
    expect(await differences(bytes, document, template)).toEqual([]);
    expect(stranger).toBe(404);
  });

  it('finds each answer recorded as often as it was given, although posts were repeated', async () => {
    expect(await recordedIn(folder, `${ID}/${ID}`)).toEqual([...(told?.given ?? [])].sort());
  });

  it('sees every message once and in order', () => {
    expect(seqs).toEqual(seqs.map((_, n) => n + 1));
  });
});
