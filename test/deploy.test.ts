// What deploy/ promises, as far as it can be seen without root: the unit, the container file and the proxy's configuration.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readConfig, SETTINGS } from '../src/config.ts';
import { freePort } from './support/process.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);
const read = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');
const scratch = await mkdtemp(join(tmpdir(), 'chitieu-deploy-'));
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Lines without comments. */
const bare = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The program is there, as far as this machine is concerned. */
const has = (program: string): Promise<boolean> =>
  run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );

describe('The systemd unit', () => {
  it('runs as a user without rights, starts again after a crash, and leaves time for the turn in hand', async () => {
    const settings = new Map(
      bare(await read('deploy/chitieu-bot.service')).flatMap((line) => {
        const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
        return name === '' ? [] : [[name, value] as const];
      }),
    );
    expect(settings.get('User')).toBe('chitieu');
    expect(settings.get('Restart')).toBe('always');
    expect(settings.get('KillSignal')).toBe('SIGTERM');
    expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(5);
    expect(settings.get('StateDirectoryMode')).toBe('0700');
    for (const [name, value] of [
      ['NoNewPrivileges', 'yes'],
      ['ProtectSystem', 'strict'],
      ['CapabilityBoundingSet', ''],
    ])
      expect(settings.get(name ?? '')).toBe(value);
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: { start: string } };
    expect(settings.get('ExecStart')).toBe(`/usr/bin/${scripts.start}`);
  });

  it('is one that systemd accepts', async ({ skip }) => {
    skip(!(await has('systemd-analyze')), 'systemd-analyze is not installed here');
    const { stdout, stderr } = await run('systemd-analyze', [
      'verify',
      join(ROOT, 'deploy/chitieu-bot.service'),
    ]);
    expect(stdout + stderr).not.toContain('chitieu-bot.service');
  });
});

describe('The container file', () => {
  it('copies everything that the program needs: from only that it starts and passes its own health check', async () => {
    const lines = bare(await read('deploy/Containerfile'));
    const own = lines.flatMap((line) => /^COPY (?!--from)(.+) (\S+)$/.exec(line)?.[1]?.split(' ') ?? []);
    expect(own).toContain('src');
    for (const name of new Set(own))
      await cp(join(ROOT, name), join(scratch, 'app', name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(scratch, 'app', 'node_modules'));
    await mkdir(join(scratch, 'data'));
    const [, start = '[]'] = /^CMD (\[.+\])$/.exec(lines.at(-1) ?? '') ?? [];
    const [node = '', ...words] = JSON.parse(start) as string[];
    expect(node).toBe('node');
    const env = {
      PATH: process.env.PATH ?? '',
      PORT: String(await freePort()),
      DATA_DIR: join(scratch, 'data'),
    };
    const child = spawn(process.execPath, words, {
      cwd: join(scratch, 'app'),
      env: { ...env, HOST: '0.0.0.0' },
    });
    const check = lines[lines.findIndex((line) => line.startsWith('HEALTHCHECK')) + 1] ?? '';
    const [program, ...asked] = JSON.parse(check.replace(/^CMD /, '')) as string[];
    expect(program).toBe('node');
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      await vi.waitFor(() => run(process.execPath, asked, { env }), { timeout: 15_000, interval: 250 });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
    await expect(run(process.execPath, asked, { env })).rejects.toThrow();
  });

  it('ends as a user that is not root, without development tools or secrets in it', async () => {
    const lines = bare(await read('deploy/Containerfile'));
    const last = lines.lastIndexOf(lines.filter((line) => line.startsWith('FROM')).at(-1) ?? '');
    const final = lines.slice(last);
    expect(final.filter((line) => line.startsWith('USER'))).toEqual(['USER node']);
    expect(final.findIndex((line) => line.startsWith('RUN'))).toBeLessThan(final.indexOf('USER node'));
    expect(lines.join('\n')).toContain('npm ci --omit=dev');
    expect(lines.join('\n')).not.toMatch(/COPY \. |COPY .*\.env|TOKEN|SECRET/);
    expect(final).toContain('VOLUME /data');
  });
});

describe('The proxy’s configuration', () => {
  it('passes the visitor’s own address and nothing that a visitor claims, and collects no stream', async () => {
    const text = bare(await read('deploy/nginx.conf')).join('\n');
    expect(text).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(text).not.toContain('$proxy_add_x_forwarded_for');
    const stream = /location = \/api\/stream \{([^}]*)\}/.exec(text)?.[1];
    expect(stream).toContain('proxy_buffering off;');
    expect(/location = \/metrics \{([^}]*)\}/.exec(text)?.[1]).toContain('return 404;');
    expect((text.match(/\{/g) ?? []).length).toBe((text.match(/\}/g) ?? []).length);
  });
});

describe('What the operator reads about settings', () => {
  it('names every setting in the example file and in the README, and no other', async () => {
    const example = await read('.env.example');
    const readme = await read('README.md');
    const inExample = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect([...inExample].sort()).toEqual([...SETTINGS].sort());
    const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## Where do I add'));
    const inReadme = [...table.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name);
    expect(SETTINGS.filter((name) => !inReadme.includes(name))).toEqual([]);
  });

  it('has an example file that can be used as it is', async () => {
    const lines = bare(await read('.env.example')).map((line) => line.split('=') as [string, string]);
    expect('config' in readConfig(Object.fromEntries(lines))).toBe(true);
  });
});
