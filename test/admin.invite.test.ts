// Invitations from the command line, called as functions: who may be invited, the links, the list, and taking one back.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command, Outcome } from '../src/admin/command.ts';
import { commands } from '../src/admin/invite.ts';
import { sha256 } from '../src/codes.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { Unit } from '../src/domain/people.ts';
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/storage.ts';

const NOW = new Date('2022-09-01T03:00:00.000Z');
const UNITS: readonly Unit[] = [
  { id: '13285', name: 'UBND phường Phủ Lý', kind: 'phường' },
  { id: 'snv', name: 'Sở Nội vụ', kind: 'sở' },
];
const TOKEN = '123456:SECRET';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'chitieu-invite-'));
  await stored((storage) =>
    storage.commit({
      ...{ event: 'units', at: NOW.toISOString(), by: '', conversation: 'test:1', outgoing: [] },
      changes: UNITS.map((unit) => ({ type: 'unit_set', unit })),
      expects: { reports: {} },
    }),
  );
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function stored<T>(use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ dataDir });
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

function settings(env: Record<string, string> = {}): Config {
  const read = readConfig({ DATA_DIR: dataDir, ...env });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.config;
}

/** Runs `invite …` with the options as already read. */
function run(
  verb: '' | 'list' | 'revoke',
  text: Record<string, string>,
  env = {},
  now = NOW,
): Promise<Outcome> {
  const command: Command | undefined = commands[verb];
  if (!command) throw new Error(`no command invite ${verb}`);
  return command.run({ text, flags: new Set(), file: '' }, { config: settings(env), now });
}

function done(outcome: Outcome) {
  if ('faults' in outcome) throw new Error(outcome.faults.join('\n'));
  return outcome;
}

const OFFICER = { unit: '13285', role: 'officer', name: 'Lan' };
const codeOf = (outcome: Outcome): string => String(done(outcome).json.code);

describe('An invitation', () => {
  it('says who it is for, that it works once, and until when', async () => {
    const made = done(await run('', OFFICER));
    expect(made.lines[0]).toBe('Mã mời cán bộ nhập số liệu Lan – UBND phường Phủ Lý:');
    expect(made.lines.at(-1)).toContain('Dùng một lần, hết hạn lúc 10 giờ 00 ngày 08/9/2022');
    expect(made.json.expiresAt).toBe('2022-09-08T03:00:00.000Z');
    expect(made.notes).toEqual([
      'Lưu ý: UBND phường Phủ Lý chưa có kỳ báo cáo nào đang mở.',
      'Lưu ý: chưa đặt PUBLIC_URL nên liên kết web chỉ mở được trên chính máy chủ này.',
    ]);
    expect(made.lines).toContain(`  web: http://127.0.0.1:3000/i/${made.json.code}`);
  });

  it('lets a coordinator of any unit be invited', async () => {
    const made = done(await run('', { unit: 'snv', role: 'coordinator' }, { PUBLIC_URL: 'https://x.vn/' }));
    expect(made).toMatchObject({ notes: [], json: { role: 'coordinator', name: '' } });
  });

  it('is refused with every fault, and nothing is stored', async () => {
    const text = { unit: 'x', role: 'boss', name: 'n'.repeat(101) };
    expect(await run('', text)).toEqual({
      faults: [
        '--unit: không có đơn vị x',
        '--role: "boss" không đúng; ghi officer (cán bộ), leader (lãnh đạo), coordinator (đầu mối) hoặc viewer (người xem)',
        '--name: dài quá 100 ký tự',
      ],
    });
    expect(await stored((storage) => storage.invitations())).toEqual([]);
  });

  it('has a Telegram link when the bot can be asked for its name', async () => {
    const asked: string[] = [];
    const telegram = createServer((request, response) => {
      asked.push(request.url ?? '');
      const result = { id: 1, is_bot: true, first_name: 'Chỉ tiêu', username: 'chitieu_bot' };
      response.end(JSON.stringify({ ok: true, result }));
    });
    await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve));
    try {
      const apiRoot = `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`;
      const made = done(await run('', OFFICER, { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: apiRoot }));
      expect(made.json.links).toContainEqual({
        channel: 'telegram',
        link: `https://t.me/chitieu_bot?start=${made.json.code}`,
      });
      expect(asked).toEqual([`/bot${TOKEN}/getMe`]);
    } finally {
      telegram.closeAllConnections();
      await new Promise((resolve) => telegram.close(resolve));
    }
  });

  it('gives the words to type when Telegram cannot be reached, and never shows the token', async () => {
    const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:1' };
    const made = done(await run('', OFFICER, env));
    expect(made.lines).toContain(`Hoặc mở bot trong ứng dụng chat rồi gõ: /start ${made.json.code}`);
    expect(made.json.links).toHaveLength(1);
    expect(made.notes?.at(-1)).toMatch(
      /^Lưu ý: chưa hỏi được tên bot Telegram \(.+\) nên không có liên kết\.$/,
    );
    expect(JSON.stringify(made)).not.toContain('SECRET');
  });
});

describe('The list of invitations', () => {
  it('shows where each stands, without any code', async () => {
    const codes = [
      codeOf(await run('', OFFICER)),
      codeOf(await run('', { ...OFFICER, unit: 'snv', name: 'Bình' })),
    ];
    await run('revoke', { code: codes[1] ?? '' });
    const { lines, json } = done(await run('list', {}));
    const row = (code = '') => lines.find((line) => line.startsWith(sha256(code).slice(0, 8)));
    expect(row(codes[0])).toMatch(/UBND phường Phủ Lý \(13285\) +cán bộ nhập số liệu +Lan +chưa dùng /);
    expect(row(codes[1])).toMatch(/Bình +đã thu hồi /);
    for (const code of codes) expect(JSON.stringify([lines, json])).not.toContain(code);
    expect(done(await run('list', { unit: 'snv' })).json.invitations).toMatchObject([
      { name: 'Bình', state: 'revoked' },
    ]);
    expect(await run('list', { unit: 'x' })).toEqual({ faults: ['--unit: không có đơn vị x'] });
    const later = done(await run('list', { unit: '13285' }, {}, new Date('2022-09-08T03:00:00.000Z')));
    expect(later.json.invitations).toMatchObject([{ state: 'expired' }]);
  });
});

describe('Taking an invitation back', () => {
  it('works once, by code or by the beginning of its hash', async () => {
    const [one, two] = [codeOf(await run('', OFFICER)), codeOf(await run('', OFFICER))];
    expect(done(await run('revoke', { code: one })).lines).toEqual([
      'Đã thu hồi mã mời cán bộ nhập số liệu Lan – UBND phường Phủ Lý.',
    ]);
    done(await run('revoke', { id: sha256(two).slice(0, 8).toUpperCase() }));
    const invitations = await stored((storage) => storage.invitations());
    expect(invitations.map(({ revokedAt }) => revokedAt)).toEqual([NOW.toISOString(), NOW.toISOString()]);
    expect(await run('revoke', { code: one })).toEqual({ faults: ['Mã mời này đã được thu hồi từ trước.'] });
  });

  it('is refused for a used, unknown or unclear one', async () => {
    const code = codeOf(await run('', OFFICER));
    await stored(async (storage) => {
      const [invitation] = await storage.invitations();
      if (!invitation) throw new Error('nothing was stored');
      const used = { ...invitation, usedAt: NOW.toISOString(), usedBy: 'p1' };
      await storage.commit({
        ...{ event: 'used', at: NOW.toISOString(), by: 'p1', conversation: 'test:1', outgoing: [] },
        changes: [{ type: 'invitation_set', invitation: used }],
        expects: { reports: {} },
      });
    });
    expect(await run('revoke', { code })).toEqual({
      faults: ['Mã mời này đã được dùng nên không thu hồi được.'],
    });
    expect(await run('revoke', { code: 'nothing' })).toEqual({ faults: ['Không có mã mời này.'] });
    expect(await run('revoke', { id: sha256(code).slice(0, 7) })).toEqual({
      faults: ['--id: cần ít nhất 8 ký tự đầu của mã băm'],
    });
    const unclear = { faults: ['Cần đúng một trong --code và --id. Give either --code or --id.'] };
    expect(await run('revoke', {})).toEqual(unclear);
    expect(await run('revoke', { code, id: sha256(code) })).toEqual(unclear);
  });
});
