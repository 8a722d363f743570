// One turn taken: the facts that it may look at, the pure step over them, and what is said where a flow fails.
import type { Facts } from '../flows/flow.ts';
import { newSession } from '../flows/remembered.ts';
import { type Step, step } from '../flows/step.ts';
import type { Loaded, Storage } from '../storage/storage.ts';
import type { Channel } from './channels/channel.ts';
import { sha256 } from './codes.ts';
import type { Recorded } from './domain/change.ts';
import type { Event } from './domain/event.ts';
import { previousWith } from './domain/merged.ts';
import type { Template, TemplateRef } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import type { Log } from './log.ts';
import { TROUBLE } from './text/menu.ts';

type Parts = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  readonly channels: readonly Channel[];
  readonly timezone: string;
  readonly holidays: Holidays;
  readonly now: () => Date;
  readonly log: Log;
};

/** `failed`: a flow threw, and this is the apology. */
type Taken = Step & { readonly failed?: true };

/** What a step asks for that is not loaded for every turn. */
type More = { readonly histories: Facts['histories']; readonly recent?: readonly Recorded[] };
/** The step alone, then with all that it asked for, and once more where it then asked for the rest. */
const MOST_STEPS = 3;

/** A step that needs more than was loaded is taken again with that; one that goes on asking is at fault. */
export async function stepWhole(parts: Parts, event: Event, loaded: Loaded, code: string): Promise<Taken> {
  let more: More = { histories: {} };
  for (let steps = 1; ; steps++) {
    const { histories, recent } = more;
    let isLookedFor = false;
    const taken = stepSafely(parts, event, loaded, code, {
      histories,
      recent: () => {
        isLookedFor = true;
        return recent ?? [];
      },
    });
    const isRecentMissing = isLookedFor && recent === undefined;
    if ((!taken.needs && !isRecentMissing) || steps === MOST_STEPS) return taken;
    more = {
      histories: { ...histories, ...(await historiesOf(parts.storage, taken.needs ?? [])) },
      ...(isRecentMissing
        ? { recent: await parts.storage.recent(loaded.person?.unit ?? '') }
        : recent && { recent }),
    };
  }
}

async function historiesOf(storage: Storage, ids: readonly string[]): Promise<Facts['histories']> {
  const found = await Promise.all(ids.map(async (id) => [id, await storage.history(id)] as const));
  return Object.fromEntries(found);
}

/** A bug in a flow must neither lose the position nor silence the chat: one apology, and the event counts as handled. */
function stepSafely(
  parts: Parts,
  event: Event,
  loaded: Loaded,
  code: string,
  more: Pick<Facts, 'histories' | 'recent'>,
): Taken {
  try {
    return step(loaded.session, event, { ...factsFor(parts, loaded, code), ...more });
  } catch (error) {
    parts.log.error({ event: event.id, err: error }, 'a flow threw; the position is kept');
    return apology(event, loaded);
  }
}

/** Nothing changes but that the event counts as handled, and the person is told that it went wrong. */
export function apology({ conversation }: Event, { session }: Loaded): Taken {
  const message = { text: [TROUBLE.apology] };
  return {
    session: session ?? newSession(conversation),
    changes: [],
    messages: [{ conversation, message }],
    failed: true,
  };
}

function factsFor(
  { templates, timezone, holidays, now, channels }: Parts,
  loaded: Loaded,
  code: string,
): Omit<Facts, 'histories' | 'recent'> {
  const template = (ref: TemplateRef) =>
    templates.find((each) => each.id === ref.id && each.version === ref.version);
  return {
    ...loaded,
    previous: previousWith(loaded.previous, loaded.merged, loaded.person?.unit, (id) => {
      const campaign = loaded.campaigns.find((each) => each.id === id);
      return campaign && template(campaign.template);
    }),
    now: now().toISOString(),
    timezone,
    holidays,
    fresh: code,
    template,
    templates: templates.map(({ id, version, name, indicators }) => ({
      ...{ id, version, name },
      indicators: indicators.length,
    })),
    digest: sha256,
    links: (given) => linksFor(channels, given),
    notices: channels.flatMap((channel) => channel.notices()),
  };
}

/** The links that open an invitation, one for each channel that knows its own address. */
export const linksFor = (channels: readonly Channel[], code: string): { channel: string; link: string }[] =>
  channels.flatMap((channel) => {
    const link = channel.inviteLink(code);
    return link === undefined ? [] : [{ channel: channel.name, link }];
  });
