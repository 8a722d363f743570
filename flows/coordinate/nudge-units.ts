// Units as a coordinator types them: by code or by words of the name, one a line.
import { type BoardRow, filterBoard } from '../../src/domain/board.ts';
import { fold } from '../../src/domain/words.ts';

export type Picked = {
  readonly units: readonly BoardRow[];
  /** Lines that fit no unit, or more than one. */
  readonly unknown: readonly string[];
  readonly several: readonly { readonly typed: string; readonly units: readonly BoardRow[] }[];
};

/**
 * Each line, or part between semicolons or commas, must mean one of the rows, or a whole kind ("các xã"); a whole name wins over
 * names that only contain it.
 */
export function pickUnits(typed: string, rows: readonly BoardRow[]): Picked {
  const lines = typed
    .split(/[\n;,]+/)
    .map((line) => line.replace(/^[\s\-–•·*\d.)]*(?=\p{L})/u, '').trim())
    .filter((line) => line !== '');
  const units: BoardRow[] = [];
  const unknown: string[] = [];
  const several: { typed: string; units: readonly BoardRow[] }[] = [];
  for (const line of lines) {
    const kind = fold(line).replace(/^(?:tat ca )?(?:cac |nhung |moi )?/, '');
    const ofKind = rows.filter(({ unit }) => fold(unit.kind) === kind);
    if (ofKind.length > 0) {
      units.push(...ofKind.filter((each) => !units.includes(each)));
      continue;
    }
    const exact = rows.filter(({ unit }) => unit.id === line || fold(unit.name) === fold(line));
    const found = exact.length > 0 ? exact : filterBoard(rows, { words: line });
    const only = found.length === 1 ? found[0] : undefined;
    if (only) units.push(...(units.includes(only) ? [] : [only]));
    else if (found.length === 0) unknown.push(line);
    else several.push({ typed: line, units: found });
  }
  return { units, unknown, several };
}
