// Words of others on the page of the web chat, in a real browser: shown as words, whatever they are; and posts from elsewhere refused.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { NO_BROWSER } from '../support/browser.ts';
import { usePhone } from '../support/web-phone.ts';

const WORDS = [
  '<img src=x onerror="window.hit=1">',
  '<script>window.hit=1</script>',
  '<svg onload=window.hit=1><a href="javascript:window.hit=1">x</a></svg>',
  '"><iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
  'javascript:window.hit=1',
  '{{constructor.constructor("window.hit=1")()}}',
  '\u202edrowssap\u2066',
];

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const each of closing) await each();
});

/** A page of another site that posts to the chat in every way a page can. */
async function elsewhere(target: string): Promise<string> {
  const attack = `<form method=post enctype=text/plain action="${target}/api/send"><input name='{"id":"x","text":"hai","a":"' value='"}'></form>
    <script>
      const body = JSON.stringify({ id: 'x', text: 'hai' });
      const tries = [
        fetch('${target}/api/send', { method: 'POST', mode: 'no-cors', credentials: 'include', body }),
        fetch('${target}/api/send', { method: 'POST', credentials: 'include', body, headers: { 'Content-Type': 'application/json', 'x-chitieu': '1' } }),
        fetch('${target}/api/stream', { credentials: 'include' }),
      ];
      navigator.sendBeacon('${target}/api/send', new Blob([body], { type: 'text/plain' }));
      Promise.allSettled(tries).then((all) => {
        document.title = all.map((each) => each.status === 'fulfilled' && each.value.type !== 'opaque' ? 'read' : 'no').join();
        document.forms[0].submit();
      });
    </script>`;
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(attack));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

describe.skipIf(NO_BROWSER)('The page of the web chat', () => {
  const open = usePhone();

  it('shows hostile words as words, typed or said, and runs none of them', async () => {
    const { page, sees, settled, mine, type, complaints } = await open();
    await sees('II.1');
    for (const words of WORDS) {
      await type(words);
      await settled();
    }
    expect((await mine()).slice(1)).toEqual(WORDS);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    const made = await page.evaluate(
      'document.querySelectorAll("main img, main script, iframe, svg a, a[href^=javascript]").length',
    );
    expect(made).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('takes nothing that another site posts in the visitor’s name, and lets it read nothing', async () => {
    const { bot, context, sees, texts } = await open();
    await sees('II.1');
    const before = texts().length;
    const other = await context.newPage();
    await other.goto(await elsewhere(bot.url));
    await other.waitForURL(/api\/send/, { timeout: 10_000 });
    expect(await other.textContent('body')).toContain('forbidden');
    expect(texts()).toHaveLength(before);
  });

  it('cannot be put into a frame of another site', async () => {
    const { bot, context, sees } = await open();
    await sees('II.1');
    const other = await context.newPage();
    await other.setContent(`<iframe src="${bot.url}/"></iframe>`);
    await other.waitForTimeout(500);
    const frame = other.frames()[1];
    expect(await frame?.evaluate('document.querySelector("main") === null')).toBe(true);
  });
});
