// Reads multipart/form-data of exactly one file, the only thing Zalo's upload takes.
import { invalid } from './refusals.ts';

export type Part = { readonly name: string; readonly bytes: Buffer };

/** The file in the field `file`. Throws for a missing one, for other fields, and for a body that is cut off. */
export function readFile(body: Buffer, contentType: string | undefined): Part {
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
  if (boundary === undefined) throw invalid('file');
  const mark = Buffer.from(`\r\n--${boundary}`);
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let found: Part | undefined;
  let from = whole.indexOf(mark);
  for (;;) {
    if (from < 0) throw invalid('file');
    from += mark.length;
    if (whole.subarray(from, from + 2).toString() === '--') break;
    const to = whole.indexOf(mark, from);
    const blank = whole.indexOf('\r\n\r\n', from);
    if (to < 0 || blank < 0 || blank > to) throw invalid('file');
    const head = whole.subarray(from, blank).toString();
    const field = /[;\s]name="?([^";\r\n]*)"?/i.exec(head)?.[1];
    const name = /filename="([^"]*)"|filename=([^;\r\n]*)/i.exec(head);
    if (field !== 'file' || name === null || found) throw invalid(field ?? 'file');
    found = { name: name[1] ?? name[2] ?? '', bytes: Buffer.from(whole.subarray(blank + 4, to)) };
    from = to;
  }
  if (!found) throw invalid('file');
  return found;
}
