// Template messages of the Zalo stand-in, by user id and by phone, checked against the templates that the test registered.

import { ApiError, fields } from './refusals.ts';
import { sent, show } from './send.ts';
import { charge, mayGetTemplate, reachable } from './windows.ts';
import { type Call, isNight, newMessageId, now, type Person, type Template, type World } from './world.ts';

const QUOTA = { dailyQuota: '5000', remainingQuota: '4999' };

/** POST /v3.0/oa/message/template. At night it arrives without a sound. */
export function sendTemplateByUser(world: World, call: Call): object {
  const body = fields(call.body, 'body', ['user_id', 'template_id', 'template_data']);
  const template = approved(world, body.template_id);
  if (template.uid === false) throw new ApiError(-249, 'Template can not be sent by UID');
  const data = checkData(template, body.template_data);
  const person = reachable(world, body.user_id);
  mayGetTemplate(world, person);
  charge(world, [-136, -137]);
  const seen = show(world, person, shown(world, template, data));
  return sent(seen, person, QUOTA);
}

/** POST /message/template on the template service's host. */
export function sendTemplateByPhone(world: World, call: Call): object {
  const body = fields(call.body, 'body', [
    'phone',
    'template_id',
    'template_data',
    'tracking_id',
    'sending_mode',
  ]);
  const { phone, tracking_id: tracking, sending_mode: mode } = body;
  if (typeof phone !== 'string' || !/^\+?84\d{9}$/.test(phone))
    throw new ApiError(-108, 'Phone number is invalid');
  if (typeof tracking !== 'string' || tracking === '' || tracking.length > 48)
    throw new ApiError(-112, 'tracking_id is invalid');
  if (mode !== undefined && mode !== '1') throw new ApiError(-112, 'sending_mode is invalid');
  const template = approved(world, body.template_id);
  const data = checkData(template, body.template_data);
  if (template.phoneAtDay !== false && isNight(world))
    throw new ApiError(-133, 'ZNS can not be sent at night (22h-6h)');
  const person = withPhone(world, phone.replace('+', ''));
  charge(world, [-136, -137]);
  const at = String(now(world));
  const id = newMessageId();
  person.inbox.push({ ...shown(world, template, data), id, at: Number(at) });
  world.emit({
    name: 'user_received_message',
    queue: person.id,
    fields: {
      sender: { id: world.oaId },
      recipient: { id: person.phone },
      message: { delivery_time: at, msg_id: id, tracking_id: tracking },
    },
    zns: true,
  });
  return { msg_id: id, sent_time: at, sending_mode: '1', quota: QUOTA };
}

/** GET /template/info/v2?template_id= */
export function templateInfo(world: World, call: Call): object {
  const template = world.templates.get(call.query.template_id ?? '');
  if (!template) throw new ApiError(-109, 'Template ID is invalid');
  const { id, params, status = 'ENABLE' } = template;
  return {
    templateId: Number(id),
    templateName: `Mẫu ${id}`,
    status,
    listParams: params.map(({ name, maxLength, required = true }) => ({
      name,
      require: required,
      type: 'STRING',
      maxLength,
      minLength: required ? 1 : 0,
      acceptNull: !required,
    })),
    listButtons: [],
    templateTag: 'TRANSACTION',
    price_sdt: '800',
    price_uid: '560',
  };
}

function approved(world: World, id: unknown): Template {
  const template = typeof id === 'string' ? world.templates.get(id) : undefined;
  if (!template) throw new ApiError(-109, 'Template ID is invalid');
  if (template.status === 'DISABLE') throw new ApiError(-146, 'Template is disabled');
  if (template.status !== undefined && template.status !== 'ENABLE')
    throw new ApiError(-131, 'Template is not approved');
  return template;
}

/** -1122: a parameter is missing; -1124: it is no text; -1121: it is too long; -112: it is not registered. */
function checkData({ params }: Template, value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiError(-112, 'Template data is invalid');
  const given = value as Record<string, unknown>;
  const stranger = Object.keys(given).find((key) => !params.some(({ name }) => name === key));
  if (stranger !== undefined) throw new ApiError(-112, `Template data is invalid: ${stranger}`);
  const data: Record<string, string> = {};
  for (const { name, maxLength, required = true } of params) {
    const one = given[name];
    if (one === undefined || one === '') {
      if (required) throw new ApiError(-1122, `Template data is missing parameter ${name}`);
      continue;
    }
    if (typeof one !== 'string') throw new ApiError(-1124, `Parameter ${name} has an invalid format`);
    if (one.length > maxLength) throw new ApiError(-1121, `Parameter ${name} is over limit ${maxLength}`);
    data[name] = one;
  }
  return data;
}

function shown(world: World, template: Template, data: Record<string, string>) {
  const pattern =
    template.text ??
    Object.keys(data)
      .map((name) => `${name}: <${name}>`)
      .join('\n');
  const text = pattern.replace(/<(\w+)>/g, (_, name: string) => data[name] ?? '');
  const night = isNight(world) ? { silent: true as const } : {};
  return {
    kind: 'template' as const,
    text,
    buttons: [],
    charged: true,
    template: { id: template.id, data },
    ...night,
  };
}

function withPhone(world: World, phone: string): Person {
  const person = [...world.people.values()].find((each) => each.phone === phone);
  if (!person) throw new ApiError(-118, 'Zalo account not existed');
  if (person.blocked !== undefined) throw new ApiError(-139, 'User refused to receive this type of ZNS');
  return person;
}
