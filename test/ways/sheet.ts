// The way of the spreadsheet: the table is taken, filled in Excel and sent back; what was not clear in it is typed.
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { rowName } from '../../src/text/common.ts';
import { expectedCells, type Line } from '../support/officer.ts';
import { answer, goTo, NEXT, type Way } from './task.ts';

export const sheet: Way = async (task) => {
  const { desk, template, document } = task;
  await desk.say('/file');
  const bytes = await filledIn(await desk.table(), template, document.lines);
  await desk.send('phu-luc.xlsx', bytes);
  const { text } = await desk.hears(/xem thử, chưa ghi gì/m);
  await desk.choose(/^Ghi \d+ số liệu/);
  await desk.hears(/^Đã ghi \d+ số liệu/m);
  await desk.hears(NEXT);
  for (const indicator of unclearIn(text, template)) {
    await goTo(task, indicator);
    await answer(task, indicator);
  }
};

/** The indicators that the preview names as not clear. */
function unclearIn(preview: string, template: Template): readonly Indicator[] {
  const [, part = ''] = /\d+ chưa đọc rõ, chưa ghi:\n(.*?)(?:\n\n|$)/s.exec(preview) ?? [];
  return template.indicators.filter((row) => part.includes(`, ${rowName(template, row, 50)}:`));
}

/** The table with the document's cells typed into it: figures become numbers, other words stay words. */
async function filledIn(given: Uint8Array, template: Template, lines: readonly Line[]): Promise<Uint8Array> {
  const book = await readXlsx(given);
  const sheets = book.sheets.map(({ name, rows }) => ({
    name,
    rows: rows.map((row) => {
      const key = row.map(String).find((cell) => /\.v\d+:/.test(cell));
      const line = lines.find(({ id }) => id === key?.split(':')[1]);
      const columns = template.tables.find(
        ({ id }) => id === template.byId.get(line?.id ?? '')?.table,
      )?.columns;
      if (!line || !columns) return [...row];
      return row.map((cell, at) => {
        if (columns[at]?.key === 'value' && line.value !== '') return cellOf(line, template);
        if (columns[at]?.key === 'note' && line.note !== '') return line.note;
        return cell;
      });
    }),
  }));
  return writeXlsx({ sheets, ...(book.properties && { properties: book.properties }) });
}

/** What Excel makes of typed words. */
function cellOf(line: Line, template: Template): string | number {
  const figure = expectedCells(line, template)[3];
  return typeof figure === 'number' && /^[\d.,%]+$/.test(line.value) ? figure : line.value;
}
