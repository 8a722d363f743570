// Reads what the page posts: a typed message, a pressed button, an invitation code.
import { storable } from '../domain/storable.ts';

/** What the person did, without the envelope; `id` is the page's own id, the same when the page repeats a post. */
export type Said = { readonly id: string } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'button'; readonly action: string }
);

/** undefined: not what our page sends (400). 'too-long': the text has more than 8,000 characters (413). */
export type Reading = Said | 'too-long' | undefined;

const LONGEST_TEXT = 8_000;

/** One reader per route; each takes the parsed body. */
export const READERS: Readonly<
  Record<'/api/send' | '/api/press' | '/api/start', (body: unknown) => Reading>
> = {
  '/api/send': (body) => {
    const { id, text } = fields(body);
    if (!isId(id) || typeof text !== 'string') return undefined;
    if (text.length > LONGEST_TEXT) return 'too-long';
    const clean = storable(text).trim();
    return clean === '' ? undefined : { id, type: 'text', text: clean };
  },
  '/api/press': (body) => {
    const { id, action } = fields(body);
    return isId(id) && typeof action === 'string' && /^[\x20-\x7e]{1,64}$/.test(action)
      ? { id, type: 'button', action }
      : undefined;
  },
  '/api/start': (body) => {
    const { id, code } = fields(body);
    return isId(id) && typeof code === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(code)
      ? { id, type: 'text', text: `/start ${code}` }
      : undefined;
  },
};

const fields = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};

/** No colon, so that the id can be found again inside an event's id. */
const isId = (id: unknown): id is string => typeof id === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(id);
