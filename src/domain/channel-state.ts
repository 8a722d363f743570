// What a channel must remember across restarts, and what of its troubles people should know.

/** JSON of the channel's own making: tokens, what the platform refused, what was counted. Never shown, never logged. */
export type ChannelState = Readonly<Record<string, unknown>>;

/** Why a message waits until the person is heard from again, or its channel is resumed. */
export type Hold =
  /** Too long since the person last wrote, for what this platform allows. */
  | 'window'
  /** The person blocked us or refuses such messages. */
  | 'blocked'
  /** The person does not follow the account. */
  | 'unfollowed'
  /** The platform locked the person out, or they have not been online for weeks. */
  | 'inactive'
  /** The platform wants money for it that the office has not paid in. */
  | 'unpaid'
  /** The platform takes no more for now; it is also tried again by itself. */
  | 'later'
  /** The platform objects to the message, or failed at it too often. */
  | 'refused';

/** One conversation in which messages wait. `since`: when the oldest of them was held (ISO). */
export type Held = {
  readonly conversation: string;
  readonly person?: string;
  readonly hold: Hold;
  readonly since: string;
  readonly messages: number;
};

/** A channel's trouble or limit that a coordinator should see. */
export type Notice =
  /** Nothing can be sent until the operator renews the access. */
  | { readonly kind: 'disconnected'; readonly channel: string; readonly since: string }
  /** The platform refuses every message until something is put right; `why` in the platform's words. */
  | { readonly kind: 'refused'; readonly channel: string; readonly why: string }
  /** Messages sent this month (YYYY-MM) and how many there may be. */
  | {
      readonly kind: 'quota';
      readonly channel: string;
      readonly month: string;
      readonly used: number;
      readonly most: number;
    };
