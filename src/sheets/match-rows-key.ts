// How a row of a form is named in a spreadsheet file that goes out and comes back filled in, and when that name is believed. Pure.
import type { Template, TemplateRef } from '../domain/template.ts';
import { type Forms, plain, plainUnit } from './match-rows-words.ts';

/** A row that a file names: of which form, which version of it, and the row's id there. */
export type RowKey = { readonly template: string; readonly version: number; readonly row: string };

/** "so-ngoai-vu.v1:ke-hoach". Names neither unit nor report, since officers pass their files on. */
export const rowKey = ({ id, version }: TemplateRef, row: string): string => `${id}.v${version}:${row}`;

/** The key that a cell holds; undefined for any other text. */
export function readRowKey(text: string): RowKey | undefined {
  const [, template = '', version = '', row = ''] =
    /^([a-z0-9-]+)\.v(\d{1,6}):([a-z0-9-]+)$/.exec(text.trim()) ?? [];
  return row === '' ? undefined : { template, version: Number(version), row };
}

type Keyed = { readonly key?: RowKey; readonly label: string; readonly unit: string };

/**
 * False when a key stands beside the words of another row of the form: then somebody sorted or moved what can be seen and left the
 * hidden keys behind, and no key of that sheet says anything. A label that was changed to words of its own is no such sign.
 */
export function keysFit(rows: readonly Keyed[], template: Template, forms: Forms): boolean {
  return rows.every(({ key, label, unit }) => {
    const named = key?.template === template.id ? template.byId.get(key.row) : undefined;
    if (!named || label === '') return true;
    const alike = forms.get(plain(label)) ?? [];
    const own = plainUnit(unit);
    if (plain(named.label) !== plain(label)) return alike.length === 0;
    return plainUnit(named.unit) === own || !alike.some((form) => form.unit === own);
  });
}
