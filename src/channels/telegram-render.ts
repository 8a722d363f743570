// What a message looks like on Telegram: Sending → calls of the Bot API; pure.
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Button, Text } from '../domain/conversation.ts';
import type { SendFile, Sending } from './channel.ts';
import { plain, splitText } from './split.ts';

/** Longest text of a message and of a caption, in UTF-16 units after the markup is taken away. */
export const TEXT_LIMIT = 4096;
const CAPTION_LIMIT = 1024;
const ROW_LIMIT = 8;
const LABEL_LIMIT = 60;

type Markup = { readonly parse_mode: 'HTML'; readonly reply_markup?: InlineKeyboardMarkup };

/** One call to make. `html` is escaped; `options` are the other parameters. */
export type Call =
  | { readonly kind: 'text'; readonly html: string; readonly options: Markup & typeof NO_PREVIEW }
  | {
      readonly kind: 'edit';
      readonly message: number;
      readonly html: string;
      readonly options: Markup & typeof NO_PREVIEW;
    }
  | { readonly kind: 'recaption'; readonly message: number; readonly options: Markup & { caption: string } }
  | {
      readonly kind: 'file';
      readonly file: SendFile;
      readonly options: Partial<Markup> & { caption?: string };
    };

const NO_PREVIEW = { link_preview_options: { is_disabled: true } } as const;

/**
 * The calls that say a message, in order; the buttons are under the last of them. A long text is cut at line ends;
 * a text longer than a caption goes before its file. Empty when there is nothing to say.
 */
export function toCalls(sending: Sending): Call[] {
  const { file, message } = sending;
  const length = plain(message.text).length;
  const asCaption = file !== undefined && length <= CAPTION_LIMIT;
  const keyboard = toKeyboard(message.buttons);
  const texts = asCaption ? [] : splitText(message.text, TEXT_LIMIT);
  const calls: Call[] = texts.map((part, index) => ({
    kind: 'text',
    html: toHtml(part),
    options: markup(!file && index === texts.length - 1 ? keyboard : undefined),
  }));
  if (!file) return calls;
  const caption = asCaption ? toHtml(message.text) : '';
  calls.push({
    kind: 'file',
    file,
    options: {
      ...(caption.trim() === '' ? {} : { caption, parse_mode: 'HTML' as const }),
      ...(keyboard ? { reply_markup: keyboard } : {}),
    },
  });
  return calls;
}

/**
 * The edits that could put a message in the place of `sending.replaces`: of its text, and if it turns out to be a file with a
 * caption, of that. None when an edit cannot say it (a file, pictures, a long text). Without buttons the old ones are taken away.
 */
export function toEdits(sending: Sending): Call[] {
  const { file, pictures, replaces } = sending;
  const [only, ...more] = splitText(sending.message.text, TEXT_LIMIT);
  if (replaces === undefined || file !== undefined || pictures !== undefined) return [];
  if (only === undefined || more.length > 0) return [];
  const message = Number(replaces);
  const html = toHtml(only);
  const options = markup(toKeyboard(sending.message.buttons));
  const { link_preview_options: _, ...captionOptions } = options;
  const edit: Call = { kind: 'edit', message, html, options };
  if (plain(only).length > CAPTION_LIMIT) return [edit];
  return [edit, { kind: 'recaption', message, options: { ...captionOptions, caption: html } }];
}

function markup(keyboard: InlineKeyboardMarkup | undefined): Markup & typeof NO_PREVIEW {
  return { parse_mode: 'HTML', ...NO_PREVIEW, ...(keyboard ? { reply_markup: keyboard } : {}) };
}

function toKeyboard(rows: readonly (readonly Button[])[] | undefined): InlineKeyboardMarkup | undefined {
  const inline_keyboard = (rows ?? []).flatMap((row) => {
    const buttons = row.map(({ label, action }) => ({ text: cut(label), callback_data: action }));
    return Array.from({ length: Math.ceil(buttons.length / ROW_LIMIT) }, (_, n) =>
      buttons.slice(n * ROW_LIMIT, (n + 1) * ROW_LIMIT),
    );
  });
  return inline_keyboard.length > 0 ? { inline_keyboard } : undefined;
}

/** Counted in whole characters, so that no letter is left half. */
function cut(label: string): string {
  const letters = [...label];
  return letters.length <= LABEL_LIMIT ? label : `${letters.slice(0, LABEL_LIMIT - 1).join('')}…`;
}

function toHtml(text: Text): string {
  return text
    .map((span) =>
      typeof span === 'string' ? escapeHtml(span) : span.bold && `<b>${escapeHtml(span.bold)}</b>`,
    )
    .join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
