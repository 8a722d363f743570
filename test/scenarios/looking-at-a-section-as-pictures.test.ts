// /anh and the button in /xemlai: pictures of one section or of all, and words that make sense without them.
import { beforeEach, describe, expect, it } from 'vitest';
import { partsOf } from '../../src/domain/progress.ts';
import { createFiles } from '../../src/files/files.ts';
import { allTemplates, buttonsOf, createWorld, plain, TIMEZONE, type World } from '../support/world.ts';

const setup = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-14T01:00:00Z',
};
const REPORT = 'k1/u1';
let world: World;
let lan: string;

beforeEach(async () => {
  world = await createWorld(setup);
  lan = await world.join('Lan');
});

async function said(what: string): Promise<{ text: string; pictures: unknown; labels: string[] }> {
  const [first] = what.startsWith('[')
    ? await world.press(lan, what.slice(1, -1))
    : await world.say(lan, what);
  const message = first?.message ?? { text: [] };
  return {
    text: plain(message),
    pictures: 'pictures' in message ? message.pictures : undefined,
    labels: buttonsOf(message).map(({ label }) => label),
  };
}
const looking = (section?: string) => ({ report: REPORT, review: true, ...(section ? { section } : {}) });

describe('/anh', () => {
  it('shows the section of the question, and the question stays open', async () => {
    await world.say(lan, '60');
    const { text, pictures, labels } = await said('/anh');
    expect(pictures).toEqual(looking('chi-dao-dieu-hanh'));
    expect(text).toBe(
      '*I Công tác chỉ đạo điều hành CCHC* · đã có 1/25 chỉ tiêu\nSố chỉ tiêu chưa nhập 24. Gõ /xemlai để xem từng điểm.',
    );
    expect(labels).toEqual([
      'Ảnh mục II Cải cách thể chế',
      'Ảnh tất cả các mục',
      'Nhập tiếp',
      'Xem từng điểm',
    ]);
    expect((await said('25')).text).toContain('25');
    expect((await world.report()).answers['nhiem-vu-de-ra']?.value).toEqual({
      ...{ is: 'number', number: 25, decimals: 0 },
    });
  });

  it.each([
    ['/anh III', 'thu-tuc'],
    ['/anh mục 3', 'thu-tuc'],
    ['/ảnh iii.', 'thu-tuc'],
    ['/anh thể chế', 'the-che'],
    ['/anh VI.1', 'tai-chinh'],
  ])('%s shows that section', async (typed, section) => {
    expect((await said(typed)).pictures).toEqual(looking(section));
  });

  it('shows everything when asked to, and from the review', async () => {
    expect((await said('/anh tất cả')).pictures).toEqual(looking());
    await world.say(lan, '/xemlai');
    const { text, pictures } = await said('[Xem ảnh]');
    expect(pictures).toEqual(looking());
    expect(text).toContain('*Tất cả các mục* · đã có 0/175 chỉ tiêu');
  });

  it('offers the sections where the words name none', async () => {
    const { text, pictures, labels } = await said('/anh mục 99');
    expect(text).toContain('Chưa rõ mục “mục 99”');
    expect(pictures).toBeUndefined();
    expect(labels).toHaveLength(8);
    expect((await said(`[${labels[6]}]`)).pictures).toEqual(looking('chinh-quyen-so'));
  });

  it('counts what contradicts itself', async () => {
    // 26 of 25 done, and not 60 %.
    for (const words of ['60', '25', '26']) await world.say(lan, words);
    expect((await said('/anh I')).text).toContain('chưa nhập 22 · ✗ cần sửa 3');
  });

  it('lets the leader look too, without ways into the figures', async () => {
    const lead = await world.join('Thu', 'leader');
    const [first] = await world.say(lead, '/anh II');
    expect(first?.message.pictures).toEqual(looking('the-che'));
    const labels = buttonsOf(first?.message ?? { text: [] }).map(({ label }) => label);
    expect(labels).toEqual(['Ảnh mục III Cải cách thủ tục hành chính', 'Ảnh tất cả các mục']);
  });

  it('makes pictures of that section only, and leaves the printed table as it is', async () => {
    await world.say(lan, '60');
    const templates = await allTemplates();
    const { pictures } = createFiles({ storage: world.storage, templates, timezone: TIMEZONE });
    const all = await pictures({ report: REPORT, review: true });
    const each = await Promise.all(
      partsOf(world.template).map(({ id }) => pictures({ report: REPORT, review: true, section: id })),
    );
    expect(each.every(({ length }) => length > 0 && length <= 4)).toBe(true);
    expect(each.flat()).toHaveLength(all.length);
    const printed = await pictures({ report: REPORT });
    expect(printed.map(({ bytes }) => bytes)).not.toEqual(all.map(({ bytes }) => bytes));
    expect(await pictures({ report: REPORT, review: true, section: 'khong-co' })).toEqual([]);
  });
});
