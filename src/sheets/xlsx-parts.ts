// What every workbook has in common: the font, the borders, words that stay words, and names that worksheets may have.
import type { Cell, CellStyle } from 'hucre/xlsx';

export const FONT = 'Times New Roman';
/** The most characters a cell can hold. */
const LONGEST = 32_767;
const LONGEST_NAME = 31;

const LINE = { style: 'thin' } as const;
export const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE };

/** How a figure with so many decimals is shown, with a suffix right behind it. */
export function numberFormat(decimals: number, suffix?: string): string {
  const fraction = decimals > 0 ? `.${'0'.repeat(decimals)}` : '';
  // In quotes: a bare % would multiply the figure by a hundred.
  return `#,##0${fraction}${suffix ? `"${suffix}"` : ''}`;
}

/**
 * Words stay words whatever they begin with. The library would write "#N/A" as an error unless it is formatted text, and
 * spreadsheets read "_x0041_" as the letter A unless its first mark is written that way itself.
 */
export function textCell(text: string, font: CellStyle['font']): Partial<Cell> {
  const value = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\ufffe\uffff]/g, '')
    .slice(0, LONGEST)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  if (!value.startsWith('#')) return { value, type: 'string' };
  return { type: 'richText', richText: [{ text: value, ...(font ? { font } : {}) }] };
}

/** Names that Excel allows: at most 31 characters, without []:*?/\ or outer apostrophes, no two alike, none "History". */
export function worksheetNames(names: readonly string[]): string[] {
  const taken = new Set(['history']);
  return names.map((name) => {
    const allowed = name.replace(/[[\]:*?/\\]/g, ' ').replace(/\s+/g, ' ');
    const cut = (suffix: string): string =>
      `${allowed.slice(0, LONGEST_NAME - suffix.length).replace(/^[' ]+|[' ]+$/g, '') || 'Sheet'}${suffix}`;
    let unique = cut('');
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = cut(` (${n})`);
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A worksheet's name as formulas write it. */
export const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;
