// The few words that a report drawn as pictures adds to those of its form.

export const PICTURE = {
  /** In place of a figure: nobody has entered it yet; it is to stay empty; the officer waits for it. */
  missing: 'chưa có',
  blank: 'để trống',
  notApplicable: 'không áp dụng',
  pending: 'chưa có số liệu',
  /** Behind a section's heading, or beside a row, that began on the picture before. */
  continued: '(tiếp)',
  counter: (number: number, total: number): string => `Ảnh ${number}/${total}`,
} as const;
