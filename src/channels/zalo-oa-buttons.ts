// Whether buttons may be used: as the operator set it, or until Zalo refuses them, which is remembered across restarts.
import type { ChannelMemory } from './channel.ts';
import type { ZaloOaLog } from './zalo-oa-call.ts';
import { MOST_BUTTONS } from './zalo-oa-render.ts';

export type ButtonMode = 'auto' | 'on' | 'off';

export type Buttons = {
  /** How many people see under a message, as far as known: typed choices are read by this. */
  shown(): number;
  /** How many the next message is tried with. */
  tried(): number;
  /** Learns what another instance or an earlier run found out; asks at most once a minute. */
  look(): Promise<void>;
  /** Zalo took the words without the buttons that it had refused them with. */
  refused(code: number): Promise<void>;
  accepted(): void;
};

type Parts = {
  readonly mode: ButtonMode;
  readonly memory: ChannelMemory;
  readonly now: () => Date;
  readonly log: ZaloOaLog;
};

const LOOK_EVERY = 60_000;
/** How often the refusal is written again when another writer was faster. */
const MOST_RACES = 20;

/** Codes by which Zalo refuses the shape of a message. */
const ABOUT_BUTTONS: ReadonlySet<number> = new Set([-201, -210, -233]);

export function createButtons({ mode, memory, now, log }: Parts): Buttons {
  let isRefused = false;
  let looked = Number.NEGATIVE_INFINITY;

  const remember = async (code: number): Promise<void> => {
    for (let race = 0; race < MOST_RACES; race++) {
      const { state, rev } = await memory.read();
      if (state.buttons !== undefined) return;
      const buttons = { refusedAt: now().toISOString(), code };
      if ((await memory.write({ ...state, buttons }, rev)) === 'done') return;
    }
    throw new Error('other writers were always faster');
  };

  return {
    shown: () => (mode === 'off' || isRefused ? 0 : MOST_BUTTONS),
    tried: () => (mode === 'off' || (mode === 'auto' && isRefused) ? 0 : MOST_BUTTONS),
    async look() {
      if (mode !== 'auto' || isRefused || performance.now() - looked < LOOK_EVERY) return;
      looked = performance.now();
      try {
        isRefused = (await memory.read()).state.buttons !== undefined || isRefused;
      } catch (error) {
        log.warn({ why: String(error) }, 'Zalo OA: whether buttons were refused before could not be read');
      }
    },
    async refused(code) {
      const isNew = !isRefused;
      isRefused = true;
      if (isNew) log.warn({ code, mode }, 'Zalo OA: buttons are refused; choices are listed in the text');
      // Any other code may have been a passing trouble: then it holds until the next start only.
      if (mode !== 'auto' || !isNew || !ABOUT_BUTTONS.has(code)) return;
      await remember(code).catch((error: unknown) => {
        log.error({ why: String(error) }, 'Zalo OA: that buttons are refused could not be remembered');
      });
    },
    accepted() {
      if (mode === 'on') isRefused = false;
    },
  };
}
