// The thread beside the program that makes tables: the same bytes as without it, and nothing that happens in it harms the program.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { makeTable, type TableJob } from '../src/report-maker.ts';
import { createTableThread, type TableThread } from '../src/report-thread.ts';
import { appendixSheets } from '../src/sheets/layout.ts';
import { campaignOf, shortForm } from './sheets/documents.ts';

const template = shortForm();
const sheets = appendixSheets({
  template,
  report: { answers: {}, notes: {}, explanations: {}, overrides: {} },
  unit: { id: 'u1', name: 'UBND thị xã Ngã Năm', kind: 'thị xã' },
  campaign: campaignOf(template, '2026-Q1'),
});
const job = (format: TableJob['format']): TableJob => ({ format, sheets, at: '2026-03-01T00:00:00.000Z' });

const running: TableThread[] = [];
afterEach(() => Promise.all(running.splice(0).map((each) => each.stop())));

function thread(options: Parameters<typeof createTableThread>[0] = {}): TableThread {
  const made = createTableThread(options);
  running.push(made);
  return made;
}

/** A thread that breaks as `acts` says for a format, and answers every other job with the number that the thread has. */
const breaking = (acts: Readonly<Record<string, string>>): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort, threadId } from 'node:worker_threads';
      const acts = { ${Object.entries(acts).map(([format, act]) => `${format}: () => { ${act} }`)} };
      const answer = () => parentPort.postMessage({ files: [Uint8Array.of(threadId)] });
      parentPort.on('message', ({ format }) => (acts[format] ?? answer)());`)}`,
  );
const numberOf = ([bytes]: readonly Uint8Array[]): number => bytes?.[0] ?? -1;

describe('A table made in the thread', () => {
  it.each(['xlsx', 'docx', 'pdf', 'png'] as const)(
    'is the same as any other, to the byte: %s',
    async (format) => {
      const [here, there] = [await makeTable(job(format)), await thread().make(job(format))];
      expect(there.length).toBeGreaterThan(0);
      expect(there.map((each) => Buffer.from(each).toString('base64'))).toEqual(
        here.map((each) => Buffer.from(each).toString('base64')),
      );
    },
  );

  it('says why it cannot be made, and the next one is made', async () => {
    const { make } = thread();
    const [none, next] = [make({ ...job('pdf'), sheets: [] }), make(job('xlsx'))];
    await expect(none).rejects.toThrow('A PDF needs at least one table');
    expect(await next).toHaveLength(1);
  });

  it('does not hold up the end of the process, which waits for the table in work', async () => {
    const code = `
      const { createTableThread } = await import('./src/report-thread.ts');
      const files = await createTableThread().make(${JSON.stringify(job('xlsx'))});
      console.log(files.length, 'made');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const ended = await new Promise((resolve) => child.once('close', resolve));
    expect([ended, out]).toEqual([0, '1 made\n']);
  });
});

describe('When the thread', () => {
  it.each([
    ['ends', 'process.exit(3)', 'ended (exit code 3)'],
    ['breaks down', 'throw new Error("no memory")', 'broke down: no memory'],
    ['hangs', '', 'the pdf table took longer than 3000 ms'],
  ])('%s, only the table in work fails', async (_what, act, why) => {
    const { make } = thread({ entry: breaking({ pdf: act }), limit: 3_000 });
    const all = [make(job('xlsx')), make(job('pdf')), make(job('docx')), make(job('xlsx'))] as const;
    const [before, broken, after, again] = await Promise.allSettled(all);
    expect(broken.status === 'rejected' && `${broken.reason}`).toContain(why);
    const [first, second, third] = [before, after, again].map((each) =>
      each.status === 'fulfilled' ? numberOf(each.value) : 'failed',
    );
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(Number(first));
    expect(third).toBe(second);
  });

  it('cannot even begin, every table says so', async () => {
    const { make } = thread({ entry: new URL('data:text/javascript,import "node:no-such-module"') });
    for (const format of ['xlsx', 'pdf'] as const)
      await expect(make(job(format))).rejects.toThrow('the thread that makes tables broke down');
  });

  it('is stopped, what is in work and what waits fails, and nothing begins again', async () => {
    const { make, stop } = thread({ entry: breaking({ pdf: '' }) });
    await make(job('xlsx'));
    const all = [make(job('pdf')), make(job('xlsx'))];
    const settled = Promise.allSettled(all);
    await new Promise((resolve) => setImmediate(resolve));
    await stop();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(make(job('xlsx'))).rejects.toThrow('stopping');
  });
});
