// How a message of the OA reaches the person: it is shown, told to the webhook as an echo, and answered with its id.
import { createHash } from 'node:crypto';
import { fields } from './refusals.ts';
import { readMessage } from './shapes.ts';
import { payForMessage, reachable } from './windows.ts';
import { type Call, newMessageId, now, type Person, type Seen, type World } from './world.ts';

/** POST /v3.0/oa/message/cs: a consultation message. */
export function sendConsultation(world: World, call: Call): object {
  const { recipient, message } = fields(call.body, 'body', ['recipient', 'message']);
  const { user_id } = fields(recipient, 'recipient', ['user_id']);
  const person = reachable(world, user_id);
  const content = readMessage(world, person, message);
  const { quota, charged } = payForMessage(world, person);
  const quotaType = quota?.quota_type;
  const seen = show(world, person, {
    ...content,
    charged,
    ...(typeof quotaType === 'string' ? { quotaType } : {}),
  });
  return sent(seen, person, quota);
}

/** The `data` of an answer to a send. */
export function sent(seen: Seen, person: Person, quota: object | undefined): object {
  return {
    message_id: seen.id,
    user_id: person.id,
    sent_time: String(seen.at),
    ...(quota ? { quota } : {}),
  };
}

/** Puts it into the person's chat, and tells the webhook of it. `admin`: the human who wrote it. */
export function show(world: World, person: Person, what: Omit<Seen, 'id' | 'at'>, admin?: string): Seen {
  const seen: Seen = { ...what, id: newMessageId(), at: now(world) };
  person.inbox.push(seen);
  const { options, oaId } = world;
  const message = { msg_id: seen.id, ...echoOf(seen) };
  if (options.echo)
    world.emit({
      name: `oa_send_${seen.kind === 'request' ? 'template' : seen.kind}`,
      queue: person.id,
      fields: {
        sender: { id: oaId, ...(admin === undefined ? {} : { admin_id: admin }) },
        recipient: { id: person.id },
        message,
        user_id_by_app: person.byApp,
      },
    });
  if (options.receipts)
    world.emit({
      name: 'user_received_message',
      queue: person.id,
      fields: {
        sender: { id: person.id },
        recipient: { id: oaId },
        message: { msg_id: seen.id },
        user_id_by_app: person.byApp,
      },
    });
  return seen;
}

function echoOf({ id, kind, text, file, url, template }: Seen): object {
  const address = `http://f${id.slice(0, 1)}-zdn.example.zdn.vn/${id}`;
  const attached = (type: string, payload: object) => ({ attachments: [{ type, payload }] });
  switch (kind) {
    case 'text':
      return { text };
    case 'image':
    case 'gif':
      return {
        ...(text === '' ? {} : { text }),
        ...attached(kind, { thumbnail: `${address}-t`, url: url ?? address }),
      };
    case 'sticker':
      return attached('sticker', { id: url, url: address });
    case 'file': {
      const checksum = createHash('md5')
        .update(file?.bytes ?? '')
        .digest('hex');
      return attached('file', {
        url: address,
        name: file?.name,
        size: String(file?.bytes.length),
        type: file?.type,
        checksum,
      });
    }
    case 'request':
    case 'template':
      return attached('template', { zinstant_id: template?.id ?? id, text, link_url: '', checksum: id });
  }
}
