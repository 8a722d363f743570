// Files that people send in the web chat, where our own server has to keep them: what a place for them does, and how they are named.

/** The conversation's 32 hex digits, and 32 more that tell its files apart; nothing else is ever a name of one. */
const SOURCE = /^[0-9a-f]{32}-[0-9a-f]{32}$/;

export const isSource = (text: string): boolean => SOURCE.test(text);

/** Whose file it is: `web:` and the chat. */
export const conversationOfSource = (source: string): string => `web:${source.slice(0, source.indexOf('-'))}`;

/** Where such files lie, for every instance of the bot. All verbs reject while the place is out of reach; `source` is always one. */
export type UploadPlace = {
  /** Keeps what comes, in place of what was kept as `source` before. Durable when it resolves; rejects as `bytes` does, and keeps nothing then. */
  put(source: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** undefined: there is none. */
  get(source: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Sources of everything that a conversation has here, also of what is just coming. */
  of(conversation: string): Promise<readonly string[]>;
  /** Removes what these conversations have here. */
  forget(conversations: readonly string[]): Promise<void>;
  /** Removes what began to come longer ago than that (ms), whether it came to its end or not. */
  sweep(age: number): Promise<void>;
  close(): Promise<void>;
};
