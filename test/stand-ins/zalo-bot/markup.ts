// Reads a text with parse_mode as the person will see it. Where Zalo's own reader is not known, this one is the stricter.
import { bad } from './world.ts';

const TAG = /<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>|<|&(?:lt|gt|amp|quot|#\d+);|&/gi;
const TAGS = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'del', 'strike']);
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };

type Read = { readonly text: string; readonly bold: readonly string[] };

/** The text without its markup, and its bold parts. Throws ApiError 400 on an unknown mode and on broken HTML. */
export function readMarkup(text: string, mode: unknown): Read {
  if (mode === undefined) return { text, bold: [] };
  if (mode === 'html') return readHtml(text);
  if (mode === 'markdown') return readMarkdown(text);
  throw bad('parse_mode must be markdown or html');
}

function readHtml(html: string): Read {
  const open: { name: string; from: number }[] = [];
  const bold: string[] = [];
  let text = '';
  let at = 0;
  for (const match of html.matchAll(TAG)) {
    text += html.slice(at, match.index);
    at = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) {
      text += entity(match[0]);
    } else if (!TAGS.has(name)) {
      throw bad(`can't parse text: unsupported tag "${name}"`);
    } else if (match[1] === '') {
      open.push({ name, from: text.length });
    } else {
      const last = open.pop();
      if (last?.name !== name) throw bad(`can't parse text: unexpected end tag "${name}"`);
      if (name === 'b' || name === 'strong') bold.push(text.slice(last.from));
    }
  }
  const left = open.at(-1);
  if (left) throw bad(`can't parse text: tag "${left.name}" is not closed`);
  return { text: text + html.slice(at), bold };
}

function entity(found: string): string {
  const number = /^&#(\d+);$/.exec(found)?.[1];
  const sign = number === undefined ? ENTITIES[found.toLowerCase()] : String.fromCodePoint(Number(number));
  if (sign === undefined) throw bad(`can't parse text: "${found}" must be escaped`);
  return sign;
}

/** A mark without its partner stays in the text, as in Markdown everywhere. */
function readMarkdown(markdown: string): Read {
  const bold: string[] = [];
  const text = markdown
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, (_, inner: string) => {
      bold.push(inner);
      return inner;
    })
    .replace(/__(\S(?:.*?\S)?)__/g, '$1')
    .replace(/~~(\S(?:.*?\S)?)~~/g, '$1')
    .replace(/\*([^\s*](?:[^*\n]*[^\s*])?)\*/g, '$1')
    .replace(/(?<!\w)_(\S(?:.*?\S)?)_(?!\w)/g, '$1');
  return { text, bold };
}
