// A whole period under a moved clock: every reminder that is due goes out once and no other, whatever happens to the process.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { snooze } from '../flows/coordinate/remind.ts';
import { newSession, remembered } from '../flows/remembered.ts';
import type { Campaign } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import type { Event } from '../src/domain/event.ts';
import type { Person, Role } from '../src/domain/people.ts';
import type { Template } from '../src/domain/template.ts';
import { createLog } from '../src/log.ts';
import { createRounds } from '../src/rounds.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Outgoing, Storage, Turn } from '../storage/storage.ts';
import { allTemplates, buttonsOf, createWorld, plain, TIMEZONE } from './support/world.ts';

const holidays = { '2026': { off: ['2026-08-31', '2026-09-01', '2026-09-02'], work: ['2026-08-22'] } };
const vn = (day: string, time = '08:00'): string => new Date(`2026-${day}T${time}:00+07:00`).toISOString();
/** The local day and hour of an instant, "09-04 08:00". */
const local = (instant: string): string =>
  new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
const HALF_HOUR = 1_800_000;

type Sent = { readonly at: string; readonly to: string; readonly id: string; readonly out: Outgoing };
type Rounds = ReturnType<typeof createRounds>;

/** Three communes below one office: two officers in the first, one in the second, nobody in the third. */
async function createOffice(more: Partial<Campaign> = {}) {
  const template = (await allTemplates())[0] as Template;
  const storage = memoryStorage();
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  let now = vn('08-26', '00:00');
  let turns = 0;
  const alive: Rounds[] = [];
  const start = (over: Storage = storage): Rounds => {
    const log = createLog('silent');
    log.error = (...given: unknown[]) => void errors.push(given);
    const parts = { timezone: TIMEZONE, holidays, wake: () => {}, log, now: () => new Date(now) };
    const rounds = createRounds({ storage: over, templates: [template], ...parts });
    alive.push(rounds);
    return rounds;
  };
  let rounds = start();
  const stop = () => Promise.all(alive.splice(0).map((each) => each.stop()));
  opened.push(stop);
  const person = (id: string, role: Role, unit: string): Person => ({
    ...{ id, name: id, role, unit, conversations: [`test:${id}`], unreachable: [] },
    joinedAt: vn('08-01'),
  });
  const commit = async (changes: readonly Change[], extra: Partial<Turn> = {}) => {
    turns += 1;
    const touched = changes.flatMap((change) => ('report' in change ? [change.report] : []));
    const reports: Record<string, number> = {};
    for (const id of touched) reports[id] = (await storage.report(id))?.rev ?? 0;
    const outcome = await storage.commit({
      ...{ event: `t${turns}`, at: now, by: 'test', conversation: 'operator:test', changes, outgoing: [] },
      expects: { reports },
      ...extra,
    });
    expect(outcome).toBe('done');
  };
  const campaign: Campaign = {
    id: 'k1',
    template: { id: template.id, version: template.version },
    period: { kind: 'quarter', year: 2026, quarter: 3 },
    due: vn('09-09', '16:00'),
    cutoff: '2026-09-14',
    units: ['xa-1', 'xa-2', 'xa-3'],
    office: 'so',
    createdAt: vn('08-20', '09:00'),
    ...more,
  };
  const units = ['so', 'xa-1', 'xa-2', 'xa-3'].map((id) => ({ id, name: `Xã ${id}`, kind: 'xã' }));
  await commit([
    ...units.map((unit): Change => ({ type: 'unit_set', unit })),
    { type: 'person_set', person: person('lan', 'officer', 'xa-1') },
    { type: 'person_set', person: person('mai', 'officer', 'xa-1') },
    { type: 'person_set', person: { ...person('binh', 'officer', 'xa-2'), phone: '84912345678' } },
    { type: 'person_set', person: person('chi', 'coordinator', 'so') },
    { type: 'campaign_set', campaign },
  ]);
  const office = {
    ...{ storage, template, campaign, commit, sent, errors, start, person },
    /** One look at this moment; what it stored is sent at once, except to those in `blocked`. */
    async at(instant: string, others: readonly Rounds[] = []) {
      now = instant;
      await Promise.all([rounds, ...others].map((each) => each.tick()));
      await office.deliver();
    },
    async deliver(blocked: readonly string[] = []) {
      for (const out of await storage.unsent()) {
        if (out.held) continue;
        if (!sent.some(({ id }) => id === out.id))
          sent.push({ at: local(out.createdAt), to: out.conversation.split(':')[1] ?? '', id: out.id, out });
        const held = { outcome: 'held', hold: 'blocked', why: '', at: now } as const;
        await storage.markSent(out.id, blocked.includes(out.conversation) ? held : { outcome: 'sent' });
      }
    },
    /** From one moment to another in steps of half an hour; `each` runs before every look. */
    async through(
      from: string,
      to: string,
      each: (at: string) => Promise<unknown> | undefined = () => undefined,
    ) {
      for (let at = Date.parse(from); at <= Date.parse(to); at += HALF_HOUR) {
        now = new Date(at).toISOString();
        await each(now);
        await office.at(now);
      }
    },
    /** The process ends and another begins over the same store. */
    async restart(over?: Storage) {
      await rounds.stop();
      rounds = start(over);
    },
    setNow: (instant: string) => {
      now = instant;
    },
    to: (who: string) => sent.filter((each) => each.to === who).map(({ at }) => at),
    textsTo: (who: string) => sent.filter((each) => each.to === who).map(({ out }) => plain(out.message)),
    begin: (unit: string) =>
      commit([
        {
          ...{ type: 'report_started', report: `k1/${unit}`, campaign: 'k1', unit },
          template: campaign.template,
        },
      ]),
    submit: (unit: string) =>
      commit([
        {
          ...{ type: 'submitted', report: `k1/${unit}` },
          submission: { version: 1, values: 0, checkCode: 'x', by: 'lan', at: now, event: 'e' },
        },
      ]),
  };
  return office;
}

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.splice(0).map((stop) => stop()));
});

/** Every working day's reminder of an officer who never sends. */
const ALL = [
  ...['08-28 08:00', '09-04 08:00', '09-08 08:00', '09-09 08:00'],
  ...['09-10 08:00', '09-11 08:00', '09-14 08:00'],
];

describe('A period under a moved clock', () => {
  it('reminds over a weekend and holidays, once each', async () => {
    const office = await createOffice();
    await office.through(vn('08-26'), vn('09-14', '20:00'));
    expect([office.to('lan'), office.to('mai'), office.to('binh')]).toEqual([ALL, ALL, ALL]);
    expect(office.errors).toEqual([]);
  });

  it('does so through a restart at every hour', async () => {
    const office = await createOffice();
    await office.through(vn('08-26'), vn('09-14', '20:00'), () => office.restart());
    expect([office.to('lan'), office.to('mai'), office.to('binh')]).toEqual([ALL, ALL, ALL]);
  });

  it('does so with two processes on one store', async () => {
    const office = await createOffice();
    const other = office.start();
    for (let at = Date.parse(vn('08-26')); at <= Date.parse(vn('09-14', '20:00')); at += HALF_HOUR)
      await office.at(new Date(at).toISOString(), [other]);
    expect([office.to('lan'), office.to('mai'), office.to('binh')]).toEqual([ALL, ALL, ALL]);
    const ids = office.sent.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('repeats nothing when the clock goes back by a day, and sends nothing that is over when it jumps ahead', async () => {
    const office = await createOffice();
    await office.through(vn('09-03'), vn('09-08', '12:00'));
    await office.through(vn('09-07', '12:00'), vn('09-08', '12:00'));
    expect(office.to('lan')).toEqual(['09-03 08:00', '09-04 08:00', '09-08 08:00']);
    await office.at(vn('09-11', '09:00'));
    expect(office.to('lan').slice(3)).toEqual(['09-11 09:00']);
  });

  it('reminds once after days of downtime, in working hours', async () => {
    const office = await createOffice();
    await office.through(vn('09-08', '19:00'), vn('09-09', '07:30'));
    expect(office.to('lan')).toEqual([]);
    await office.through(vn('09-09', '08:00'), vn('09-09', '15:00'));
    expect(office.to('lan')).toEqual(['09-09 08:00']);
  });

  it('goes on with the others when the store fails for one', async () => {
    const office = await createOffice();
    let broken = true;
    const commit = (turn: Turn) =>
      broken && turn.conversation === 'reminder:lan'
        ? Promise.reject(new Error('disk'))
        : office.storage.commit(turn);
    await office.restart({ ...office.storage, commit });
    await office.at(vn('09-08'));
    expect([office.to('lan'), office.to('mai'), office.to('binh')]).toEqual([
      [],
      ['09-08 08:00'],
      ['09-08 08:00'],
    ]);
    expect(office.errors).toHaveLength(1);
    broken = false;
    await office.at(vn('09-08', '08:01'));
    expect(office.to('lan')).toEqual(['09-08 08:01']);
  });

  it('notices within a second of its own time that the clock was moved', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const office = await createOffice();
    office.setNow(vn('09-08'));
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await office.storage.unsent()).toHaveLength(3));
  });
});

describe('Whoever', () => {
  it('has sent, gets nothing, not even when it was sent while the reminder was being made', async () => {
    const office = await createOffice();
    await office.begin('xa-1');
    let raced = false;
    const history = async (of: string) => {
      if (of === 'k1/xa-1' && !raced) {
        raced = true;
        await office.submit('xa-1');
      }
      return office.storage.history(of);
    };
    await office.restart({ ...office.storage, history });
    await office.through(vn('09-08'), vn('09-08', '12:00'));
    expect(raced).toBe(true);
    expect([office.to('lan'), office.to('mai'), office.to('binh')]).toEqual([[], [], ['09-08 08:00']]);
  });

  it('takes a report back after the hour, is not reminded before the next', async () => {
    const office = await createOffice();
    await office.begin('xa-1');
    await office.submit('xa-1');
    await office.at(vn('09-08', '08:30'));
    office.setNow(vn('09-08', '09:00'));
    await office.commit([{ type: 'withdrawn', report: 'k1/xa-1' }]);
    await office.restart();
    await office.through(vn('09-08', '09:30'), vn('09-09', '10:00'));
    expect(office.to('lan')).toEqual(['09-09 08:00']);
  });

  it('is in the middle of a dialog, is reminded fifteen minutes after it', async () => {
    const office = await createOffice();
    office.setNow(vn('09-08', '07:58'));
    const session = { ...newSession('test:lan'), person: 'lan', lastAt: vn('09-08', '07:58') };
    await office.commit([], { conversation: 'test:lan', session, expects: { session: 0, reports: {} } });
    for (let minute = 0; minute < 30; minute++)
      await office.at(vn('09-08', `08:${String(minute).padStart(2, '0')}`));
    expect([office.to('lan'), office.to('mai')]).toEqual([['09-08 08:13'], ['09-08 08:00']]);
  });

  it('was given another deadline, is reminded of that one, and the others of theirs', async () => {
    const office = await createOffice();
    await office.through(vn('09-08'), vn('09-17', '12:00'), async (at) => {
      if (at !== vn('09-08', '10:00')) return;
      const campaign = { ...office.campaign, extensions: { 'xa-2': vn('09-16', '16:00') } };
      await office.commit([{ type: 'campaign_set', campaign }]);
    });
    expect(office.to('binh')).toEqual([
      '09-08 08:00',
      ...['09-09 08:00', '09-11 08:00', '09-15 08:00', '09-16 08:00', '09-17 08:00'],
    ]);
    expect(office.to('lan').slice(0, 4)).toEqual([
      '09-08 08:00',
      '09-09 08:00',
      '09-10 08:00',
      '09-11 08:00',
    ]);
  });
});

describe('The message', () => {
  it('says what is missing and until when, goes on with one button, and can be put off', async () => {
    const office = await createOffice();
    await office.at(vn('09-08'));
    const message = office.sent.find(({ to }) => to === 'lan')?.out.message;
    const total = office.template.indicators.length;
    expect(message && plain(message)).toContain('Xã xa-1');
    expect(message && plain(message)).toContain('Quý III');
    expect(message && plain(message)).toContain('(còn 1 ngày)');
    expect(message && plain(message)).toContain(`Còn ${total}/${total} chỉ tiêu`);
    // Nobody has begun: there is nothing that could be kept.
    expect(message && plain(message)).not.toContain('giữ nguyên');
    expect(message?.buttons?.map((row) => row.map(({ label }) => label))).toEqual([
      ['Bắt đầu nhập'],
      ['Nhắc lại sau 2 giờ', 'Nhắc lại lúc 14 giờ', 'Sáng mai 8 giờ'],
    ]);
    await office.at(vn('09-10', '14:00'));
    const late = office.sent.findLast(({ to }) => to === 'lan')?.out.message;
    expect(late && plain(late)).toContain('quá hạn nộp 1 ngày');
    expect(late?.buttons?.[1]?.map(({ label }) => label)).toEqual(['Nhắc lại sau 2 giờ', 'Sáng mai 8 giờ']);
    expect(buttonsOf(late ?? { text: [] }).every(({ action }) => action.length <= 64)).toBe(true);
  });

  it('counts the points of a returned report that are still to be mended', async () => {
    const office = await createOffice();
    await office.begin('xa-1');
    await office.submit('xa-1');
    office.setNow(vn('09-07', '09:00'));
    const [one, two] = office.template.indicators;
    const points = [one, two].map((row) => ({ indicator: row?.id ?? '', text: 'xem lại' }));
    const explanation = { by: 'chi', at: vn('09-07', '09:00'), event: 'e', text: '' };
    await office.commit([{ type: 'returned', report: 'k1/xa-1', explanation, points }]);
    await office.at(vn('09-08'));
    expect(office.textsTo('lan').join()).toContain('còn 2 điểm cần chỉnh sửa');
    expect(buttonsOf(office.sent.find(({ to }) => to === 'lan')?.out.message ?? { text: [] })[0]?.label).toBe(
      'Chỉnh sửa tiếp',
    );
  });
});

describe('Putting a reminder off', () => {
  const at = vn('09-08', '10:20');
  async function said(words: string, role: Role = 'officer') {
    const [template] = await allTemplates();
    const world = await createWorld({
      ...{ template: template?.id ?? '', unit: 'Xã A', period: '2026-Q3', now: at },
    });
    const lan = await world.join('lan', role);
    const facts = await world.facts(lan);
    const session = newSession(lan);
    const outcome = snooze(words, { event: 'e', session, facts });
    const event: Event = { id: 'e', conversation: lan, at, type: 'text', text: words };
    const after = remembered({ ...session, snoozed: { old: at } }, outcome, [], event, facts);
    const until = outcome.snoozed?.k1;
    return { until: until && local(until), text: (outcome.say ?? []).map(plain).join(), after };
  }

  it('understands hours the way people write them', async () => {
    const meant = {
      ...{ '2h': '09-08 12:20', 'sau 8 giờ': '09-08 18:20', '45 phút': '09-08 11:05' },
      ...{ '14:00': '09-08 14:00', '15h30': '09-08 15:30', '16 giờ': '09-08 16:00', 'lúc 9h': '09-09 09:00' },
      ...{ mai: '09-09 08:00', 'sáng mai': '09-09 08:00', 'mai 14:30': '09-09 14:30', '10/9': '09-10 08:00' },
      ...{ '3h chiều': '09-08 15:00', 'chiều nay': '09-08 14:00', '2 giờ chiều nay': '09-08 14:00' },
      ...{ 'chiều mai': '09-09 14:00', '8h30 sáng mai': '09-09 08:30', '3h chiều mai': '09-09 15:00' },
      ...{ 'mai 3 giờ chiều': '09-09 15:00', 'thứ sáu': '09-11 08:00', 'thứ 2 lúc 9h': '09-14 09:00' },
    };
    for (const [words, hour] of Object.entries(meant))
      expect([words, (await said(words)).until]).toEqual([words, hour]);
  });

  it('says what is wrong with other words, and puts nothing off', async () => {
    for (const words of ['', 'lúc nào đó', '25:00', '14:75', '31/2', '15:3'])
      expect([(await said(words)).text, (await said(words)).until]).toEqual([
        expect.stringContaining('/nhaclai 15:30'),
        undefined,
      ]);
    expect((await said('20/9')).text).toContain('trong vòng 7 ngày');
    expect((await said('sau 999 giờ')).text).toContain('trong vòng 7 ngày');
    expect((await said('7/9')).text).toContain('đã qua');
    expect((await said('2h', 'coordinator')).text).toContain('cán bộ nhập số liệu');
  });

  it('tells the hour and remembers it in the conversation', async () => {
    const { text, after } = await said('2h');
    expect(text).toContain('12 giờ 20 ngày 08/9/2026');
    expect(after.snoozed).toEqual({ k1: vn('09-08', '12:20') });
    expect((await said('hừm')).after.snoozed).toEqual({ old: at });
  });

  it('brings one reminder at that hour, through a restart, and the scheduled ones afterwards', async () => {
    const office = await createOffice();
    office.setNow(vn('09-08', '07:30'));
    const session = { ...newSession('test:lan'), person: 'lan', snoozed: { k1: vn('09-08', '19:30') } };
    await office.commit([], { conversation: 'test:lan', session, expects: { session: 0, reports: {} } });
    await office.through(vn('09-08', '07:30'), vn('09-09', '12:00'), () => office.restart());
    expect(office.to('lan')).toEqual(['09-08 19:30', '09-09 08:00']);
    expect(office.to('mai')).toEqual(['09-08 08:00', '09-09 08:00']);
  });
});

describe('Coordinators', () => {
  it('hear four hours before the deadline what is missing, by unit and officer, and leaders of their own unit', async () => {
    const office = await createOffice();
    await office.commit([{ type: 'person_set', person: office.person('boss', 'leader', 'xa-2') }]);
    await office.begin('xa-1');
    await office.submit('xa-1');
    await office.through(vn('09-09', '10:00'), vn('09-09', '18:00'), () => office.restart());
    const escalated = office.sent.filter(({ id }) => id.startsWith('escalation:'));
    expect(escalated.map(({ to, at }) => `${to} ${at}`)).toEqual(['chi 09-09 12:00', 'boss 09-09 12:00']);
    const [toOffice = '', toLeader = ''] = escalated.map(({ out }) => plain(out.message));
    expect(toOffice).toContain('Còn 2/3 đơn vị chưa nộp');
    expect(toOffice).toContain('còn khoảng 4 giờ');
    expect(toOffice).toContain('Xã xa-2: chưa bắt đầu; binh, điện thoại 84912345678');
    expect(toOffice).toContain('Xã xa-3: chưa bắt đầu; chưa có ai tham gia');
    expect(toOffice).not.toContain('Xã xa-1');
    expect(toLeader).toContain('của Xã xa-2');
    expect(buttonsOf(escalated[0]?.out.message ?? { text: [] })[0]?.action).toBe('/tiendo');
  });

  it('are told ten minutes after a round who could not be reached, once', async () => {
    const office = await createOffice();
    await office.at(vn('09-07', '18:00'));
    office.setNow(vn('09-08'));
    await office.restart();
    await office.at(vn('09-08'));
    const binh = office.sent.find(({ to }) => to === 'binh');
    expect(binh?.id).toBe('reminder:k1:T-1@2026-09-09:binh:0');
    await office.at(vn('09-08', '08:09'));
    expect(office.to('chi')).toEqual([]);
    await office.at(vn('09-08', '08:10'));
    await office.through(vn('09-08', '08:30'), vn('09-08', '20:00'), () => office.restart());
    expect(office.to('chi')).toEqual(['09-08 08:10']);
    expect(office.textsTo('chi')[0]).toContain('còn 1 trường hợp');
    expect(office.textsTo('chi')[0]).toContain('Xã xa-3: chưa có ai tham gia');
  });

  it('are told of messages that a platform holds, with the reason and the phone number', async () => {
    const office = await createOffice({ units: ['xa-1', 'xa-2'] });
    office.setNow(vn('09-08'));
    const rounds = office.start();
    await rounds.tick();
    await office.deliver(['test:binh']);
    await office.at(vn('09-08', '08:10'));
    expect(office.textsTo('chi')).toEqual([
      expect.stringContaining('Xã xa-2: binh, điện thoại 84912345678 – test: đã chặn'),
    ]);
  });

  it('are told nothing when everybody was reached', async () => {
    const office = await createOffice({ units: ['xa-1', 'xa-2'] });
    await office.through(vn('09-08'), vn('09-08', '18:00'));
    expect(office.to('chi')).toEqual([]);
  });

  it('hear what became of their own nudge as soon as it is known', async () => {
    const office = await createOffice({ createdAt: vn('09-03', '09:00') });
    office.setNow(vn('09-03', '10:00'));
    const people = ['lan', 'mai', 'binh'].map((id, n) => ({
      ...{ person: id, unit: id === 'binh' ? 'xa-2' : 'xa-1', conversation: `test:${id}` },
      message: `nudge:${n}`,
    }));
    await office.commit([{ type: 'nudged', campaign: 'k1', people, unreached: ['xa-3'] }], {
      ...{ event: 'nudge', by: 'chi', conversation: 'test:chi' },
      outgoing: people.map(({ conversation }) => ({ conversation, message: { text: ['Nhắc'] } })),
    });
    const rounds = office.start();
    await rounds.tick();
    expect((await office.storage.unsent()).map(({ id }) => id)).toEqual(['nudge:0', 'nudge:1', 'nudge:2']);
    await office.deliver(['test:binh']);
    await office.at(vn('09-03', '10:01'));
    await office.through(vn('09-03', '10:30'), vn('09-03', '20:00'), () => office.restart());
    const told = office.sent.filter(({ to }) => to === 'chi');
    expect(told.map(({ id, at }) => `${id} ${at}`)).toEqual(['nudge-outcome:nudge:0:0 09-03 10:01']);
    expect(office.textsTo('chi')[0]).toContain('2 người đã nhận');
    expect(office.textsTo('chi')[0]).toContain('Đã nhận: Xã xa-1 (lan, mai)');
    expect(office.textsTo('chi')[0]).toContain('Xã xa-2: binh, điện thoại 84912345678');
    expect(office.textsTo('chi')[0]).toContain('Xã xa-3: chưa có ai tham gia');
  });

  it('hear after three minutes even when messages of the nudge are still on their way', async () => {
    const office = await createOffice({ createdAt: vn('09-03', '09:00') });
    office.setNow(vn('09-03', '10:00'));
    const nudged = { person: 'lan', unit: 'xa-1', conversation: 'test:lan', message: 'nudge:0' };
    await office.commit([{ type: 'nudged', campaign: 'k1', people: [nudged], unreached: [] }], {
      ...{ event: 'nudge', by: 'chi', conversation: 'test:chi' },
      outgoing: [{ conversation: 'test:lan', message: { text: ['Nhắc'] } }],
    });
    const rounds = office.start();
    for (const [minute, messages] of [
      ['10:01', 1],
      ['10:03', 2],
    ] as const) {
      office.setNow(vn('09-03', minute));
      await rounds.tick();
      expect(await office.storage.unsent()).toHaveLength(messages);
    }
  });

  it('hear of the deadline of their own office', async () => {
    const office = await createOffice({ passOnBy: vn('09-14', '17:00') });
    await office.begin('xa-1');
    await office.submit('xa-1');
    await office.through(vn('09-10', '18:00'), vn('09-15', '12:00'));
    const told = office.sent.filter(({ id }) => id.startsWith('passon:'));
    expect(told.map(({ to, at }) => `${to} ${at}`)).toEqual(['chi 09-11 08:00', 'chi 09-14 08:00']);
    expect(told.map(({ out }) => plain(out.message)).join()).toContain(
      'Đã tiếp nhận 0/3 đơn vị · đã nộp, chờ tiếp nhận 1 · chưa nộp 2',
    );
  });
});
