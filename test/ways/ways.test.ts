// Five documents by five ways on every channel: the same report comes out, cell by cell, and the short ways are short.
import { beforeAll, describe, expect, it } from 'vitest';
import { canonical } from '../../src/domain/canonical.ts';
import { differences, expectedCells, readDocument } from '../support/officer.ts';
import { storedCells } from '../support/stored.ts';
import { LET_PASS } from '../support/zalo-handing-in.ts';
import { CHANNELS } from './office.ts';
import { DOCUMENTS, type Run, runAll, type WayName } from './run.ts';

let runs: readonly Run[] = [];
beforeAll(async () => {
  // One by one the documents are typed on every other channel in the replays.
  runs = await runAll(CHANNELS, (way, channel) => {
    return way === 'screens' ? channel !== 'zalo-bot' : way !== 'dialog' || channel === 'telegram';
  });
}, 240_000);

const nameOf = ({ way, channel }: Run): string => `${way} on ${channel}`;
const acts = ({ counts }: Run): number => counts.typed + counts.taps + counts.marks + counts.files;

describe.each(DOCUMENTS)('%s', (id) => {
  const document = readDocument(id);
  const mine = () => runs.filter((run) => run.document === id);

  it('is filled by every way on every channel', () => {
    expect(mine()).toHaveLength(1 + 3 + 3 * CHANNELS.length - 1);
  });

  it('is stored as the document says, cell by cell, whichever way it came', () => {
    for (const run of mine()) {
      const wrong = document.lines.flatMap((line) => {
        const [wanted, stored] = [
          expectedCells(line, run.template).slice(3),
          storedCells(run.report, line.id),
        ];
        return canonical(wanted) === canonical(stored) ? [] : [`${line.id}: ${stored} ≠ ${wanted}`];
      });
      expect(wrong, nameOf(run)).toEqual([]);
    }
  });

  it('comes back with the receipt as the document, cell by cell', async () => {
    for (const run of mine()) {
      const found = await differences(run.table, document, run.template);
      // What the coordinator let pass is printed with the reason, in notes that were empty.
      const isReason = (each: string) => each.endsWith(` note: "Giải trình: ${LET_PASS}" ≠ ""`);
      expect(
        found.filter((each) => !isReason(each)),
        nameOf(run),
      ).toEqual([]);
      expect(found.some(isReason), nameOf(run)).toBe(Object.keys(run.report.overrides).length > 0);
    }
  });

  it('is the same report, value by value, whichever way it came', () => {
    const [first] = mine();
    const values = ({ report, template }: Run) =>
      template.indicators.map(({ id: row }) => report.answers[row]?.value);
    for (const run of mine()) expect(values(run), nameOf(run)).toEqual(first && values(first));
  });
});

/** The form in the middle, by what it took. */
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.POSITIVE_INFINITY;

describe.each(CHANNELS)('A report on %s', (channel) => {
  it.for<[WayName, number, number]>([
    ['paste', 60, 60],
    ['sheet', 60, 60],
    ['carry', 15, 20],
  ])(
    'takes by %s fewer than %i messages, taps and files for a typical form, and never %i',
    ([way, typical, most], { skip }) => {
      skip(way === 'sheet' && channel === 'zalo-bot', 'nobody can send a file back there');
      const taken = runs.filter((run) => run.way === way && run.channel === channel).map(acts);
      expect(taken).toHaveLength(DOCUMENTS.length);
      expect(median(taken)).toBeLessThan(typical);
      expect(Math.max(...taken)).toBeLessThan(most);
    },
  );
});
