// Makes an event fit to be handled and stored, whoever sent it and whatever a platform let through.
import type { Event, SentFile } from './domain/event.ts';
import { LONGEST_TEXT, storable } from './domain/storable.ts';

const LONGEST_NAME = 200;
/** Addresses of files are long, but not without end. */
const LONGEST_SOURCE = 4_000;
/** What our own buttons carry; anything else was made by somebody else, and stands for no button. */
const ACTION = /^[\x20-\x7e]{1,64}$/;

/** The same event without what no store takes; words beyond all measure become a message that cannot be used. */
export function sound(event: Event): Event {
  const { id, conversation, at } = event;
  switch (event.type) {
    case 'text':
    case 'edited':
      if (event.text.length > LONGEST_TEXT)
        return { id, conversation, at, type: 'unsupported', what: 'long' };
      return { ...event, text: storable(event.text) };
    case 'button':
      return ACTION.test(event.action) ? event : { ...event, action: '' };
    case 'file':
      return { ...event, file: soundFile(event.file) };
    case 'contact':
      return event.name === undefined
        ? event
        : { ...event, name: storable(event.name).slice(0, LONGEST_NAME) };
    default:
      return event;
  }
}

const soundFile = ({ name, source, ...rest }: SentFile): SentFile => ({
  ...rest,
  name: storable(name).slice(0, LONGEST_NAME),
  source: storable(source).slice(0, LONGEST_SOURCE),
});
