// The operator's command line as a real process, from an empty data folder to an exported appendix.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArgs } from '../src/admin/args.ts';
import { sha256 } from '../src/codes.ts';
import { openStorage } from '../storage/open.ts';
import { allTemplates } from './support/world.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
let dataDir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chitieu-admin-'));
  dataDir = join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `npm run admin -- …words` without npm. */
function admin(...words: readonly string[]): Promise<Ran> {
  // An empty variable counts as not set, whatever a developer's .env holds.
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PUBLIC_URL: 'https://bot.example.vn',
    TELEGRAM_BOT_TOKEN: '',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/admin.ts', ...words],
      { cwd: root, env },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
      },
    );
  });
}

const json = ({ out }: Ran) => JSON.parse(out) as Record<string, unknown>;

const LIST = `\ufeffma;ten;loai;tinh
13285;UBND phường Phủ Lý;phường;Tỉnh Ninh Bình
13291;UBND phường Phù Vân;phường;Tỉnh Ninh Bình
31732;"UBND phường Ngã Năm";phường;Thành phố Cần Thơ
`;
const CAMPAIGN = 'ubnd-thi-xa-nga-nam-2022-q3';
const CREATE = [
  'campaign',
  'create',
  '--template',
  'ubnd-thi-xa-nga-nam',
  '--period',
  '2022-Q3',
  '--due',
  '2022-09-16T16:00',
];

describe('The command line of the operator', () => {
  it('imports units and lists them in aligned columns', async () => {
    const file = join(folder, 'don-vi.csv');
    await writeFile(file, LIST);
    const imported = await admin('units', 'import', file);
    expect(imported).toEqual({ code: 0, out: 'Đã nhập: 3 đơn vị mới, 0 thay đổi, 0 giữ nguyên.\n', err: '' });
    const { out } = await admin('units', 'list');
    const lines = out.trimEnd().split('\n');
    expect(lines[1]).toBe('13285  UBND phường Phủ Lý   phường  Tỉnh Ninh Bình');
    expect(lines.map((line) => line.search(/LOẠI|phường {2}/))).toEqual([28, 28, 28, 28]);
  });

  it('imports nothing when one line is faulty, and names file, line and column', async () => {
    const file = join(folder, 'sai.csv');
    await writeFile(file, 'ma,ten\n1,UBND xã Mới\n,UBND xã Không Mã\n1,\n');
    const refused = await admin('units', 'import', file);
    expect(refused.code).toBe(1);
    expect(refused.out).toBe('');
    expect(refused.err.trimEnd().split('\n')).toEqual([
      'sai.csv:3 ma – thiếu mã đơn vị',
      'sai.csv:4 ten – thiếu tên đơn vị',
      'sai.csv:4 ma – mã 1 đã có ở dòng 2',
    ]);
    const storage = await openStorage({ dataDir });
    expect((await storage.units()).map(({ id }) => id)).toEqual(['13285', '13291', '31732']);
    await storage.close();
  });

  it('opens a period for all units, and says everything that is wrong with another at once', async () => {
    const created = await admin(...CREATE, '--units', 'all', '--json');
    expect(created.code).toBe(0);
    expect(created.err).toBe('Lưu ý: hạn nộp 16 giờ 00 ngày 16/9/2022 đã qua.\n');
    expect(json(created).campaign).toMatchObject({
      id: CAMPAIGN,
      template: { id: 'ubnd-thi-xa-nga-nam', version: 1 },
      due: '2022-09-16T09:00:00.000Z',
      cutoff: '2022-09-14',
      units: ['13285', '13291', '31732'],
    });
    const refused = await admin(
      'campaign',
      'create',
      '--template',
      'x',
      '--period',
      'Q3',
      '--due',
      'mai',
      '--units',
      '7',
    );
    expect(refused.code).toBe(1);
    expect(refused.err.split('\n').map((line) => line.split(':')[0])).toEqual([
      '--template',
      '--period',
      '--due',
      '--units',
      '',
    ]);
    const listed = json(await admin('campaign', 'list', '--json')) as { campaigns: unknown[] };
    expect(listed.campaigns).toMatchObject([{ id: CAMPAIGN, counts: { notStarted: 3, submitted: 0 } }]);
  });

  it('makes an invitation of which only the hash is stored', async () => {
    const made = json(
      await admin('invite', '--unit', '13285', '--role', 'officer', '--name', 'Nguyễn  Thị Lan', '--json'),
    );
    const code = String(made.code);
    expect(made.links).toEqual([{ channel: 'web', link: `https://bot.example.vn/i/${code}` }]);
    const storage = await openStorage({ dataDir });
    const invitations = await storage.invitations();
    await storage.close();
    expect(invitations).toMatchObject([
      { id: sha256(code), unit: '13285', role: 'officer', name: 'Nguyễn Thị Lan' },
    ]);
    expect(await readFile(join(dataDir, 'state.json'), 'utf8')).not.toContain(code);
  });

  it('exports an appendix once, and overwrites it only when forced', async () => {
    const out = join(folder, 'phu-luc.xlsx');
    const words = ['report', 'export', '--campaign', CAMPAIGN, '--unit', '13285', '--out', out];
    expect((await admin(...words)).code).toBe(0);
    expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK');
    await writeFile(out, 'mine');
    const refused = await admin(...words);
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: `--out: ${out} đã có; chọn tên khác hoặc thêm --force để ghi đè\n`,
    });
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect((await admin(...words, '--force')).code).toBe(0);
    expect((await readFile(out)).length).toBeGreaterThan(5_000);
  });

  it('changes nothing while the bot holds the data folder, and says to stop it', async () => {
    const storage = await openStorage({ dataDir });
    try {
      const file = join(folder, 'moi.csv');
      await writeFile(file, 'ma,ten\n99999,UBND xã Mới\n');
      const refused = await admin('units', 'import', file);
      expect(refused.code).toBe(1);
      expect(refused.err).toMatch(/^Bot đang chạy trên thư mục dữ liệu này.*Stop the bot first/);
      expect(refused.err.trimEnd().split('\n')).toHaveLength(1);
      expect(await storage.unit('99999')).toBeUndefined();
    } finally {
      await storage.close();
    }
  });

  it('checks the forms without a store', async () => {
    const checked = await admin('templates', 'check');
    expect(checked.code).toBe(0);
    expect(checked.out.trimEnd().split('\n')).toHaveLength((await allTemplates()).length + 1);
    expect(checked.out).toMatch(/^ubnd-thi-xa-nga-nam +1 +211 +175 +\d+$/m);
  });

  it('shows help in Vietnamese and English, and refuses an unknown command in one line', async () => {
    const help = await admin();
    expect(help.code).toBe(0);
    const store = ['store backup FOLDER', 'store export FILE', 'store import FILE', 'store check FILE'];
    const others = ['units import FILE', 'Mở kỳ báo cáo', 'Open a reporting period', 'invite revoke'];
    for (const words of [...others, ...store]) {
      expect(help.out).toContain(words);
    }
    const refused = await admin('unit', 'list', '--json');
    expect(refused.code).toBe(1);
    expect(json(refused)).toEqual({
      ok: false,
      faults: ['Không có lệnh "unit". Unknown command. Xem: npm run admin -- --help'],
    });
  });
});

describe('The words behind a command', () => {
  const command = { options: { unit: 'required', name: 'text', force: 'flag' } } as const;

  it('are read in both spellings', () => {
    expect(readArgs(command, ['--unit', '7', '--name=--Lan', '--force'])).toEqual({
      text: { unit: '7', name: '--Lan' },
      flags: new Set(['force']),
      file: '',
    });
  });

  it('may begin with a dash, as codes of invitations do', () => {
    expect(readArgs(command, ['--unit', '--Qx7', '--name', '-Qx7'])).toMatchObject({
      text: { unit: '--Qx7', name: '-Qx7' },
    });
  });

  it.each([
    [
      ['--unit', '7', '--colour', 'red'],
      ['Không có tùy chọn --colour. Unknown option.', 'Thừa "red". Unexpected word.'],
    ],
    [['--unit', '--force'], ['Tùy chọn --unit cần một giá trị đi kèm. Needs a value.']],
    [['--unit='], ['Tùy chọn --unit cần một giá trị đi kèm. Needs a value.']],
    [
      ['--name', 'Lan', '--force=yes'],
      ['Tùy chọn --force không nhận giá trị. Takes no value.', 'Thiếu --unit. Missing option.'],
    ],
    [['--unit', '1', '--unit', '2'], ['Tùy chọn --unit chỉ được ghi một lần. Given twice.']],
    [['--unit', '1', '--constructor'], ['Không có tùy chọn --constructor. Unknown option.']],
  ])('%j is refused with every fault', (words, faults) => {
    expect(readArgs(command, words)).toEqual({ faults });
  });
});
