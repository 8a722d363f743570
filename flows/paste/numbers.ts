// Which indicators a printed number means: "III.7", "7", "1.2.3." or "-". Numbers repeat in these forms, so there may be several.
import { addressOf } from '../../src/domain/progress.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';

/** A number in front of a colon: "mục III.7", "7.", "1.2.3", "-". */
export const NUMBER =
  /^(?:(?:mục|muc|chỉ tiêu|chi tieu|stt|số tt|dòng|dong)\s+)?((?:[ivx]+|\d{1,2})(?:\s*[./-]\s*\d{1,2})*|-)\s*[.)]?$/iu;

/** The indicators of a section that are printed with the number or stand under it without one of their own. */
export function byNumber(template: Template, section: string, typed: string): readonly Indicator[] {
  const number = normal(NUMBER.exec(typed.trim())?.[1] ?? typed);
  const rows = template.indicators.filter((row) => row.section === section);
  if (number === '-') return rows.filter((row) => /^[-–—]/.test(row.label) || /^[-–—]$/.test(row.stt));
  const forms = numberForms(template, section);
  return rows.filter((row) => [row.stt, addressOf(template, row)].some((stt) => forms(stt).includes(number)));
}

/**
 * What a row fits by its words, with the indicators that are printed with the number before them where that is another one
 * ("1.3.3. Số nhiệm vụ đã hoàn thành", the end of the label lost). A plain "3." may be anyone's count and says nothing.
 */
export function withNumber(
  fits: readonly Indicator[],
  typed: string,
  template: Template,
  section: string,
): readonly Indicator[] {
  const number = /^\s*(\d{1,2}(?:\.\d{1,2})+)\.?(?=\s|$)/.exec(typed)?.[1];
  if (number === undefined || fits.length === 0) return fits;
  const printed = byNumber(template, section, number).filter((row) => normal(row.stt) === number);
  return printed.length === 0 || printed.some((row) => fits.includes(row)) ? fits : [...fits, ...printed];
}

/** The rows of other parts of the form that the number names with its section ("VII.6", "3.1.2"). */
export function byNumberElsewhere(template: Template, section: string, typed: string): readonly Indicator[] {
  const number = normal(NUMBER.exec(typed.trim())?.[1] ?? typed);
  if (!number.includes('.')) return [];
  return template.indicators.filter(
    (row) => row.section !== section && addressOf(template, row).toLowerCase() === number,
  );
}

const normal = (stt: string): string =>
  stt
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(?<=.)[/-](?=.)/g, '.')
    .replace(/[.):]+$/, '');

/** A printed number with and without the Roman number of its section: "iii.7" and "7". */
function numberForms(template: Template, section: string): (stt: string) => readonly string[] {
  const heading = normal(template.byId.get(section)?.stt ?? '');
  const roman = /^[ivx]+$/.test(heading) ? `${heading}.` : undefined;
  return (stt) => {
    const number = normal(stt);
    if (number === '' || number === heading) return [];
    if (roman === undefined) return [number];
    return number.startsWith(roman) ? [number, number.slice(roman.length)] : [number, roman + number];
  };
}
