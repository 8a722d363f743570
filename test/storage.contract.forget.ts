// What every store promises when a person is forgotten: what is gone, and what stays for the figures and for repeated events.
import { expect, it } from 'vitest';
import type { Change } from '../src/domain/change.ts';
import type { Person } from '../src/domain/people.ts';
import type { Storage, Turn } from '../storage/storage.ts';
import {
  invitation,
  LAN,
  link,
  MINH,
  person,
  say,
  session,
  set,
  text,
  turn,
  unit,
  withReport,
} from './storage.samples.ts';

const PHONE = 'zalo:1';
const AT = '2026-09-20T00:00:00Z';
const forget = (id = 'lan'): Change => ({ type: 'person_forgotten', person: id, at: AT });
const lan = (more: Partial<Person> = {}): Person =>
  person('lan', { conversations: [LAN, PHONE], unreachable: [PHONE], phone: '84912345678', ...more });
const greet = (conversation: string, words: string) => ({
  ...{ conversation, message: text(words, { key: 'q' }) },
});

/** Lan with two conversations, and Minh; in each of them a session, a link, a sent message, a waiting one and a held one. */
async function withTalks(store: Storage): Promise<string> {
  const report = await withReport(store);
  const changes: Change[] = [
    { type: 'person_set', person: lan() },
    { type: 'person_set', person: person('minh', { conversations: [MINH] }) },
    { type: 'invitation_set', invitation: invitation('first', { usedAt: AT, usedBy: 'lan' }) },
    { type: 'invitation_set', invitation: invitation('further', { person: 'lan' }) },
    { type: 'invitation_set', invitation: invitation('minh', { name: 'Minh', usedAt: AT, usedBy: 'minh' }) },
    set(report, 'a', 7),
  ];
  await store.commit(turn('people', { conversation: 'cli', changes, expects: { reports: { [report]: 1 } } }));
  for (const conversation of [LAN, PHONE, MINH]) {
    const hi = turn(`hi ${conversation}`, {
      conversation,
      session: session(conversation, { person: conversation === MINH ? 'minh' : 'lan' }),
      changes: [{ type: 'link_set', link: link(`link ${conversation}`, { conversation }) }],
      outgoing: ['gửi rồi', 'đang chờ', 'bị giữ'].map((words) => greet(conversation, words)),
    });
    expect(await store.commit(hi)).toBe('done');
    await store.markSent(`hi ${conversation}:0`, { outcome: 'sent', platform: 'p1' });
    await store.markSent(`hi ${conversation}:2`, { outcome: 'held', hold: 'window', why: '', at: AT });
  }
  return report;
}

export function forgetting(current: () => Storage): void {
  const stored = async (id: string) => (await current().people()).find((each) => each.id === id);
  whatGoes(current, stored);
  whatStays(current, stored);
  whoIsTooSlow(current, stored);
}

type Stored = (id: string) => Promise<Person | undefined>;

function whatGoes(current: () => Storage, stored: Stored): void {
  it('a forgotten person keeps id, unit and role; the name, the phone and the invitations’ names are gone', async () => {
    await withTalks(current());
    expect(await current().commit(turn('e1', { conversation: 'cli', changes: [forget()] }))).toBe('done');
    expect(await stored('lan')).toEqual({
      ...{ id: 'lan', name: '', unit: 'nga-nam', role: 'officer', conversations: [], unreachable: [] },
      ...{ joinedAt: '2026-09-01T00:00:00Z', leftAt: AT, rev: 3 },
    });
    const names = (await current().invitations()).map(({ id, name }) => [id, name]).sort();
    expect(names).toEqual([
      ['first', ''],
      ['further', ''],
      ['minh', 'Minh'],
    ]);
    expect(await current().invitations()).toContainEqual(
      invitation('first', { name: '', usedAt: AT, usedBy: 'lan' }),
    );
  });

  it('everything said in the person’s conversations is gone, with sessions and links; the others’ stays', async () => {
    await withTalks(current());
    await current().commit(turn('e1', { conversation: 'cli', changes: [forget()] }));
    for (const conversation of [LAN, PHONE]) {
      expect(await current().transcript(conversation, 0, 60)).toEqual([]);
      expect(await current().sentAs(conversation, 'q')).toBeUndefined();
      expect(await current().session(conversation)).toBeUndefined();
      expect(await current().link(`link ${conversation}`)).toBeUndefined();
      expect(await current().load({ conversation, event: 'e' })).not.toHaveProperty('person');
    }
    expect((await current().unsent()).map(({ id }) => id)).toEqual([`hi ${MINH}:1`, `hi ${MINH}:2`]);
    expect((await current().sessions()).map(({ conversation }) => conversation)).toEqual([MINH]);
    expect(await current().transcript(MINH, 0, 60)).toHaveLength(3);
    expect(await current().sentAs(MINH, 'q')).toBe('p1');
    expect(await current().link(`link ${MINH}`)).toBeDefined();
  });

  it('where colleagues were told the name, in words or on a button, it is gone', async () => {
    await withTalks(current());
    const name = lan().name;
    const label = `Cho rời: ${name}`;
    const told = { text: [`${name} hỏi`, { bold: name }], buttons: [[{ label, action: 'R::1:leave' }]] };
    await current().commit(say('told', 'x', { outgoing: [{ conversation: MINH, message: told }] }));
    await current().commit(turn('e1', { conversation: 'cli', changes: [forget()] }));
    const left = {
      text: ['… hỏi', { bold: '…' }],
      buttons: [[{ label: 'Cho rời: …', action: 'R::1:leave' }]],
    };
    expect((await current().transcript(MINH, 0, 60)).at(-1)?.message).toEqual(left);
  });

  it('a coordinator’s name is gone also from the chats of other units', async () => {
    await withTalks(current());
    const dau = person('dau', { unit: 'so', role: 'coordinator', conversations: ['web:dau'] });
    const told = { conversation: MINH, message: text(`${dau.name}: “vì sao?”`) };
    await current().commit(
      say('told', 'x', { changes: [{ type: 'person_set', person: dau }], outgoing: [told] }),
    );
    await current().commit(turn('e1', { conversation: 'cli', changes: [forget('dau')] }));
    expect((await current().transcript(MINH, 0, 60)).at(-1)?.message.text).toEqual(['…: “vì sao?”']);
  });

  it('the held messages of somebody forgotten are no longer shown to the coordinator', async () => {
    await withTalks(current());
    const chi = person('chi', { role: 'coordinator', conversations: ['web:3'] });
    const changes: Change[] = [{ type: 'person_set', person: chi }];
    await current().commit(turn('e1', { conversation: 'web:3', changes }));
    const held = async () =>
      (await current().load({ conversation: 'web:3', event: 'e' })).held.map(
        ({ conversation }) => conversation,
      );
    expect(await held()).toEqual([LAN, PHONE, MINH]);
    await current().commit(turn('e2', { conversation: 'web:3', changes: [forget()] }));
    expect(await held()).toEqual([MINH]);
  });

  it('a person who is let in and forgotten in one turn is forgotten', async () => {
    const hoa = person('hoa', { conversations: ['web:9'] });
    const changes: Change[] = [{ type: 'person_set', person: hoa }, forget('hoa')];
    expect(await current().commit(turn('e1', { changes }))).toBe('done');
    expect(await current().people()).toMatchObject([{ id: 'hoa', name: '', leftAt: AT }]);
  });

  it('whoever left before keeps that day, and can be forgotten again', async () => {
    await withTalks(current());
    const leftAt = '2026-09-15T00:00:00Z';
    await current().commit(turn('left', { changes: [{ type: 'person_set', person: lan({ leftAt }) }] }));
    for (const event of ['e1', 'e2']) {
      expect(await current().commit(turn(event, { changes: [forget()] }))).toBe('done');
    }
    expect(await stored('lan')).toMatchObject({ name: '', conversations: [], leftAt });
    expect(await current().transcript(PHONE, 0, 60)).toEqual([]);
  });

  it('forgetting somebody unknown is refused with all that came along', async () => {
    await withTalks(current());
    const changes: Change[] = [{ type: 'unit_set', unit: unit('x') }, forget(), forget('nobody')];
    await expect(current().commit(say('e1', 'x', { changes }))).rejects.toThrow('nobody');
    expect(await current().unit('x')).toBeUndefined();
    expect(await stored('lan')).toEqual({ ...lan(), rev: 2 });
    expect(await current().transcript(LAN, 0, 60)).toHaveLength(3);
    expect((await current().load({ conversation: LAN, event: 'e1' })).handled).toBe(false);
  });
}

function whatStays(current: () => Storage, stored: Stored): void {
  it('figures, history and what can be undone are untouched', async () => {
    const report = await withTalks(current());
    const figures = async () => [
      await current().report(report),
      await current().history(report),
      await current().recent('nga-nam'),
    ];
    const before = await figures();
    await current().commit(turn('e1', { conversation: 'cli', changes: [forget()] }));
    expect(await figures()).toEqual(before);
    expect((await current().load({ conversation: MINH, event: 'e' })).people).toContainEqual(
      await stored('lan'),
    );
  });

  it('a repeated event is still a duplicate, and the next message still comes after all earlier ones', async () => {
    await withTalks(current());
    await current().commit(turn('e1', { changes: [forget()] }));
    expect(await current().commit(say(`hi ${LAN}`, 'lại'))).toBe('duplicate');
    expect(await current().commit(turn('e1', { changes: [forget()] }))).toBe('duplicate');
    await current().commit(say('e2', 'chào'));
    expect((await current().transcript(LAN, 0, 60)).map(({ id, seq }) => [id, seq])).toEqual([['e2:0', 4]]);
    await current().markSent(`hi ${LAN}:1`, { outcome: 'sent', platform: 'late' });
    expect(await current().sentAs(LAN, 'q')).toBeUndefined();
  });

  it('the session and the words of the turn itself stay, the session’s rev goes on, and the words are sent', async () => {
    await withTalks(current());
    const outgoing = [greet(LAN, 'Đã xóa'), greet(PHONE, 'Đã xóa')];
    const expects = { session: 2, reports: {} };
    const bye = turn('e1', { changes: [forget()], session: session(LAN), outgoing, expects });
    expect(await current().commit(bye)).toBe('done');
    expect(await current().sessions()).toHaveLength(2);
    expect(await current().session(LAN)).toEqual(session(LAN, { rev: 3 }));
    expect(await current().session(PHONE)).toBeUndefined();
    for (const conversation of [LAN, PHONE]) {
      const transcript = await current().transcript(conversation, 0, 60);
      expect(transcript.map(({ seq, message }) => [seq, message.text])).toEqual([[4, ['Đã xóa']]]);
    }
    const waiting = (await current().unsent()).filter(({ conversation }) => conversation !== MINH);
    expect(waiting.map(({ id }) => id).sort()).toEqual(['e1:0', 'e1:1']);
    await current().markSent('e1:0', { outcome: 'sent', platform: 'p9' });
    expect(await current().sentAs(LAN, 'q')).toBe('p9');
  });

  it('without a session of its own the turn leaves none, and the next one begins anew', async () => {
    await withTalks(current());
    await current().commit(turn('e1', { changes: [forget()], expects: { session: 2, reports: {} } }));
    const next = turn('e2', { session: session(LAN), expects: { session: 0, reports: {} } });
    expect(await current().commit(next)).toBe('done');
    expect((await current().session(LAN))?.rev).toBe(1);
  });
}

function whoIsTooSlow(current: () => Storage, stored: Stored): void {
  it('whoever read the person before he was forgotten is too slow: what is gone stays gone', async () => {
    await withTalks(current());
    const late = (event: string, conversation: string, more: Partial<Turn>): Turn =>
      turn(event, { conversation, session: session(conversation, { person: 'lan' }), ...more });
    const joins: Change[] = [
      { type: 'person_set', person: lan({ conversations: [LAN, PHONE, 'web:7'] }) },
      {
        type: 'invitation_set',
        invitation: invitation('further', { person: 'lan', usedAt: AT, usedBy: 'lan' }),
      },
    ];
    const outcomes = await Promise.all([
      current().commit(turn('e1', { changes: [forget()], expects: { session: 2, reports: {} } })),
      current().commit(late('e2', PHONE, { expects: { session: 1, reports: {} } })),
      current().commit(late('e3', 'web:7', { changes: joins, expects: { session: 0, reports: {} } })),
    ]);
    expect(outcomes).toEqual(['done', 'stale', 'stale']);
    expect((await stored('lan'))?.name).toBe('');
    expect(await current().session(PHONE)).toBeUndefined();
    expect(await current().session('web:7')).toBeUndefined();
    expect((await current().invitations()).find(({ id }) => id === 'further')?.name).toBe('');
  });

  it('a device that joins while its person asks to be forgotten is forgotten too', async () => {
    await withTalks(current());
    const join = turn('join', {
      conversation: 'web:7',
      session: session('web:7', { person: 'lan' }),
      changes: [{ type: 'person_set', person: lan({ conversations: [LAN, PHONE, 'web:7'] }) }],
      outgoing: [greet('web:7', 'Chào chị Lan')],
    });
    const leave = turn('e1', { changes: [forget()] });
    const next = turn('next', {
      conversation: 'web:7',
      session: session('web:7', { person: 'lan' }),
      expects: { session: 1, reports: {} },
    });
    const all = [join, leave, next].map((each) => current().commit(each));
    const [joined, left] = await Promise.all(all);
    expect(joined).toBe('done');
    if (left === 'stale') expect(await current().commit(leave)).toBe('done');
    expect(await current().transcript('web:7', 0, 60)).toEqual([]);
    expect(await current().session('web:7')).toBeUndefined();
    expect((await stored('lan'))?.name).toBe('');
  });
}
