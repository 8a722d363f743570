// What an operator's monitoring sees: counts that are right, text that Prometheus reads, and nothing about a person.
import { describe, expect, it } from 'vitest';
import type { Channel, SendResult } from '../src/channels/channel.ts';
import { gaugesOf, measuredChannel, measuredStorage } from '../src/measured.ts';
import { createMetrics } from '../src/metrics.ts';
import { createReadiness } from '../src/readiness.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage, Turn } from '../storage/storage.ts';
import { CAN } from './support/can.ts';

const AT = '2026-11-20T00:00:00Z';
const turn = (event: string, more: Partial<Turn> = {}): Turn => ({
  ...{ event, at: AT, by: '', conversation: 'telegram:1', changes: [], outgoing: [] },
  ...{ expects: { reports: {} } },
  ...more,
});
const say = (conversation: string) => ({ conversation, message: { text: ['Nguyễn Thị Lan nhập 5.971'] } });

/** One line of the text by the words it begins with. */
const line = (text: string, start: string): string | undefined =>
  text.split('\n').find((each) => each.startsWith(start));

/** A channel that ends every send as told. */
function channelThat(results: readonly SendResult[], down?: () => string | undefined): Channel {
  const left = [...results];
  return {
    ...{ name: 'telegram', can: CAN, notices: () => [], inviteLink: () => undefined },
    ...(down ? { down } : {}),
    start: async () => {},
    stop: async () => {},
    send: async () => left.shift() ?? { outcome: 'sent' },
  };
}
const sending = { id: 'e1:0', seq: 1, chat: '1', message: { text: [] } };

describe('The metrics', () => {
  it('count turns by channel and outcome, and put their times into cumulative buckets', () => {
    const metrics = createMetrics();
    metrics.turn({ channel: 'web', outcome: 'stored', answers: 2, seconds: 0.004 });
    metrics.turn({ channel: 'web', outcome: 'stored', answers: 0, seconds: 40 });
    metrics.turn({ channel: 'web', outcome: 'repeated', answers: 0, seconds: 0.004 });
    const text = metrics.text([]);
    expect(line(text, 'chitieu_turns_total{channel="web",outcome="stored"}')).toMatch(/ 2$/);
    expect(line(text, 'chitieu_turns_total{channel="web",outcome="repeated"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_answers_total{channel="web"}')).toMatch(/ 2$/);
    expect(line(text, 'chitieu_turn_seconds_bucket{le="0.0025"}')).toMatch(/ 0$/);
    expect(line(text, 'chitieu_turn_seconds_bucket{le="0.005"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_turn_seconds_bucket{le="30"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_turn_seconds_bucket{le="+Inf"}')).toMatch(/ 2$/);
    expect(line(text, 'chitieu_turn_seconds_count')).toMatch(/ 2$/);
  });

  it('are text as Prometheus reads it: every line a comment or a sample, labels escaped, each name described once', () => {
    const metrics = createMetrics();
    metrics.sent('a"b\\c\nd', 'sent');
    metrics.committed('done', 0.002);
    const text = metrics.text([{ name: 'g', help: 'A gauge.', samples: [{ value: 1.5 }] }]);
    const sample = /^[a-z_]+(\{[a-z]+="(\\.|[^"\\\n])*"(,[a-z]+="(\\.|[^"\\\n])*")*\})? [-+\d.eE]+$/;
    const comment = /^# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))$/;
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    for (const each of lines) expect(each).toMatch(each.startsWith('#') ? comment : sample);
    expect(text).toContain('chitieu_sends_total{channel="a\\"b\\\\c\\nd",outcome="sent"} 1');
    const types = lines.filter((each) => each.startsWith('# TYPE'));
    expect(new Set(types).size).toBe(types.length);
  });

  it('tell commits, failures and reminders of the store apart', async () => {
    const metrics = createMetrics();
    const inner = memoryStorage();
    let broken = false;
    const commit: Storage['commit'] = async (given) => {
      if (broken) throw new Error('disk full');
      return inner.commit(given);
    };
    const { storage, writeFault } = measuredStorage({ ...inner, commit }, metrics);
    await storage.commit(turn('e1'));
    await storage.commit(turn('e1'));
    await storage.commit(turn('escalation:k1:x', { conversation: 'reminder:p1' }));
    expect(writeFault()).toBeUndefined();
    broken = true;
    await expect(storage.commit(turn('e2'))).rejects.toThrow('disk full');
    expect(writeFault()).toBeDefined();
    const text = metrics.text([]);
    expect(line(text, 'chitieu_store_commits_total{outcome="done"}')).toMatch(/ 2$/);
    expect(line(text, 'chitieu_store_commits_total{outcome="duplicate"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_store_commits_total{outcome="failed"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_reminders_total{kind="escalation"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_store_commit_seconds_count')).toMatch(/ 4$/);
  });

  it('show how much waits, since when, and in how many chats, without a name, a figure or a chat’s number', async () => {
    const storage = memoryStorage();
    await storage.commit(
      turn('e1', { outgoing: [say('telegram:50198765432109'), say('telegram:50198765432109')] }),
    );
    await storage.commit(turn('e2', { outgoing: [say('telegram:77798765432109')] }));
    await storage.commit(turn('e3', { outgoing: [say('zalo-oa:9')] }));
    await storage.markSent('e2:0', { outcome: 'held', hold: 'window', why: '', at: AT });
    await storage.markSent('e3:0', { outcome: 'retry', why: '' });
    const now = new Date(Date.parse(AT) + 90_000);
    const text = createMetrics().text(await gaugesOf(storage, '9.9.9', now));
    expect(line(text, 'chitieu_outbox_messages{state="waiting"}')).toMatch(/ 3$/);
    expect(line(text, 'chitieu_outbox_messages{state="held"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_outbox_oldest_seconds')).toMatch(/ 90$/);
    expect(line(text, 'chitieu_conversations{state="held"}')).toMatch(/ 1$/);
    expect(line(text, 'chitieu_conversations{state="paused"}')).toMatch(/ 1$/);
    expect(text).toContain('chitieu_info{version="9.9.9"} 1');
    expect(Number(line(text, 'process_resident_memory_bytes')?.split(' ')[1])).toBeGreaterThan(1e6);
    expect(text).not.toMatch(/Lan|5\.971|98765432109/);
  });

  it('count sends by channel and what became of them', async () => {
    const metrics = createMetrics();
    const { channel } = measuredChannel(
      channelThat([{ outcome: 'sent' }, { outcome: 'never', why: 'x' }, { outcome: 'sent' }]),
      metrics,
    );
    for (let n = 0; n < 3; n += 1) await channel.send(sending);
    const text = metrics.text([]);
    expect(line(text, 'chitieu_sends_total{channel="telegram",outcome="sent"}')).toMatch(/ 2$/);
    expect(line(text, 'chitieu_sends_total{channel="telegram",outcome="never"}')).toMatch(/ 1$/);
  });
});

describe('Whether the bot is ready', () => {
  const measured = (channel: Channel) => measuredChannel(channel, createMetrics());
  const parts = (storage: Storage, channels: readonly ReturnType<typeof measured>[] = []) => ({
    ...{ storage, writeFault: () => undefined, templates: 5, channels },
  });

  it('is no while it starts and while it stops, yes in between', async () => {
    const readiness = createReadiness(parts(memoryStorage()));
    expect(await readiness.look()).toMatchObject({ ready: false, reasons: ['starting'] });
    readiness.enter('serving');
    expect(await readiness.look()).toMatchObject({ ready: true, reasons: [], store: 'ok', templates: 5 });
    readiness.enter('stopping');
    expect(await readiness.look()).toMatchObject({ ready: false, reasons: ['stopping'] });
  });

  it('is no while the store does not answer, and while it cannot write', async () => {
    const inner = memoryStorage();
    const away = createReadiness(
      parts({ ...inner, unit: () => Promise.reject(new Error('10.0.0.5 refused')) }),
    );
    away.enter('serving');
    const state = await away.look();
    expect(state).toMatchObject({ ready: false, reasons: ['store: away'] });
    expect(JSON.stringify(state)).not.toContain('10.0.0.5');
    const full = createReadiness({ ...parts(inner), writeFault: () => 'StorageError' });
    full.enter('serving');
    expect(await full.look()).toMatchObject({
      ready: false,
      reasons: [expect.stringContaining('last write failed')],
    });
  });

  it('is no with a store that hangs, after two seconds and not later', async () => {
    const hanging = createReadiness(parts({ ...memoryStorage(), unit: () => new Promise(() => {}) }));
    hanging.enter('serving');
    expect(await hanging.look()).toMatchObject({ ready: false, store: 'no answer in time' });
  });

  it('is yes with a channel that is down, and says which and why, until it is up again', async () => {
    let why: string | undefined = 'not connected yet';
    const failing: SendResult = { outcome: 'retry', why: 'ECONNREFUSED' };
    const telegram = measured(channelThat([failing, failing, failing], () => why));
    const readiness = createReadiness(parts(memoryStorage(), [telegram]));
    readiness.enter('serving');
    const seen = async () => (await readiness.look()).channels.telegram;
    expect(await readiness.look()).toMatchObject({ ready: true });
    expect(await seen()).toBe('down: not connected yet');
    why = undefined;
    for (let n = 0; n < 3; n += 1) {
      expect(await seen()).toBe('up');
      await telegram.channel.send(sending);
    }
    expect(await seen()).toBe('down: ECONNREFUSED');
    await telegram.channel.send(sending);
    expect(await seen()).toBe('up');
  });
});
