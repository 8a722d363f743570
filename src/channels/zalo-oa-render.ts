// What a message looks like on Zalo: its text in parts with buttons under the last, and the bodies of the calls; pure.
import type { Button, Text } from '../domain/conversation.ts';
import type { Sending } from './channel.ts';
import { fitChoices } from './choices.ts';
import { composed, plain, splitText } from './split.ts';
import type { ZaloRequest } from './zalo-http.ts';

/** Longest text of one message, in UTF-16 units. */
export const TEXT_LIMIT = 2000;
export const MOST_BUTTONS = 5;
const TITLE_LIMIT = 100;
/** Before every action, so that nobody types by accident what a button says. */
const PAYLOAD = '#ct:';

/** One message to send. `instead`: what is said in its place when Zalo does not take the buttons. */
export type Part = {
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly instead: readonly string[];
};

/** The text in parts of at most 2,000 characters (NFC), `closing` at its end; at most `most` buttons under the last, the others marked in it. */
export function toParts({ seq, message }: Sending, closing: string, most: number): Part[] {
  const whole = composed(closing === '' ? message.text : [...message.text, `\n\n${closing}`]);
  const cut = splitText(whole, TEXT_LIMIT);
  const last = cut.pop() ?? [];
  const { text, buttons } = fitChoices({ seq, message: { ...message, text: last } }, most);
  const ending = texts(text);
  const withButtons = buttons.length > 0 ? ending.pop() : undefined;
  const before = [...cut.map(plain), ...ending].map((each) => ({ text: each, buttons: [], instead: [] }));
  if (withButtons === undefined) return before;
  // Only where the hint to type made one part two must the words themselves be taken from the second.
  const words = ending.length === 0 ? last : [withButtons];
  const marked = fitChoices({ seq, message: { ...message, text: words } }, 0).text;
  return [...before, { text: withButtons, buttons, instead: texts(marked) }];
}

const texts = (text: Text): string[] => splitText(composed(text), TEXT_LIMIT).map(plain);

/** The call that says a part. */
export function sayPart(chat: string, { text, buttons }: Pick<Part, 'text' | 'buttons'>): ZaloRequest {
  if (buttons.length === 0) return consultation(chat, { text });
  const shown = buttons.map(({ label, action }) => ({
    title: shorten(label, TITLE_LIMIT),
    type: 'oa.query.hide',
    payload: `${PAYLOAD}${action}`,
  }));
  return consultation(chat, { text, attachment: { type: 'template', payload: { buttons: shown } } });
}

/** The call that sends an uploaded file. */
export const sayFile = (chat: string, token: string): ZaloRequest =>
  consultation(chat, { attachment: { type: 'file', payload: { token } } });

/** The call that sends an uploaded picture. */
export function sayPicture(chat: string, id: string, text: string): ZaloRequest {
  const elements = [{ media_type: 'image', attachment_id: id }];
  return consultation(chat, {
    text,
    attachment: { type: 'template', payload: { template_type: 'media', elements } },
  });
}

const consultation = (chat: string, message: object): ZaloRequest => ({
  method: 'POST',
  path: '/v3.0/oa/message/cs',
  json: { recipient: { user_id: chat }, message },
});

/** The text in composed form, at most so many UTF-16 units; cut in whole characters, so that no letter is left half. */
export function shorten(text: string, most: number): string {
  const whole = text.normalize('NFC');
  if (whole.length <= most) return whole;
  let short = '';
  for (const letter of whole) {
    if (short.length + letter.length >= most) break;
    short += letter;
  }
  return `${short.trimEnd()}…`;
}
