// The shapes of a consultation message and Zalo's refusals for everything else.
import { takeButtons } from './buttons.ts';
import { ApiError, type Fields, fields, invalid, words } from './refusals.ts';
import { type Asset, now, type Person, type Seen, type World } from './world.ts';

/** What the message shows; the rest of a Seen is added when it goes out. */
export type Content = Pick<Seen, 'kind' | 'text' | 'buttons' | 'file' | 'image' | 'url' | 'quote'>;

const TEXT = 2000;
const KEPT = 7 * 24 * 3_600_000;

export function readMessage(world: World, person: Person, value: unknown): Content {
  const message = fields(value, 'message', ['text', 'attachment', 'quote_message_id']);
  const text = message.text === undefined ? '' : words(message.text, 'text', TEXT);
  if (message.attachment !== undefined) {
    if (message.quote_message_id !== undefined) throw invalid('quote_message_id');
    return readAttachment(world, text, message.attachment);
  }
  if (text === '') throw invalid('text');
  const plain: Content = { kind: 'text', text, buttons: [] };
  const quote = message.quote_message_id;
  if (quote === undefined) return plain;
  if (typeof quote !== 'string' || !(person.said.has(quote) || person.inbox.some(({ id }) => id === quote)))
    throw invalid('quote_message_id');
  return { ...plain, quote };
}

function readAttachment(world: World, text: string, value: unknown): Content {
  const { type, payload } = fields(value, 'attachment', ['type', 'payload']);
  if (type === 'file') {
    if (text !== '') throw invalid('text');
    const { token } = fields(payload, 'payload', ['token']);
    const { name, type, bytes } = assetOf(world, token, 'file', 'token');
    return { kind: 'file', text: '', buttons: [], file: { name, type, bytes } };
  }
  if (type !== 'template') throw invalid('attachment.type');
  const template = fields(payload, 'payload', ['template_type', 'elements', 'buttons']);
  if (template.template_type === undefined) {
    if (template.elements !== undefined) throw invalid('template_type');
    if (text === '') throw invalid('text');
    return { kind: 'text', text, buttons: takeButtons(world, template.buttons) };
  }
  // An image and buttons share the one attachment, so there is no message with both.
  if (template.buttons !== undefined) throw invalid('buttons');
  const { elements, template_type } = template;
  if (template_type === 'media') return { text, buttons: [], ...readMedia(world, onlyElement(elements)) };
  if (template_type !== 'request_user_info')
    throw new ApiError(-233, 'Message type is invalid or not support');
  if (text !== '') throw invalid('text');
  return readRequest(onlyElement(elements));
}

function onlyElement(elements: unknown): unknown {
  if (!Array.isArray(elements) || elements.length !== 1) throw invalid('elements');
  return elements[0];
}

function readMedia(world: World, value: unknown): Omit<Content, 'text' | 'buttons'> {
  const known = ['media_type', 'attachment_id', 'url', 'width', 'height'];
  const element = fields(value, 'element', known);
  const { media_type: kind, attachment_id: id, url } = element;
  if (kind !== 'image' && kind !== 'gif' && kind !== 'sticker') throw invalid('media_type');
  if ((id === undefined) === (url === undefined)) throw invalid('attachment_id');
  if (kind === 'gif' && !(isSize(element.width) && isSize(element.height))) throw invalid('width');
  if (kind === 'sticker') {
    if (typeof id !== 'string' || id === '') throw invalid('attachment_id');
    return { kind, url: id };
  }
  if (url !== undefined) return { kind, url: publicAddress(url) };
  return { kind, image: assetOf(world, id, kind, 'attachment_id').bytes };
}

function readRequest(value: unknown): Content {
  const element: Fields = fields(value, 'element', ['title', 'subtitle', 'image_url']);
  const title = words(element.title, 'title', 100, -201);
  const subtitle = words(element.subtitle, 'subtitle', 500, -201);
  const url = publicAddress(element.image_url);
  return { kind: 'request', text: `${title}\n${subtitle}`, buttons: [], url };
}

/** Zalo fetches the picture itself, so an address of this machine is of no use. */
function publicAddress(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || /^(localhost|\[|[\d.]+$)/.test(url.hostname))
    throw invalid('url');
  return url.href;
}

function isSize(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function assetOf(world: World, token: unknown, kind: Asset['kind'], field: string): Asset {
  const asset = typeof token === 'string' ? world.assets.get(token) : undefined;
  if (!asset || asset.kind !== kind) throw invalid(field);
  if (now(world) > asset.at + KEPT) throw new ApiError(-100, 'attachment_id was expired');
  return asset;
}
