// When two labels or two units of a form say the same, however they were typed or copied. Pure.
import type { Row, Template } from '../domain/template.ts';
import { fold } from '../domain/words.ts';

/** Letters and digits only: bullets, brackets, line breaks and the end of a sentence are typed in many ways. */
export const plain = (label: string): string =>
  fold(label)
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim();

/** Codes of a choice are listed in any order and with any marks between: "Có = 1Không = 0", "Không = 0; Có = 1". */
export const plainUnit = (unit: string): string =>
  (plain(unit.replace(/\([^)]*\)$/, (end) => end.replace(/[()]/g, ' '))).match(/[a-z]+|\d+|%/g) ?? [])
    .sort()
    .join(' ');

export const sameLabel = (one: string, other: string): boolean => plain(one) === plain(other);

/** Somebody who mends a label keeps most of its words. */
export function mostlySame(label: string, changed: string): boolean {
  const [own, other] = [label, changed].map((text) => new Set(plain(text).split(' ')));
  const kept = [...(own ?? [])].filter((word) => other?.has(word));
  return kept.length >= (own?.size ?? 0) * 0.75;
}
export const sameUnit = (one: string, other: string): boolean => plainUnit(one) === plainUnit(other);

/**
 * A row of the form with its place in it, from 0, and its STT and unit as they are compared. `section`: the heading it stands
 * under; undefined for headings themselves, and for rows of tables without any.
 */
export type FormRow = {
  readonly row: Row;
  readonly at: number;
  readonly stt: string;
  readonly unit: string;
  readonly section: string | undefined;
};

/** The rows of a form by their label. */
export type Forms = ReadonlyMap<string, readonly FormRow[]>;

export function formsOf(template: Template): Forms {
  const forms = new Map<string, FormRow[]>();
  template.rows.forEach((row, at) => {
    const headed = row.row !== 'section' && template.byId.get(row.section)?.row === 'section';
    const section = headed ? row.section : undefined;
    const form = { row, at, stt: plain(row.stt), unit: plainUnit(row.unit), section };
    const label = plain(row.label);
    forms.set(label, [...(forms.get(label) ?? []), form]);
  });
  return forms;
}

/** Rows of the form with this label and this unit; where none has the unit, those where it is missing on one side. */
export function fitting(
  { label, unit }: { readonly label: string; readonly unit: string },
  forms: Forms,
): readonly FormRow[] {
  const alike = forms.get(plain(label)) ?? [];
  const own = plainUnit(unit);
  const same = alike.filter((form) => form.unit === own);
  return same.length > 0 ? same : alike.filter((form) => own === '' || form.unit === '');
}
