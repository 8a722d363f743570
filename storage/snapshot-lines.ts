// The lines of a snapshot as snapshot.ts writes them: one for each value of the document, and for a list one for each thing in it.

/** `line` is where it stopped to be such a file, counted from 1. */
type Read =
  | { readonly content: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly cause: unknown };

export type SnapshotLines = {
  /** The next bytes of the file, wherever a line is cut. */
  add(bytes: Uint8Array): void;
  end(): Read;
};

/** Each line is parsed for itself, so that neither the file nor a list must fit into one text. Never throws. */
export function createSnapshotLines(): SnapshotLines {
  const content: Record<string, unknown> = {};
  let list: unknown[] | undefined;
  let state: 'before' | 'within' | 'after' = 'before';
  let line = 0;
  let cause: unknown;
  let rest: Uint8Array[] = [];

  function take(text: string): void {
    line += 1;
    if (state === 'before') {
      if (text !== '{') throw new Error('no document');
      state = 'within';
    } else if (state === 'after') throw new Error('more than one document');
    else if (list) {
      if (text === ']' || text === '],') list = undefined;
      else list.push(JSON.parse(withoutComma(text)));
    } else if (text === '}') state = 'after';
    else takeEntry(text);
  }

  function takeEntry(text: string): void {
    const [, key, value = ''] = /^("[^"]*"): (.*)$/s.exec(text) ?? [];
    if (key === undefined) throw new Error('no entry');
    const name = JSON.parse(key) as string;
    if (value === '[') {
      list = [];
      content[name] = list;
    } else content[name] = JSON.parse(withoutComma(value));
  }

  function takeSafely(bytes: Uint8Array): void {
    if (cause !== undefined) return;
    try {
      take(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    } catch (error) {
      cause = error;
    }
  }

  return {
    add(bytes) {
      let from = 0;
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
        const last = bytes.subarray(from, end);
        takeSafely(rest.length > 0 ? Buffer.concat([...rest, last]) : last);
        rest = [];
        from = end + 1;
      }
      // The caller fills the same buffer again.
      if (from < bytes.length) rest.push(Buffer.from(bytes.subarray(from)));
    },
    end() {
      if (rest.length > 0) takeSafely(Buffer.concat(rest));
      if (cause === undefined && state !== 'after') cause = new Error('cut off');
      return cause === undefined ? { content } : { line, cause };
    },
  };
}

const withoutComma = (text: string): string => (text.endsWith(',') ? text.slice(0, -1) : text);
