// How the Zalo stand-in behaves where Zalo's behaviour is not known or depends on the account, and the troubles it can make.

export type Options = {
  /** refused: a message with buttons is answered with `buttonsRefused`. */
  readonly buttons: 'accepted' | 'refused';
  readonly buttonsRefused: number;
  readonly buttonLimit: number;
  /** The code for too many buttons, and for a title or payload that is too long. */
  readonly buttonError: number;
  /** The signature of an event with or without `mac=` before it. */
  readonly mac: 'prefixed' | 'bare';
  /** The account that pays between 48 hours and 7 days and for templates: linked, not linked (false), or without money. */
  readonly wallet: boolean | 'empty';
  /** Messages of the package that are used between 48 hours and 7 days before money is. */
  readonly subQuota: number;
  /** Every message that the bot or a human sends comes back as an oa_send_* event. */
  readonly echo: boolean;
  /** Every message that arrives is reported with user_received_message. */
  readonly receipts: boolean;
  /** Every event is delivered twice with the same body, the second time behind whatever waits. */
  readonly duplicates: boolean;
  /** Two events that wait for the same person change places. */
  readonly disorder: boolean;
  /** Pauses in ms before the first, second … repetition of a failed delivery (Zalo: 30 s, 5, 15, 30, 60 min). */
  readonly retryLadder: readonly number[];
  /** After the ladder the webhook is switched off until `deliverTo`, as Zalo does; false: the last pause is repeated for ever. */
  readonly disables: boolean;
  /** any: an answer other than 200 and a late one are failures; connection: only when none could be opened. */
  readonly retryOn: 'any' | 'connection';
  /** How long the webhook may take, in ms. */
  readonly answerWithin: number;
  /** Requests a minute for the whole application. */
  readonly rateLimit: number;
  readonly acceptXlsx: boolean;
  /** filesRefused: all files, but not images and gifs; refused: those too; emptyData: success without a token. */
  readonly uploads: 'accepted' | 'pdfRefused' | 'filesRefused' | 'refused' | 'emptyData';
  readonly usedRefreshError: number;
  /** The code for a person who never had to do with the OA. */
  readonly unknownUser: number;
  /** The HTTP status of refusals. */
  readonly errorStatus: number;
};

export const USUAL: Options = {
  buttons: 'accepted',
  buttonsRefused: -233,
  buttonLimit: 5,
  buttonError: -201,
  mac: 'prefixed',
  wallet: true,
  subQuota: 0,
  echo: true,
  receipts: false,
  duplicates: false,
  disorder: false,
  retryLadder: [30, 50, 80],
  disables: false,
  retryOn: 'any',
  answerWithin: 2000,
  rateLimit: 4000,
  acceptXlsx: false,
  uploads: 'accepted',
  usedRefreshError: -14014,
  unknownUser: -213,
  errorStatus: 200,
};

/**
 * A trouble for the next calls of a path. error: this refusal; status: this HTTP status with this body (nothing else is done);
 * gateway: a web page with 502; hang: no answer; drop-before, drop-after: the connection breaks before or after the call was
 * carried out; hang-after: carried out but never answered; slow: carried out, answered after `ms`.
 */
export type Fault =
  | { readonly kind: 'error'; readonly code: number; readonly message?: string }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'gateway' | 'hang' | 'drop-before' | 'drop-after' | 'hang-after' };
