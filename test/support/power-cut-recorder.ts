// Writes down, in order, what a program does to the files below a folder: from it a test tells what a power cut may undo.
// Loaded before a program that has POWER_CUT_ROOT and POWER_CUT_LOG among its settings, it records that program into the log.
import fs from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { relative, resolve, sep } from 'node:path';

/**
 * One thing done. Paths are below the folder, '' is the folder itself. `write` and `syncing` stand where the call began, all else
 * where it ended well; a sync makes last what was done to its file (or its folder's names) before it began. `told`: somebody outside
 * was told something.
 */
export type Deed =
  | { readonly did: 'open'; readonly handle: string; readonly path: string; readonly cut: boolean }
  | { readonly did: 'write'; readonly handle: string; readonly at: number; readonly bytes: string }
  | { readonly did: 'truncate'; readonly handle: string; readonly size: number }
  | { readonly did: 'syncing' | 'synced'; readonly handle: string; readonly sync: string }
  | { readonly did: 'rename'; readonly from: string; readonly to: string }
  | { readonly did: 'remove'; readonly path: string }
  | { readonly did: 'folder'; readonly path: string }
  | { readonly did: 'told'; readonly what: string };

type Call = (...given: unknown[]) => Promise<unknown>;
type Calls = Record<string, Call>;
type Open = { readonly name: string; at: number };

/** Names are never used twice in a process, however often it is recorded. */
let count = 0;

/** Records what this process does below `root` from now on; the result ends that. */
export async function recordDeeds(root: string, note: (deed: Deed) => void): Promise<() => void> {
  const opened = new WeakMap<object, Open>();
  const below = (path: unknown): string | undefined => {
    const found = relative(root, resolve(String(path)));
    return found === '..' || found.startsWith(`..${sep}`) ? undefined : found;
  };
  const name = (): string => {
    count += 1;
    return `${process.pid}:${count}`;
  };
  const recorder = { opened, below, note, name };
  const probe = await fs.promises.open(tmpdir(), 'r');
  const files = Object.getPrototypeOf(probe) as Calls;
  await probe.close();
  const undo = [
    replace(files, onFiles(recorder)),
    replace(fs.promises as unknown as Calls, onNames(recorder)),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const each of undo) each();
    syncBuiltinESMExports();
  };
}

type Recorder = {
  readonly opened: WeakMap<object, Open>;
  readonly below: (path: unknown) => string | undefined;
  readonly note: (deed: Deed) => void;
  readonly name: () => string;
};
type Wrap = (usual: Call) => (this: object, ...given: unknown[]) => Promise<unknown>;

function replace(calls: Calls, wraps: Readonly<Record<string, Wrap>>): () => void {
  const before = Object.keys(wraps).map((name) => [name, calls[name]] as const);
  for (const [name, wrap] of Object.entries(wraps)) {
    const usual = calls[name];
    if (usual) calls[name] = wrap(usual) as Call;
  }
  return () => {
    for (const [name, usual] of before) if (usual) calls[name] = usual;
  };
}

/** What is done to open files. */
function onFiles({ opened, note, name }: Recorder): Record<string, Wrap> {
  const written = (of: object, bytes: Buffer, at: unknown): void => {
    const open = opened.get(of);
    if (!open) return;
    const from = typeof at === 'number' ? at : open.at;
    if (typeof at !== 'number') open.at += bytes.length;
    note({ did: 'write', handle: open.name, at: from, bytes: bytes.toString('base64') });
  };
  const sync: Wrap = (usual) =>
    async function (...given) {
      const open = opened.get(this);
      if (!open) return usual.apply(this, given);
      const number = name();
      note({ did: 'syncing', handle: open.name, sync: number });
      const result = await usual.apply(this, given);
      note({ did: 'synced', handle: open.name, sync: number });
      return result;
    };
  return {
    sync,
    datasync: sync,
    write: (usual) =>
      function (...given) {
        const [what, second, third, fourth] = given;
        if (typeof what === 'string') written(this, Buffer.from(what), second);
        else {
          const bytes = Buffer.from(what as Uint8Array);
          const options = typeof second === 'object' && second !== null ? (second as Span) : undefined;
          const from = options?.offset ?? (typeof second === 'number' ? second : 0);
          const length = options?.length ?? (typeof third === 'number' ? third : bytes.length - from);
          written(this, bytes.subarray(from, from + length), options?.position ?? fourth);
        }
        return usual.apply(this, given);
      },
    writev: (usual) =>
      function (...given) {
        written(this, Buffer.concat(given[0] as Uint8Array[]), given[1]);
        return usual.apply(this, given);
      },
    ...Object.fromEntries(
      ['writeFile', 'appendFile'].map((name): [string, Wrap] => [
        name,
        (usual) =>
          function (...given) {
            written(this, Buffer.from(given[0] as Uint8Array), undefined);
            return usual.apply(this, given);
          },
      ]),
    ),
    truncate: (usual) =>
      async function (...given) {
        const result = await usual.apply(this, given);
        const open = opened.get(this);
        if (open) note({ did: 'truncate', handle: open.name, size: Number(given[0] ?? 0) });
        return result;
      },
  };
}

type Span = { readonly offset?: number; readonly length?: number; readonly position?: number };

/** What is done to names. */
function onNames({ opened, below, note, name }: Recorder): Record<string, Wrap> {
  const whole = (path: string, bytes: Uint8Array): void => {
    const handle = name();
    note({ did: 'open', handle, path, cut: true });
    note({ did: 'write', handle, at: 0, bytes: Buffer.from(bytes).toString('base64') });
  };
  return {
    open: (usual) =>
      async function (...given) {
        const result = (await usual.apply(this, given)) as object;
        const path = below(given[0]);
        if (path === undefined) return result;
        const open = { name: name(), at: 0 };
        opened.set(result, open);
        const flags = given[1] ?? 'r';
        const cut = typeof flags === 'string' ? flags.startsWith('w') : isCut(Number(flags));
        note({ did: 'open', handle: open.name, path, cut });
        return result;
      },
    writeFile: (usual) =>
      async function (...given) {
        const result = await usual.apply(this, given);
        const path = typeof given[0] === 'string' ? below(given[0]) : undefined;
        if (path !== undefined) whole(path, Buffer.from(given[1] as Uint8Array));
        return result;
      },
    copyFile: (usual) =>
      async function (...given) {
        const result = await usual.apply(this, given);
        const path = below(given[1]);
        if (path !== undefined) whole(path, fs.readFileSync(String(given[1])));
        return result;
      },
    rename: (usual) =>
      async function (...given) {
        const result = await usual.apply(this, given);
        const [from, to] = [below(given[0]), below(given[1])];
        if (from !== undefined && to !== undefined) note({ did: 'rename', from, to });
        return result;
      },
    ...Object.fromEntries(
      ['rm', 'unlink'].map((each): [string, Wrap] => [
        each,
        (usual) =>
          async function (...given) {
            const path = below(given[0]);
            const was = path !== undefined && fs.existsSync(String(given[0]));
            const result = await usual.apply(this, given);
            if (was) note({ did: 'remove', path });
            return result;
          },
      ]),
    ),
    mkdir: (usual) =>
      async function (...given) {
        const made = await usual.apply(this, given);
        const recursive = (given[1] as { recursive?: boolean } | undefined)?.recursive === true;
        const [first, last] = [below(recursive ? made : given[0]), below(given[0])];
        if (first === undefined || last === undefined || (recursive && made === undefined)) return made;
        const parts = last.split(sep);
        for (let n = first.split(sep).length; n <= parts.length; n++)
          note({ did: 'folder', path: parts.slice(0, n).join(sep) });
        return made;
      },
  };
}

const isCut = (flags: number): boolean => (flags & fs.constants.O_TRUNC) !== 0;

/** What the program acknowledges: the header of the question by which its asker knows the answer 200. */
function recordAnswers(note: (deed: Deed) => void): void {
  const head = http.ServerResponse.prototype.writeHead as unknown as (...given: unknown[]) => unknown;
  http.ServerResponse.prototype.writeHead = function (this: http.ServerResponse, ...given: unknown[]) {
    const what = this.req.headers['x-note'];
    if (given[0] === 200 && typeof what === 'string') note({ did: 'told', what });
    return head.apply(this, given);
  } as unknown as typeof http.ServerResponse.prototype.writeHead;
}

const { POWER_CUT_ROOT, POWER_CUT_LOG } = process.env;
if (POWER_CUT_ROOT && POWER_CUT_LOG) {
  const log = fs.openSync(POWER_CUT_LOG, 'a');
  // At once and in one piece, so that a kill takes nothing of it back.
  const note = (deed: Deed): void => void fs.writeSync(log, `${JSON.stringify(deed)}\n`);
  await recordDeeds(POWER_CUT_ROOT, note);
  recordAnswers(note);
}
