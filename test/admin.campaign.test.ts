// Opening a reporting period from the command line: what the operator asks for, what comes of it, and what is refused.
import { describe, expect, it } from 'vitest';
import { type CampaignAsked, type CampaignFacts, newCampaign } from '../src/admin/new-campaign.ts';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Person, Unit } from '../src/domain/people.ts';
import type { Template } from '../src/domain/template.ts';
import { allTemplates, TIMEZONE } from './support/world.ts';

const templates = await allTemplates();
const unit = (id: string, rest: Partial<Unit> = {}): Unit => ({
  id,
  name: `Đơn vị ${id}`,
  kind: 'xã',
  ...rest,
});

const facts = (rest: Partial<CampaignFacts> = {}): CampaignFacts => ({
  templates,
  units: [
    unit('b'),
    unit('a'),
    unit('old', { validTo: '2022-09-13' }),
    unit('new', { validFrom: '2022-09-15' }),
  ],
  campaigns: [],
  people: [],
  invitations: [],
  timezone: TIMEZONE,
  now: '2022-08-01T00:00:00.000Z',
  ...rest,
});

const asked = (rest: Partial<CampaignAsked> = {}): CampaignAsked => ({
  template: 'so-ngoai-vu',
  period: '2022-Q3',
  due: '2022-09-16T16:00',
  units: 'a',
  force: false,
  ...rest,
});

function made(ask: Partial<CampaignAsked> = {}, given: Partial<CampaignFacts> = {}) {
  const result = newCampaign(asked(ask), facts(given));
  if ('faults' in result) throw new Error(result.faults.join('\n'));
  return result;
}

function faults(ask: Partial<CampaignAsked>, given: Partial<CampaignFacts> = {}): readonly string[] {
  const result = newCampaign(asked(ask), facts(given));
  if (!('faults' in result)) throw new Error(`${result.campaign.id} was not refused`);
  return result.faults;
}

const versions = (...numbers: number[]): Template[] =>
  numbers.flatMap((version) =>
    templates.filter(({ id }) => id === 'so-ngoai-vu').map((each) => ({ ...each, version })),
  );

describe('A new reporting period', () => {
  it('is due at the local hour, counts figures up to the national day, and is named after form and period', () => {
    expect(made()).toMatchObject({
      campaign: {
        id: 'so-ngoai-vu-2022-q3',
        template: { id: 'so-ngoai-vu', version: 1 },
        period: { kind: 'quarter', year: 2022, quarter: 3 },
        due: '2022-09-16T09:00:00.000Z',
        cutoff: '2022-09-14',
        units: ['a'],
        createdAt: '2022-08-01T00:00:00.000Z',
      },
      notes: [],
    });
  });

  it('takes a cut-off of its own in either spelling, and the hour after a space', () => {
    expect(made({ cutoff: '10/9/2022', due: '2022-09-10 08:00' }).campaign).toMatchObject({
      cutoff: '2022-09-10',
      due: '2022-09-10T01:00:00.000Z',
    });
  });

  it('takes the newest version of the form unless told otherwise', () => {
    const given = { templates: versions(2, 10, 9) };
    expect(made({}, given).campaign.template.version).toBe(10);
    expect(made({ template: 'so-ngoai-vu@9' }, given).campaign.template.version).toBe(9);
    expect(faults({ template: 'so-ngoai-vu@3' }, given)).toEqual([
      '--template: không có biểu mẫu so-ngoai-vu@3; hiện có: so-ngoai-vu@2, so-ngoai-vu@10, so-ngoai-vu@9',
    ]);
  });

  it('for all units takes those valid on the cut-off, without the made-up units of the sample', () => {
    const sample: Campaign = { ...made({ units: 'a' }).campaign, id: 'ky-mau', sample: true, units: ['mau'] };
    const units = [...facts().units, unit('mau', { parent: 'so-mau' }), unit('so-mau')];
    expect(made({ units: 'all' }, { units, campaigns: [sample] }).campaign.units).toEqual(['a', 'b']);
    expect(made({ units: ' b,a , b' }).campaign.units).toEqual(['b', 'a']);
  });

  it('refuses unknown units, units not valid on the cut-off, and no units', () => {
    expect(faults({ units: 'a,x,old,new' })).toEqual([
      '--units: không có đơn vị x',
      '--units: đơn vị old không có hiệu lực vào ngày chốt số liệu 14/9/2022',
      '--units: đơn vị new không có hiệu lực vào ngày chốt số liệu 14/9/2022',
    ]);
    expect(faults({ units: ' , ' })).toHaveLength(1);
    expect(faults({ units: 'all' }, { units: [] })).toEqual(faults({ units: ',' }));
  });

  it('refuses a deadline before the cut-off, and mentions one that has passed', () => {
    expect(faults({ due: '2022-09-13T16:00' })).toEqual([
      '--due: hạn nộp 16 giờ 00 ngày 13/9/2022 sớm hơn ngày chốt số liệu 14/9/2022; sửa --due hoặc --cutoff',
    ]);
    expect(made({}, { now: '2022-09-16T09:00:01.000Z' }).notes).toEqual([
      'Lưu ý: hạn nộp 16 giờ 00 ngày 16/9/2022 đã qua.',
    ]);
  });

  it.each([
    ['2022-Q2', '2022-6T', '2022-06-20T16:00'],
    ['2022-q4', '2022-N', '2022-12-20T16:00'],
  ])('refuses %s, for which the regime has %s, unless forced', (period, instead, due) => {
    expect(faults({ period, due })).toEqual([expect.stringContaining(`(dùng ${instead})`)]);
    const { campaign, notes } = made({ period, due, force: true }, { now: '2022-01-01T00:00:00.000Z' });
    expect(campaign.id).toBe(`so-ngoai-vu-${period.toLowerCase()}`);
    expect(notes).toHaveLength(1);
  });

  it('refuses the same form and period twice and names the first, unless forced or only the sample is alike', () => {
    const first = made().campaign;
    expect(faults({}, { campaigns: [first] })).toEqual([
      'Kỳ so-ngoai-vu-2022-q3 đã mở cho cùng biểu mẫu và cùng kỳ; vẫn muốn mở thêm thì dùng --force',
    ]);
    const second = made({ force: true }, { campaigns: [first] }).campaign;
    expect(second.id).toBe('so-ngoai-vu-2022-q3-2');
    expect(made({ force: true }, { campaigns: [first, second] }).campaign.id).toBe('so-ngoai-vu-2022-q3-3');
    expect(made({}, { campaigns: [{ ...first, id: 'ky-mau', sample: true }] }).campaign.id).toBe(first.id);
    expect(made({ period: '2022-9T' }, { campaigns: [first] }).campaign.id).toBe('so-ngoai-vu-2022-9t');
  });

  it('has an id of at most 48 characters that still ends with its period', () => {
    const long = versions(1).map((each) => ({ ...each, id: `${'mau-'.repeat(11)}dai` }));
    const template = long[0]?.id ?? '';
    const first = made({ template }, { templates: long }).campaign;
    expect(first.id).toBe(`${'mau-'.repeat(10)}2022-q3`);
    expect(first.id.length).toBeLessThanOrEqual(48);
    const next = made({ template, force: true }, { templates: long, campaigns: [first] }).campaign;
    expect(next.id).toMatch(/-2022-q3-2$/);
    expect(next.id.length).toBeLessThanOrEqual(48);
  });

  it('takes an id of its own when it is plain and free', () => {
    expect(made({ id: 'quy-3' }).campaign.id).toBe('quy-3');
    const taken = {
      campaigns: [{ ...made({ period: '2022-Q1', due: '2022-03-16T16:00' }).campaign, id: 'quy-3' }],
    };
    expect(faults({ id: 'quy-3' }, taken)).toEqual(['--id: đã có kỳ báo cáo quy-3']);
    for (const id of ['Quy-3', 'quý-3', '-quy', 'a/b', 'x'.repeat(49)])
      expect(faults({ id })).toHaveLength(1);
  });

  it('takes the office that runs it, its own deadline, a reminder plan and the leaders’ approval', () => {
    const wish = { office: 'b', passOn: '2022-09-18T16:00', remind: '5,1@07:30', approval: true };
    expect(made(wish).campaign).toMatchObject({
      ...{ office: 'b', passOnBy: '2022-09-18T09:00:00.000Z', approval: true },
      plan: { before: [5, 1], at: '07:30', overdue: true, escalate: 4 },
    });
    const plain = made().campaign;
    for (const key of ['office', 'passOnBy', 'plan', 'approval']) expect(plain).not.toHaveProperty(key);
    expect(
      faults({ office: 'zz', passOn: '2022-09-15T16:00', remind: 'mãi' }).map((each) => each.split(':')[0]),
    ).toEqual(['--office', '--pass-on', '--remind']);
    expect(faults({ passOn: 'mai' })).toEqual([expect.stringContaining('--pass-on')]);
  });

  it('is refused with all faults at once', () => {
    const all = faults({
      template: 'x',
      period: '2022-Q5',
      due: '2022-02-30T16:00',
      cutoff: '31/2/2022',
      units: 'zz',
      id: 'A',
    });
    expect(all.map((fault) => fault.split(':')[0])).toEqual([
      '--template',
      '--period',
      '--due',
      '--cutoff',
      '--units',
      '--id',
    ]);
  });

  it('says so when a coordinating unit reports too and would not see the other units', () => {
    const coordinator: Person = {
      ...{ id: 'p', name: 'Bình', unit: 'a', role: 'coordinator', joinedAt: '' },
      ...{ conversations: [], unreachable: [] },
    };
    const note =
      'Lưu ý: Đơn vị a là đầu mối tổng hợp nhưng cũng nộp trong kỳ so-ngoai-vu-2022-q3 nên sẽ không thấy 1 đơn vị';
    expect(made({ units: 'all' }, { people: [coordinator] }).notes).toEqual([expect.stringContaining(note)]);
    expect(made({ units: 'b' }, { people: [coordinator] }).notes).toEqual([]);
    expect(made({ units: 'all' }, { people: [{ ...coordinator, leftAt: '2022-01-01' }] }).notes).toEqual([]);
    const under = [unit('a'), unit('b', { parent: 'a' })];
    expect(made({ units: 'all' }, { people: [coordinator], units: under }).notes).toEqual([]);
  });
});
