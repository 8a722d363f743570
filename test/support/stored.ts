// What is stored of a row, in the form in which the documents print it.
import type { Report, Value } from '../../src/domain/report.ts';

/** A stored answer and its note as the cells of the printed row: figure or words, and note. */
export function storedCells(report: Report | undefined, id: string): (string | number)[] {
  const answer = report?.answers[id];
  return [answer?.value ? cell(answer.value) : '', answer?.note ?? report?.notes[id] ?? ''];
}

function cell(value: Value): string | number {
  switch (value.is) {
    case 'number':
      return value.number;
    case 'choice':
      return value.code;
    case 'text':
    case 'verbatim':
      return value.text;
    case 'date':
      return value.date;
    default:
      return '';
  }
}
