// What a cell says in print, where no program formats figures by itself.
import type { SheetCell } from './layout.ts';

/** The words of a cell; figures as they are written in Viet Nam: "5.971", "99,98". Always the same, whatever the machine's settings. */
export function cellText(cell: SheetCell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'empty':
      return '';
    case 'number':
      return cell.number.toLocaleString('vi-VN', {
        minimumFractionDigits: cell.decimals,
        maximumFractionDigits: cell.decimals,
      });
  }
}
