// What the bot counts and times, and its text for Prometheus. No label ever holds anything about a person.

/**
 * How one turn ended. repeated: its event had been handled before; apologized: a flow threw; failed: it could not be stored;
 * dropped: more came than a person can write.
 */
export type TurnOutcome = 'stored' | 'repeated' | 'apologized' | 'failed' | 'dropped';

/** One turn that is over. `answers`: values it recorded; `seconds`: from when we had the event until it was durable. */
type TurnDone = {
  readonly channel: string;
  readonly outcome: TurnOutcome;
  readonly answers: number;
  readonly seconds: number;
};

export type Metrics = {
  turn(done: TurnDone): void;
  sent(channel: string, outcome: string): void;
  committed(outcome: string, seconds: number): void;
  /** A message that the rounds stored for somebody: a reminder, a list of the missing, what became of a nudge. */
  reminded(kind: string): void;
  /** Everything counted so far; `gauges` are measured by the caller at this moment. */
  text(gauges: readonly Gauge[]): string;
};

/** A figure as it is now. `labels` in order, e.g. [['state', 'held']]. */
export type Gauge = {
  readonly name: string;
  readonly help: string;
  readonly type?: 'gauge' | 'counter';
  readonly samples: readonly { readonly labels?: Labels; readonly value: number }[];
};

type Labels = readonly (readonly [name: string, value: string])[];

/** Upper bounds in seconds: an answer is stored within a few milliseconds, and given up after 30 s. */
const TURN_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const COMMIT_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counting costs an addition and a look into a small map; text is made only when somebody asks. */
export function createMetrics(): Metrics {
  const turns = counter('chitieu_turns_total', 'Events handled, by channel and outcome.', [
    'channel',
    'outcome',
  ]);
  const answers = counter('chitieu_answers_total', 'Values recorded in reports.', ['channel']);
  const sends = counter('chitieu_sends_total', 'Messages handed to a channel, by what became of them.', [
    'channel',
    'outcome',
  ]);
  const commits = counter('chitieu_store_commits_total', 'Turns handed to the store, by outcome.', [
    'outcome',
  ]);
  const reminders = counter('chitieu_reminders_total', 'Messages of the rounds stored, by kind.', ['kind']);
  const latency = histogram(
    'chitieu_turn_seconds',
    'From having an event until its turn is durable.',
    TURN_BUCKETS,
  );
  const storing = histogram('chitieu_store_commit_seconds', 'How long the store took.', COMMIT_BUCKETS);
  return {
    turn({ channel, outcome, answers: count, seconds }) {
      turns.add(1, channel, outcome);
      if (count > 0) answers.add(count, channel);
      if (outcome !== 'repeated') latency.observe(seconds);
    },
    sent: (channel, outcome) => sends.add(1, channel, outcome),
    committed(outcome, seconds) {
      commits.add(1, outcome);
      storing.observe(seconds);
    },
    reminded: (kind) => reminders.add(1, kind),
    text: (gauges) =>
      [turns, answers, sends, commits, reminders, latency, storing]
        .map((each) => each.text())
        .concat(gauges.map(gaugeText))
        .join(''),
  };
}

type Counter = { add(by: number, ...values: readonly string[]): void; text(): string };

function counter(name: string, help: string, labels: readonly string[]): Counter {
  const counts = new Map<string, number>();
  return {
    add(by, first = '', second) {
      const key = second === undefined ? first : `${first}\0${second}`;
      counts.set(key, (counts.get(key) ?? 0) + by);
    },
    text() {
      const lines = [...counts].map(([key, count]) => {
        const values = key.split('\0');
        return sample(
          name,
          labels.map((label, n) => [label, values[n] ?? '']),
          count,
        );
      });
      return head(name, help, 'counter') + lines.join('');
    },
  };
}

function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
): { observe(seconds: number): void; text(): string } {
  const counts = new Float64Array(bounds.length + 1);
  let sum = 0;
  return {
    observe(seconds) {
      let n = 0;
      while (n < bounds.length && seconds > (bounds[n] ?? 0)) n += 1;
      counts[n] = (counts[n] ?? 0) + 1;
      sum += seconds;
    },
    text() {
      let below = 0;
      const buckets = [...counts].map((count, n) => {
        below += count;
        return sample(`${name}_bucket`, [['le', n < bounds.length ? String(bounds[n]) : '+Inf']], below);
      });
      const all = [sample(`${name}_sum`, [], sum), sample(`${name}_count`, [], below)];
      return head(name, help, 'histogram') + buckets.concat(all).join('');
    },
  };
}

const gaugeText = ({ name, help, type = 'gauge', samples }: Gauge): string =>
  head(name, help, type) + samples.map(({ labels = [], value }) => sample(name, labels, value)).join('');

const head = (name: string, help: string, type: string): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;

function sample(name: string, labels: Labels, value: number): string {
  const inner = labels.map(([label, text]) => `${label}="${escaped(text)}"`).join(',');
  return `${name}${inner === '' ? '' : `{${inner}}`} ${value}\n`;
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
