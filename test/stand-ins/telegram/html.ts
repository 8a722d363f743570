// Reads a text with parse_mode HTML as Telegram does, with Telegram's complaints.
import { ApiError } from './world.ts';

const TAGS = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ins',
  's',
  'strike',
  'del',
  'code',
  'pre',
  'blockquote',
  'a',
]);
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

type Open = { readonly name: string; readonly from: number };

/** The text without markup, and its bold parts. Throws ApiError 400 "can't parse entities". */
export function readHtml(html: string): { text: string; bold: string[] } {
  const open: Open[] = [];
  const bold: string[] = [];
  let text = '';
  for (let at = 0; at < html.length; ) {
    const rest = html.slice(at);
    const entity = /^&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|amp|quot));/i.exec(rest);
    if (entity) {
      const [all, decimal, hex, name] = entity;
      text += name
        ? (ENTITIES[name.toLowerCase()] ?? '')
        : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '0', 16));
      at += all.length;
    } else if (rest.startsWith('<')) {
      const offset = Buffer.byteLength(html.slice(0, at));
      const tag = /^<(\/?)([a-z0-9-]*)((?:\s[^>]*)?)>/i.exec(rest);
      if (!tag) throw complaint(`Unclosed start tag at byte offset ${offset}`);
      const name = (tag[2] ?? '').toLowerCase();
      if (tag[1] === '/') close(open, name, offset, text, bold);
      else if (TAGS.has(name)) open.push({ name, from: text.length });
      else throw complaint(`Unsupported start tag "${name}" at byte offset ${offset}`);
      at += tag[0].length;
    } else {
      text += html.charAt(at++);
    }
  }
  const left = open.at(-1);
  if (left) throw complaint(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text: text.trim(), bold };
}

function close(open: Open[], name: string, offset: number, text: string, bold: string[]): void {
  const last = open.pop();
  if (!last) throw complaint(`Unexpected end tag at byte offset ${offset}`);
  if (name !== '' && name !== last.name)
    throw complaint(
      `Unmatched end tag at byte offset ${offset}, expected "</${last.name}>", found "</${name}>"`,
    );
  if (last.name === 'b' || last.name === 'strong') bold.push(text.slice(last.from));
}

function complaint(what: string): ApiError {
  return new ApiError(400, `Bad Request: can't parse entities: ${what}`);
}
