// What a sudden end does: acknowledged answers lost by kill -9 under load, how soon the next answer is served, and starting with much in store.
import { setTimeout as pause } from 'node:timers/promises';
import { usageOf } from './child.ts';
import { type Contender, ours } from './contenders.ts';
import type { Running, Work } from './driver.ts';
import { type Bench, openBench } from './measure.ts';
import { seedReports } from './seed.ts';
import type { Stores } from './stores.ts';

export type Killed = {
  readonly name: string;
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  /** Officers of whom nothing is stored any more, though answers of theirs were acknowledged. */
  readonly wiped: number;
  /** From the kill until the first answer after it had its question (ms), the median of the kills. */
  readonly backAfter: number;
};

const AT_ONCE = 50;
const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

/** Kills it again and again, each time over a fresh place and in the middle of the work of 50 officers. */
export async function killed(contender: Contender, kills: number): Promise<Killed> {
  const all: Omit<Killed, 'name' | 'kills'>[] = [];
  for (let n = 0; n < kills; n += 1) all.push(await killOnce(contender, 700 + Math.random() * 600));
  const sum = (of: (each: (typeof all)[number]) => number) =>
    all.reduce((total, each) => total + of(each), 0);
  const times = all.map(({ backAfter }) => backAfter).sort((a, b) => a - b);
  return {
    ...{ name: contender.name, kills, backAfter: times[Math.floor(kills / 2)] ?? Number.NaN },
    ...{ acknowledged: sum((each) => each.acknowledged), lost: sum((each) => each.lost) },
    wiped: sum((each) => each.wiped),
  };
}

async function killOnce(contender: Contender, after: number): Promise<Omit<Killed, 'name' | 'kills'>> {
  const [chats, fresh] = [range(10_001, AT_ONCE), [20_001]];
  const place = await contender.place([...chats, ...fresh]);
  const bench = await openBench(contender, place);
  try {
    let running: Running | undefined;
    const begun = new Promise<void>((resolve) => {
      running = bench.load(chats, AT_ONCE, 60_000, { answers: 125, begin: resolve });
    });
    await begun;
    await pause(after);
    const died = performance.now();
    await bench.child.kill();
    const works = running?.cut().works ?? [];
    await bench.again();
    await bench.load(fresh, 1, 20_000, { answers: 1 }).result;
    const backAfter = performance.now() - died;
    const acknowledged = works.reduce((sum, each) => sum + each.acknowledged.length, 0);
    if (place.lostOf) {
      await bench.child.stop();
      return { acknowledged, lost: await place.lostOf(works), wiped: 0, backAfter };
    }
    const stored = await askedNext(contender, bench, works);
    const missing = works.map((each) => Math.max(0, each.acknowledged.length - (stored.get(each.chat) ?? 0)));
    const wiped = works.filter((each) => each.acknowledged.length > 0 && (stored.get(each.chat) ?? 0) === 0);
    const lost = missing.reduce((sum, each) => sum + each, 0);
    return { acknowledged, lost, wiped: wiped.length, backAfter };
  } finally {
    await bench.close();
    await place.drop();
  }
}

/** One more answer of everybody: the question that comes back tells how many the bot knows of. A bot that says something else knows of none. */
async function askedNext(
  contender: Contender,
  bench: Bench,
  works: readonly Work[],
): Promise<ReadonlyMap<number, number>> {
  const stored = new Map<number, number>();
  const chats = works.map(({ chat }) => chat);
  const probing = bench.load(chats, AT_ONCE, 20_000, {
    answers: 0,
    hello: () => '0',
    answerTo: ({ chat, text }) => {
      stored.set(chat, Math.max(0, (contender.questionNumber(text) ?? 0) - 2));
      return { text: '' };
    },
  });
  // Who has not answered by then will not.
  await Promise.race([probing.result, pause(5_000)]);
  probing.cut();
  return stored;
}

export type Starting = {
  readonly store: string;
  readonly reports: number;
  /** From the start until /health answers, and until the first answer has its question (ms). */
  readonly ready: number;
  readonly firstAnswer: number;
  readonly rss: number;
  /** Size of the store (bytes). */
  readonly stored: number;
};

/** Starts over so many full reports; `byTurns`: each answer with its messages, as a draft in the chat has them. */
export async function started(stores: Stores, reports: number, byTurns: boolean): Promise<Starting> {
  const contender = ours(stores);
  const [chats, fresh] = [range(100_001, reports), [20_001]];
  const place = await contender.place([...chats, ...fresh], (storage) =>
    seedReports(storage, chats, byTurns),
  );
  const stored = await place.size();
  const began = performance.now();
  const bench = await openBench(contender, place);
  try {
    await bench.load(fresh, 1, 20_000, { answers: 1 }).result;
    const firstAnswer = performance.now() - began;
    await pause(1_000);
    const { rss } = usageOf(bench.child.pid);
    const { readyAfter: ready } = bench.child;
    return { store: stores.name, reports, ready, firstAnswer, rss, stored };
  } finally {
    await bench.close();
    await place.drop();
  }
}
