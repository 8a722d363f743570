// Reads multipart/form-data as leniently as Telegram does (Node's own reader refuses an unquoted file name).
import { bad } from './methods.ts';
import type { Files, Params } from './world.ts';

/** Fields become parameters (a keyboard or an album travels as JSON text), files are kept under the name they are attached by. */
export function readMultipart(body: Buffer, contentType: string): { params: Params; files: Files } {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw bad('the request has no boundary');
  const params: Params = {};
  const files: Files = new Map();
  const mark = Buffer.from(`\r\n--${boundary}`);
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let from = whole.indexOf(mark);
  for (;;) {
    from += mark.length;
    if (whole.subarray(from, from + 2).toString() === '--') return { params, files };
    const to = whole.indexOf(mark, from);
    const blank = whole.indexOf('\r\n\r\n', from);
    if (to < 0 || blank < 0 || blank > to) throw bad('the request is cut off');
    const head = whole.subarray(from, blank).toString();
    const bytes = Buffer.from(whole.subarray(blank + 4, to));
    const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? '';
    const file = /\bfilename="?([^"\r\n;]+)/i.exec(head)?.[1];
    const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? '';
    if (file !== undefined) files.set(name, { name: file, type, bytes });
    else
      params[name] =
        name === 'reply_markup' || name === 'media' ? JSON.parse(bytes.toString()) : bytes.toString();
    from = to;
  }
}
