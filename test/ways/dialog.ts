// The way of the dialog: every indicator is asked and answered, one by one.
import { fillForm } from '../support/officer.ts';
import type { Way } from './task.ts';

export const dialog: Way = async ({ desk, template, document }) => {
  await fillForm(desk, template, document, 11);
};
