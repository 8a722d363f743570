// Load over the webhook: our own bot, the limits of the machine and the peers under the same officers, and what kill -9 does to each.
import { cpus, loadavg } from 'node:os';
import { GROUP_COMMIT, LIMITS, OURS, PEERS, STORES } from './load/contenders.ts';
import { type Killed, killed, type Starting, started } from './load/ending.ts';
import { type Amount, type Measured, measure } from './load/measure.ts';

/** Officers at once, and how many of them come in all: at least 6,000 answers where time allows. */
const AMOUNTS: readonly Amount[] = [
  { atOnce: 1, officers: 47, before: 10, limit: 20_000 },
  { atOnce: 50, officers: 150, before: 20, limit: 30_000 },
  { atOnce: 500, officers: 500, before: 20, limit: 60_000 },
];
const QUICK: readonly Amount[] = AMOUNTS.map((each) => ({ ...each, before: 5, limit: 2_000 }));
/** The limits and peers keep nothing that must be prepared, so that more officers cost nothing; the time ends the run. */
const ENDLESS = 5_000;

type Load = {
  readonly machine: {
    readonly cpus: number;
    readonly model: string;
    readonly node: string;
    readonly busy: number;
  };
  readonly runs: readonly Measured[];
  readonly kills: readonly Killed[];
  readonly starts: readonly Starting[];
};

/** Prints a table for each number of officers, one of kills and one of starts. `quick`: in under two minutes, and less exact. */
export async function load({ quick }: { quick: boolean }): Promise<Load> {
  const busy = loadavg()[0] ?? 0;
  const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? '', node: process.version, busy };
  if (busy > 0.5)
    console.log(`This machine has other work (load ${round(busy, 1)}): the figures will not hold.`);
  if (PEERS.length === 0) console.log('Peers are not installed: npm ci --prefix bench/peers');
  const runs: Measured[] = [];
  for (const amount of quick ? QUICK : AMOUNTS) {
    for (const each of OURS) runs.push(await measure(each, amount));
    for (const each of [...LIMITS, ...PEERS])
      runs.push(
        await measure(each, {
          ...{ ...amount, officers: ENDLESS },
          limit: Math.min(amount.limit, quick ? 1_000 : 8_000),
        }),
      );
    const here = runs.filter(({ atOnce }) => atOnce === amount.atOnce);
    console.log(`\nN = ${amount.atOnce}`);
    console.table(Object.fromEntries(here.map((each) => [each.name, rowOf(each, here)])));
    console.log(aimOf(amount.atOnce));
  }
  const kills: Killed[] = [];
  for (const each of quick ? OURS : [...OURS, ...PEERS]) kills.push(await killed(each, quick ? 1 : 5));
  console.log('\nkill -9 under the load of 50 officers');
  console.table(Object.fromEntries(kills.map(({ name, ...each }) => [name, rounded(each)])));
  const starts: Starting[] = [];
  for (const store of STORES) {
    starts.push(await started(store, 0, true));
    if (store.embedded) starts.push(await started(store, quick ? 100 : 1_000, true));
    starts.push(await started(store, quick ? 1_000 : 10_000, false));
  }
  console.log(
    '\nStarting over full reports (drafts of 130 turns with their messages, then reports of one turn)',
  );
  console.table(starts.map((each) => ({ ...rounded(each), rss: mib(each.rss), stored: mib(each.stored) })));
  for (const store of STORES) await store.close();
  return { machine, runs, kills, starts };
}

/** What our own bot over the embedded store is meant to reach. */
const aimOf = (atOnce: number): string =>
  atOnce === 1
    ? 'Aim: 0.7 × group commit; late within 10 % of early; lost 0.'
    : `Aim: 0.5 × group commit, 3 × best peer; ${atOnce === 500 ? "p99 no more than 3 × the limit's; " : ''}late within 10 % of early; lost 0.`;

type Row = Readonly<Record<string, string | number | undefined>>;

function rowOf(measured: Measured, here: readonly Measured[]): Row {
  const limit = here.find(({ name }) => name === GROUP_COMMIT)?.perSecond;
  const peers = here.flatMap(({ kind, perSecond }) => (kind === 'peer' ? [perSecond] : []));
  const times = (base: number | undefined) =>
    base === undefined || !Number.isFinite(base) ? undefined : round(measured.perSecond / base, 2);
  const { p50, p95, p99, early, late, cpuMs } = measured;
  return {
    answers: measured.answers,
    'per s': Math.round(measured.perSecond),
    ...Object.fromEntries(
      Object.entries({ p50, p95, p99, early, late }).map(([key, ms]) => [key, ms && round(ms, 2)]),
    ),
    'cpu ms': round(cpuMs, 3),
    'disk B': Math.round(measured.written),
    'grown B': Math.round(measured.grown),
    messages: measured.messages && round(measured.messages, 1),
    lost: measured.lost,
    '× group commit': times(limit),
    '× best peer': times(Math.max(...peers)),
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

const rounded = (row: Readonly<Record<string, string | number>>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value) : value]),
  );

const mib = (bytes: number): string => `${round(bytes / 1024 / 1024, 1)} MiB`;
