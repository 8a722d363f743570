// The few words that a report drawn as pictures adds to those of its form.

export const PICTURE = {
  /** In place of a figure that nobody has entered yet. */
  missing: 'chưa có',
  /** Behind a section's heading, or beside a row, that began on the picture before. */
  continued: '(tiếp)',
  counter: (number: number, total: number): string => `Ảnh ${number}/${total}`,
} as const;
