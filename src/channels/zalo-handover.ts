// How the operator's command hands a new refresh token to the running bot: a file in the data folder, and one that answers.
import { createHash } from 'node:crypto';
import { chown, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** taken: Zalo accepted it. unavailable: Zalo did not answer, the bot keeps the token and tries again. unreadable: the file was no token. */
export type HandoverResult = {
  readonly outcome: 'taken' | 'refused' | 'unavailable' | 'unreadable';
  readonly at: string;
  /** In Zalo's words; never a token. */
  readonly why?: string;
};

/** Which token an answer is about, without telling the token. */
type Answer = HandoverResult & { readonly of: string };

const FILE = 'zalo-oa.token';
const LONGEST = 16_384;

const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 16);
const placesIn = (folder: string) => ({
  file: join(folder, FILE),
  taking: join(folder, `${FILE}.taking`),
  result: join(folder, `${FILE}.result`),
});

/**
 * The refresh token in what somebody typed or piped in: the token alone, in quotes, or the JSON that Zalo's API Explorer shows.
 * undefined when there is none.
 */
export function readToken(text: string): string | undefined {
  const bare = text.replace(/^\ufeff/, '').trim();
  const word = (fromJson(bare) ?? bare).replace(/^(["'])(.*)\1$/, '$2');
  return /^[\x21-\x7e]{20,4096}$/.test(word) ? word : undefined;
}

function fromJson(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const { refresh_token: token } = JSON.parse(text) as { refresh_token?: unknown };
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}

/** Leaves a token for the bot; durable when it resolves. Rejects when the folder cannot be written. */
export async function leaveToken(folder: string, token: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { file, result } = placesIn(folder);
  await rm(result, { force: true });
  await writeWhole(folder, file, `${token}\n`);
}

/** 'waiting': the bot has not fetched the token yet. 'fetched': it has, and has not answered yet. */
export async function lookForResult(
  folder: string,
  token: string,
): Promise<HandoverResult | 'waiting' | 'fetched'> {
  const { file, result } = placesIn(folder);
  const text = await readFile(result, 'utf8').catch(ifGone);
  const answer = text === undefined ? undefined : (JSON.parse(text) as Answer);
  // One that could not be read could not be named either; the answers to earlier files were removed with ours.
  if (answer && (answer.of === nameOf(token) || answer.outcome === 'unreadable')) {
    const { of: _, ...rest } = answer;
    return rest;
  }
  const left = await readFile(file, 'utf8').catch(ifGone);
  return left !== undefined && readToken(left) === token ? 'waiting' : 'fetched';
}

export type HandedIn = {
  /** undefined: the file holds none, or may not be read. */
  readonly token: string | undefined;
  /** Removes the file, once the token is safe elsewhere. */
  done(): Promise<void>;
};

/**
 * Takes a token that was left, so that no other instance does. `isStart`: also one that was taken and not done with before a
 * crash; later it could be in the hands of another instance.
 */
export async function takeToken(folder: string, isStart: boolean): Promise<HandedIn | undefined> {
  const { file, taking } = placesIn(folder);
  const isNew = await rename(file, taking).then(() => true, ifGone);
  if (!isNew && !isStart) return undefined;
  const text = await readFile(taking, 'utf8').catch((error: unknown) => (isGone(error) ? undefined : ''));
  if (text === undefined) return undefined;
  const token = text.length > LONGEST ? undefined : readToken(text);
  return { token, done: () => rm(taking, { force: true }) };
}

/** Tells the waiting command what became of its token ('': of a file without one). */
export async function leaveResult(folder: string, token: string, result: HandoverResult): Promise<void> {
  const answer: Answer = { ...result, of: nameOf(token) };
  await writeWhole(folder, placesIn(folder).result, `${JSON.stringify(answer)}\n`);
}

/** All of it under its name, or nothing; only for the owner of the folder to read. */
async function writeWhole(folder: string, path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  try {
    await rm(draft, { force: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await giveToOwner(folder, draft);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The administrator's command runs as root where the bot often does not. */
async function giveToOwner(folder: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  await chown(path, uid, gid);
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function ifGone(error: unknown): undefined {
  if (!isGone(error)) throw error;
}
