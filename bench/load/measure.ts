// One measurement: a program started over a fresh place, warmed up, put under load, and looked at afterwards.
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, freePort, startChild, usageOf } from './child.ts';
import { type Contender, type Place, SECRET } from './contenders.ts';
import { type Load, type Running, startLoad } from './driver.ts';
import { QUESTIONS } from './office.ts';
import { startTelegram, type Telegram } from './telegram.ts';

export type Measured = {
  readonly name: string;
  readonly kind: Contender['kind'];
  readonly atOnce: number;
  readonly answers: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Median of the first and of the last tenth of the questions (ms); undefined when nobody came that far. */
  readonly early: number | undefined;
  readonly late: number | undefined;
  readonly cpuMs: number;
  /** Bytes that the process gave the disk, and by which its folder grew, for each answer. */
  readonly written: number;
  readonly grown: number;
  /** Messages of a whole report; undefined when none was finished. */
  readonly messages: number | undefined;
  readonly refused: number;
  /** Acknowledged answers that are not stored; undefined where it was not looked at. */
  readonly lost: number | undefined;
  readonly rss: number;
};

export type Amount = {
  readonly atOnce: number;
  /** Officers in the measured part. */
  readonly officers: number;
  /** Officers that come before, unmeasured, so that the program is warm. */
  readonly before: number;
  /** The longest that the measured part may take (ms). */
  readonly limit: number;
};

/** Chats have numbers as on Telegram; the first ones warm the program up. */
const FIRST_CHAT = 10_001;
const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

/** A program over a place, and a Telegram for it. */
export type Bench = {
  readonly child: Child;
  readonly telegram: Telegram;
  /** `instead`: other behaviour than usual. */
  load(chats: readonly number[], atOnce: number, limit: number, instead?: Partial<Load>): Running;
  /** Starts the program again after it ended. */
  again(): Promise<Child>;
  close(): Promise<void>;
};

export async function openBench(contender: Contender, place: Place): Promise<Bench> {
  const [telegram, port] = await Promise.all([startTelegram(), freePort()]);
  const command = place.command(port, telegram.root);
  let child = await startChild(command);
  const url = new URL(`http://127.0.0.1:${port}${contender.path}`);
  const { answerTo, hello } = contender;
  return {
    get child() {
      return child;
    },
    telegram,
    load: (chats, atOnce, limit, instead) =>
      startLoad({
        ...{ url, secret: SECRET, telegram, answerTo, hello, chats, atOnce, limit, answers: QUESTIONS },
        ...instead,
      }),
    async again() {
      child = await startChild(command);
      return child;
    },
    async close() {
      await child.stop();
      await telegram.close();
    },
  };
}

export async function measure(contender: Contender, amount: Amount): Promise<Measured> {
  const warm = range(FIRST_CHAT, amount.before);
  const chats = range(FIRST_CHAT + amount.before, amount.officers);
  const place = await contender.place([...warm, ...chats]);
  const bench = await openBench(contender, place);
  try {
    const warmed = await bench.load(warm, Math.min(50, warm.length), amount.limit).result;
    await pause(200);
    const grownFrom = await place.size();
    let usedFrom = usageOf(bench.child.pid);
    const callsFrom = bench.telegram.calls.get('sendMessage') ?? 0;
    const begin = () => {
      usedFrom = usageOf(bench.child.pid);
    };
    const result = await bench.load(chats, amount.atOnce, amount.limit, { begin }).result;
    await pause(100);
    const used = usageOf(bench.child.pid);
    const grown = (await place.size()) - grownFrom;
    const messages = (bench.telegram.calls.get('sendMessage') ?? 0) - callsFrom;
    await bench.child.stop();
    const lost = await place.lostOf?.([...warmed.works, ...result.works]);
    const answers = result.latencies.length;
    const sorted = result.latencies.map(({ ms }) => ms).sort((a, b) => a - b);
    const tenth = QUESTIONS / 10;
    const of = (from: number) =>
      result.latencies.flatMap(({ index, ms }) => (index >= from && index < from + tenth ? [ms] : []));
    const whole = result.works.filter(({ finished }) => finished).length === result.works.length;
    return {
      ...{ name: contender.name, kind: contender.kind, atOnce: amount.atOnce, answers },
      perSecond: answers / result.seconds,
      ...{ p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) },
      ...{ early: median(of(0)), late: median(of(QUESTIONS - tenth)) },
      cpuMs: (used.cpuMs - usedFrom.cpuMs) / answers,
      written: (used.written - usedFrom.written) / answers,
      grown: grown / answers,
      messages: whole ? messages / result.works.length : undefined,
      ...{ refused: result.refused, lost, rss: used.rss },
    };
  } finally {
    await bench.close();
    await place.drop();
  }
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;

const median = (values: readonly number[]): number | undefined =>
  values.length === 0
    ? undefined
    : quantile(
        [...values].sort((a, b) => a - b),
        0.5,
      );
