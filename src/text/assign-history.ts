// What happened to a part that was given to a colleague, for the history of a report.
import { idOfChosen } from '../domain/assignment.ts';
import type { Assignment } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import { nameOf } from './row-names.ts';

const NAME = 60;

/** Nobody is named who has not taken it: what is recorded of a report holds no names. */
export function assignedWords(
  { rows, person, doneAt, endedAt }: Assignment,
  template: Template,
  called: (person: string) => string,
): { readonly what: string; readonly row: string; readonly why?: string } {
  const row = rows.map((id) => nameOf(template, idOfChosen(id), NAME)).join('; ');
  const who = person === undefined ? {} : { why: called(person) };
  if (endedAt !== undefined) return { what: 'lấy lại phần đã giao', row, ...who };
  if (doneAt !== undefined) return { what: 'báo điền xong phần được giao', row, ...who };
  return person === undefined
    ? { what: 'giao cho đồng nghiệp điền (gửi mã mời)', row }
    : { what: 'phần được giao đã có người nhận', row, ...who };
}
