// Whether this process can serve now, and if not, why: for load balancers, containers and the operator.
import type { Storage } from '../storage/storage.ts';
import { within } from './channels/waiting.ts';

/** `channels`: "up", or why not. A channel that is down does not make the bot unready: the others go on. */
type Ready = {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  readonly store: string;
  readonly templates: number;
  readonly channels: Readonly<Record<string, string>>;
};

type Parts = {
  readonly storage: Storage;
  /** Why the last write failed; undefined when it did not. */
  readonly writeFault: () => string | undefined;
  readonly templates: number;
  readonly channels: readonly { readonly name: string; fault(): string | undefined }[];
};

/** How long the store may take to answer (ms), and how long an answer of it is good enough for the next who asks. */
const PATIENCE = 2_000;
const FRESH = 1_000;

type Stage = 'starting' | 'serving' | 'stopping';

export type Readiness = { enter(stage: Stage): void; look(): Promise<Ready> };

/** Begins as starting. `look` never rejects. */
export function createReadiness({ storage, writeFault, templates, channels }: Parts): Readiness {
  let stage: Stage = 'starting';
  let asked: { readonly at: number; readonly answer: Promise<string | undefined> } | undefined;

  /** Why the store does not answer. Many may ask at once: the store is asked once a second at most. */
  const storeFault = (): Promise<string | undefined> => {
    const now = performance.now();
    if (asked && now - asked.at < FRESH) return asked.answer;
    let hasAnswered = false;
    const reading = storage.unit('').then(() => {
      hasAnswered = true;
    });
    const answer = within(reading, PATIENCE).then(
      () => (hasAnswered ? undefined : 'no answer in time'),
      () => 'away',
    );
    asked = { at: now, answer };
    return answer;
  };

  return {
    enter(next) {
      stage = next;
    },
    async look() {
      const read = stage === 'stopping' ? undefined : await storeFault();
      const written = writeFault();
      const store =
        read !== undefined ? read : written !== undefined ? `the last write failed (${written})` : 'ok';
      const reasons = [
        ...(stage === 'serving' ? [] : [stage]),
        ...(store === 'ok' ? [] : [`store: ${store}`]),
        ...(templates > 0 ? [] : ['no templates']),
      ];
      const states = channels.map(({ name, fault }) => {
        const why = fault();
        return [name, why === undefined ? 'up' : `down: ${why}`];
      });
      return { ready: reasons.length === 0, reasons, store, templates, channels: Object.fromEntries(states) };
    },
  };
}
