// A calendar that can be set while programs run: `new Date()` is the real time and an offset read from a file; timers run as ever.
// Loaded before a program (with MOVED_CLOCK in its settings) it moves that program's calendar; a test moves its own with `moveClock`.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** So seldom the file is read (ms). */
const LOOK_MS = 20;

type MovedClock = {
  /** What a program needs among its settings to go by this clock. */
  readonly env: { readonly MOVED_CLOCK: string };
  /** From now on it is that instant (ms since 1970), and time goes on from there. Resolves when everybody has noticed. */
  set(instant: number): Promise<void>;
  /** The calendar of this process is the real one again. */
  restore(): void;
};

/** Moves this process's calendar by what `file` says; `file` is made. */
export function moveClock(file: string): MovedClock {
  const Real = Date;
  write(file, 0);
  const restore = install(file);
  return {
    env: { MOVED_CLOCK: file },
    async set(instant) {
      write(file, instant - Real.now());
      await new Promise((resolve) => setTimeout(resolve, 3 * LOOK_MS));
    },
    restore,
  };
}

/** Whole or not at all, as it is read all the time. */
function write(file: string, offset: number): void {
  writeFileSync(`${file}.new`, String(offset));
  renameSync(`${file}.new`, file);
}

function install(file: string): () => void {
  const Real = Date;
  let [read, offset] = [Number.NEGATIVE_INFINITY, 0];
  const now = (): number => {
    const ticks = Number(process.hrtime.bigint() / 1_000_000n);
    if (ticks - read >= LOOK_MS) [read, offset] = [ticks, Number(readFileSync(file, 'utf8'))];
    return Real.now() + offset;
  };
  globalThis.Date = new Proxy(Real, {
    construct: (real, given, made) => Reflect.construct(real, given.length > 0 ? given : [now()], made),
    get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
  });
  return () => {
    globalThis.Date = Real;
  };
}

if (process.env.MOVED_CLOCK) install(process.env.MOVED_CLOCK);
