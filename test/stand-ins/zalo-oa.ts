// A strict stand-in of Zalo's Official Account surfaces on this machine, for tests: what Zalo would refuse, it refuses in Zalo's codes.
import { openHost } from './zalo-oa/hosts.ts';
import { type Posted, postRaw, sealed } from './zalo-oa/letter.ts';
import type { Fault, Options } from './zalo-oa/options.ts';
import { createUser, type ZaloUser } from './zalo-oa/people.ts';
import { accessUntil, issueCode, issuePair } from './zalo-oa/tokens.ts';
import { type Delivery, type Held, startWebhook } from './zalo-oa/webhook.ts';
import { type Call, createWorld, newMessageId, now, type Person, type Template } from './zalo-oa/world.ts';

export type ZaloOa = {
  /** In place of https://openapi.zalo.me, https://oauth.zaloapp.com and https://business.openapi.zalo.me. */
  readonly apiRoot: string;
  readonly oauthRoot: string;
  readonly zbsRoot: string;
  readonly oaId: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly oaSecret: string;
  /** A refresh token that has not been used yet (until the bot uses it). */
  readonly refreshToken: string;
  /** The administrator consents anew: returns a fresh refresh token, the old pair is dead. */
  consent(): string;
  /** The same as a code to be exchanged within ten minutes; with a PKCE challenge its verifier is asked for. */
  consentCode(challenge?: string): string;
  /** Where events are delivered from now on; until then they are lost. Repetitions go to the new address too. */
  deliverTo(url: string): void;
  /** The address, or undefined when Zalo switched it off (`disables`). */
  webhook(): string | undefined;
  /** The person with this id (always the same one), or a new one. Nobody has had to do with the OA at first. */
  user(id?: string): ZaloUser;
  /** Milliseconds of Zalo's clock; it runs, and `advance` moves it for windows, tokens, uploads, the minute and the night. */
  now(): number;
  advance(ms: number): void;
  set(options: Partial<Options>): void;
  /** Registers a template, or changes the one with this id. */
  template(template: Template): void;
  /** The next `times` calls of the path, on whichever host, meet this trouble. */
  fault(path: string, fault: Fault, times?: number): void;
  /** The requests that reached us, oldest first, refused ones too. */
  calls(path?: string): readonly Call[];
  /** Every attempt to deliver an event, oldest first. */
  deliveries(): readonly Delivery[];
  /** `until`: when the access token in force ends, by Zalo's clock. */
  tokens(): { refreshes: number; refused: number; access: string; refresh: string; until: number };
  /** How many messages cost money. */
  charged(): number;
  /** Keeps back the events of what `act` does: `oa.hold(() => user.tap('Có'))`. */
  hold(act: () => string): Held;
  /** All events of what `act` does are delivered at the same moment, without an order. */
  burst(act: () => void): void;
  /** Any other event of the console, e.g. change_template_status. */
  event(name: string, fields: Readonly<Record<string, unknown>>): void;
  /** The test POST of the console when an address is saved: unsigned, or signed with a secret nobody knows yet. */
  probe(how?: 'unsigned' | 'unverifiable'): Promise<Posted>;
  /** A stranger posts a text in the name of this person: no signature, a wrong secret, or a signed body that was changed. */
  forge(user: string, text: string, how?: 'unsigned' | 'wrong-secret' | 'changed'): Promise<Posted>;
  /** Resolves when no delivery is under way, waiting or to be repeated. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it on free ports. `at`: where its clock begins, in ms (now when missing). */
export async function startZaloOa(settings: { at?: number } = {}): Promise<ZaloOa> {
  const world = createWorld(settings.at);
  issuePair(world);
  const webhook = startWebhook(world);
  const hosts = await Promise.all((['api', 'oauth', 'zbs'] as const).map((host) => openHost(world, host)));
  const [api = '', oauth = '', zbs = ''] = hosts.map(({ root }) => root);
  const users = new Map<string, ZaloUser>();
  const { oaId, appId, appSecret, oaSecret } = world;

  const urlOrThrow = (): string => {
    if (webhook.url === undefined) throw new Error('deliverTo was not called');
    return webhook.url;
  };
  const post = (raw: string, headers: Record<string, string>): Promise<Posted> =>
    postRaw(urlOrThrow(), raw, headers, world.options.answerWithin);
  const textFrom = (user: string, text: string, secret?: string) => {
    const message = { msg_id: newMessageId(), text };
    const fields = { sender: { id: user }, recipient: { id: oaId }, message };
    return sealed(world, { name: 'user_send_text', queue: user, fields }, secret);
  };

  return {
    ...{ apiRoot: api, oauthRoot: oauth, zbsRoot: zbs, oaId, appId, appSecret, oaSecret },
    refreshToken: world.pair.refresh,
    consent() {
      issuePair(world);
      return world.pair.refresh;
    },
    consentCode: (challenge) => issueCode(world, challenge),
    deliverTo(url) {
      webhook.url = url;
    },
    webhook: () => webhook.url,
    user(id) {
      const person = personOf(world.people, id);
      const user = users.get(person.id) ?? createUser(world, webhook, person);
      users.set(person.id, user);
      return user;
    },
    now: () => now(world),
    advance(ms) {
      world.moved += ms;
    },
    set(options) {
      world.options = { ...world.options, ...options };
    },
    template: (template) => void world.templates.set(template.id, template),
    fault(path, fault, times = 1) {
      world.faults.set(path, [...(world.faults.get(path) ?? []), ...Array<Fault>(times).fill(fault)]);
    },
    calls: (path) => world.calls.filter((call) => path === undefined || call.path === path),
    deliveries: () => [...webhook.deliveries],
    tokens: () => ({
      refreshes: world.refreshes,
      refused: world.refusedRefreshes,
      access: world.pair.access,
      refresh: world.pair.refresh,
      until: accessUntil(world),
    }),
    charged: () => world.charged,
    hold: webhook.hold,
    burst: webhook.burst,
    event: (name, fields) => world.emit({ name, queue: 'console', fields }),
    probe(how = 'unsigned') {
      const { raw, mac } = textFrom('1', 'test', 'nobody knows it yet');
      return post(raw, how === 'unsigned' ? {} : { 'X-ZEvent-Signature': `mac=${mac}` });
    },
    forge(user, text, how = 'wrong-secret') {
      const { raw, mac } = textFrom(user, text, how === 'wrong-secret' ? 'guessed' : undefined);
      const signature = how === 'changed' ? textFrom(user, `${text}.`).mac : mac;
      return post(raw, how === 'unsigned' ? {} : { 'X-ZEvent-Signature': `mac=${signature}` });
    },
    settled: webhook.settled,
    async stop() {
      webhook.stop();
      for (const { server } of hosts) server.closeAllConnections();
      await Promise.all(hosts.map(({ server }) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Ids are longer than a JavaScript number can hold, and neighbours differ only in what it would lose. */
function personOf(people: Map<string, Person>, wanted: string | undefined): Person {
  const number = people.size + 1;
  const id = wanted ?? String(7_219_384_756_102_938_400n + BigInt(number));
  if (!/^\d{16,20}$/.test(id)) throw new Error(`${id} is no id of Zalo: those are long decimal strings`);
  const known = people.get(id);
  if (known) return known;
  const person: Person = {
    id,
    byApp: String(4_669_201_609_102_990_600n + BigInt(number)),
    name: `Người ${number}`,
    phone: `849${String(number).padStart(8, '0')}`,
    inbox: [],
    said: new Set(),
    follower: false,
    left: false,
    lastInteraction: undefined,
    welcome: 3,
    blocked: undefined,
    shared: undefined,
  };
  people.set(id, person);
  return person;
}
