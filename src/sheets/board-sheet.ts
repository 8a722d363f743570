// The board of a period as a printed table, for Word and PDF. Pure.
import type { Board, BoardRow } from '../domain/board.ts';
import { BOARD, boardStateWords } from '../text/board.ts';
import type { Sheet, SheetCell } from './layout.ts';

type Column = Sheet['columns'][number] & {
  readonly name: string;
  readonly cell: (row: BoardRow, number: number) => SheetCell;
};

const words = (text: string, align: SheetCell['align'] = 'left', bold = false): SheetCell =>
  text === '' ? { kind: 'empty', bold, align } : { kind: 'text', text, bold, align };

/** One row for every unit in the order of the board, on a page that lies. */
export function boardSheet(board: Board): Sheet {
  const columns = columnsOf(board);
  const title = (text: string, style: Sheet['title'][number]['style']) => ({ text, style });
  return {
    name: BOARD.name,
    title: [
      title(`${BOARD.heading} – ${BOARD.period(board)}`, 'heading'),
      title(BOARD.form(board), 'attached'),
      title(BOARD.asOf(board), 'attached'),
      title(`${BOARD.total(board.counts)}: ${BOARD.states(board.counts)}`, 'title'),
      ...(board.filter === undefined ? [] : [title(BOARD.shown(board), 'attached')]),
      title(BOARD.partsLine(board.parts), 'attached'),
    ],
    columns: columns.map(({ key, width }) => ({ key, width })),
    lying: true,
    tiers: 1,
    header: columns.map(({ name }, col) => ({ text: name, across: 1, down: 1, row: 0, col })),
    rows: board.rows.map((row, n) => ({
      kind: 'indicator',
      cells: columns.map(({ cell }) => cell(row, n + 1)),
    })),
  };
}

function columnsOf({ parts, timezone }: Board): Column[] {
  const { columns: names } = BOARD;
  const percent = (number: number): SheetCell => ({
    ...{ kind: 'number', number, decimals: 0, suffix: '%', bold: true, align: 'right' },
  });
  const ratio = (row: BoardRow, id: string): SheetCell => {
    const progress = row.parts[id];
    return words(progress ? BOARD.ratio(progress) : '', 'center');
  };
  return [
    { key: 'stt', width: 5, name: names.stt, cell: (_, n) => words(String(n), 'center') },
    { key: 'label', width: 20, name: names.unit, cell: ({ unit }) => words(unit.name) },
    {
      ...{ key: 'unit', width: 16, name: names.state },
      cell: (row) => words(boardStateWords(row), 'left', row.overdue),
    },
    { key: 'value', width: 6, name: names.percent, cell: (row) => percent(row.percent) },
    ...parts.map(
      ({ id, mark }): Column => ({ key: 'value', width: 6, name: mark, cell: (row) => ratio(row, id) }),
    ),
    {
      key: 'value',
      width: 10,
      name: names.moment,
      cell: (row) => words(row.lastActivity === undefined ? '' : BOARD.when(row, timezone), 'center'),
    },
    { key: 'note', width: 10, name: names.officer, cell: ({ officers }) => words(BOARD.contacts(officers)) },
  ];
}
