// The few words that a report drawn as pictures adds to those of its form.

import type { Campaign } from '../domain/campaign.ts';
import type { Unit } from '../domain/people.ts';
import type { Template } from '../domain/template.ts';
import { periodWords } from './common.ts';

export const PICTURE = {
  /** In place of a figure: nobody has entered it yet; it is to stay empty; the officer waits for it. */
  missing: 'chưa có',
  blank: 'để trống',
  notApplicable: 'không áp dụng',
  pending: 'chưa có số liệu',
  /** Behind a section's heading, or beside a row, that began on the picture before. */
  continued: '(tiếp)',
  /** In pictures for looking at a report: where a figure is missing, what a row's mark says, and how many of them there are. */
  notEntered: 'chưa nhập',
  mark: { hard: '× cần sửa', soft: '! nên xem lại' },
  counted: {
    missing: (n: number): string => `chưa nhập ${n}`,
    hard: (n: number): string => `× cần sửa ${n}`,
    soft: (n: number): string => `! nên xem lại ${n}`,
  },
  of: (unit: Unit, campaign: Campaign, template: Template): string =>
    `${unit.name} · ${periodWords(campaign, template)}`,
  nothingLeft: 'Đã nhập đủ, không có điểm cần xem lại.',
  counter: (number: number, total: number): string => `Ảnh ${number}/${total}`,
} as const;
