// Messages per finished report: five documents by every way on every channel, from the first question to the receipt.
import { CHANNELS } from '../test/ways/office.ts';
import { type Run, runAll } from '../test/ways/run.ts';

type Row = {
  readonly document: string;
  readonly indicators: number;
  readonly way: string;
  readonly channel: string;
} & Run['counts'];

const COUNTED = ['typed', 'taps', 'marks', 'files', 'said', 'edits'] as const;

/** Rows by document, way and channel, and the medians of the documents for each way on each channel. */
export async function messages(): Promise<{ rows: readonly Row[]; medians: readonly Row[] }> {
  const rows = (await runAll(CHANNELS))
    .map(
      ({ document, template, way, channel, counts }): Row => ({
        ...{ document, indicators: template.indicators.length, way, channel },
        ...counts,
      }),
    )
    .sort((a, b) => order(a).localeCompare(order(b)));
  const kinds = new Map(rows.map(({ way, channel }) => [`${way} ${channel}`, { way, channel }]));
  const medians = [...kinds.values()].map(({ way, channel }) =>
    medianOf(
      rows.filter((row) => row.way === way && row.channel === channel),
      way,
      channel,
    ),
  );
  console.table(rows);
  console.log('Medians over the documents:');
  console.table(medians);
  return { rows, medians };
}

const order = ({ document, way, channel }: Row): string => `${way} ${channel} ${document}`;

function medianOf(rows: readonly Row[], way: string, channel: string): Row {
  const middle = (numbers: readonly number[]): number =>
    [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
  const counts = COUNTED.map((name) => [name, middle(rows.map((row) => row[name]))]);
  return {
    ...{ document: 'median', indicators: middle(rows.map((row) => row.indicators)), way, channel },
    ...(Object.fromEntries(counts) as Run['counts']),
  };
}
