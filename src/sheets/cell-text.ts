// What a cell says in print, where no program formats figures by itself.
import type { SheetCell } from './layout.ts';

/** The words of a cell; figures as they are written in Viet Nam: "5.971", "99,98". Always the same, whatever the machine's settings. */
export function cellText(cell: SheetCell): string {
  switch (cell.kind) {
    case 'text':
      return cell.printed ?? cell.text;
    case 'empty':
      return '';
    case 'number':
      return `${formatOf(cell.decimals).format(cell.number)}${cell.suffix ?? ''}`;
  }
}

/** By decimals: making one takes far longer than using it. */
const formats = new Map<number, Intl.NumberFormat>();

function formatOf(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals);
  if (known) return known;
  const format = new Intl.NumberFormat('vi-VN', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formats.set(decimals, format);
  return format;
}
