// The buttons under a text and the limits Zalo's documentation gives for them.
import { ApiError, fields, invalid, words } from './refusals.ts';
import type { Button, World } from './world.ts';

const TITLE = 100;
const PAYLOAD = 1000;
const SMS = 160;

/** All the buttons, or a refusal of the whole message: there is nothing in between. */
export function takeButtons(world: World, value: unknown): Button[] {
  const { buttons, buttonsRefused, buttonLimit, buttonError } = world.options;
  if (!Array.isArray(value) || value.length === 0) throw invalid('buttons');
  if (buttons === 'refused')
    throw new ApiError(
      buttonsRefused,
      buttonsRefused === -201 ? 'attachment is invalid!' : 'Message type is invalid or not support',
    );
  if (value.length > buttonLimit) throw new ApiError(buttonError, 'buttons is invalid!');
  return value.map((each) => {
    const { title, type, payload } = fields(each, 'button', ['title', 'type', 'payload']);
    return {
      title: words(title, 'title', TITLE, buttonError),
      type: String(type),
      payload: takePayload(type, payload, buttonError),
    };
  });
}

function takePayload(type: unknown, payload: unknown, tooLong: number): unknown {
  switch (type) {
    case 'oa.query.show':
    case 'oa.query.hide':
      return words(payload, 'payload', PAYLOAD, tooLong);
    case 'oa.open.url': {
      const { url } = fields(payload, 'payload', ['url']);
      if (typeof url !== 'string' || !/^https?:\/\/\S+$/.test(url)) throw invalid('url');
      return { url };
    }
    case 'oa.open.phone': {
      const { phone_code } = fields(payload, 'payload', ['phone_code']);
      return { phone_code: phoneCode(phone_code) };
    }
    case 'oa.open.sms': {
      const { content, phone_code } = fields(payload, 'payload', ['content', 'phone_code']);
      return { content: words(content, 'content', SMS, tooLong), phone_code: phoneCode(phone_code) };
    }
    default:
      throw invalid('type');
  }
}

function phoneCode(value: unknown): string {
  if (typeof value !== 'string' || !/^84\d{9,10}$/.test(value)) throw invalid('phone_code');
  return value;
}
