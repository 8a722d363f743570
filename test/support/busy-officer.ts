// An officer who copies a paper form line by line, on Telegram or in the web chat, and types the next line only when its question has come.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Recorded } from '../../src/domain/change.ts';
import type { Text } from '../../src/domain/conversation.ts';
import type { Template } from '../../src/domain/template.ts';
import { echo } from '../../src/text/fill.ts';
import type { TelegramStandIn } from '../stand-ins/telegram.ts';
import { readDocument } from './officer.ts';
import { visit } from './visitor.ts';

export type Officer = {
  readonly unit: string;
  readonly conversation: string;
  /** Types a line; resolves when it was acknowledged, or where nobody can know that, at once. */
  type(line: string): Promise<void>;
  /** What the bot said, oldest first. */
  heard(): readonly string[];
  /** Statuses of the posts that were not acknowledged, each repeated afterwards; 0 for no answer. Only in the web chat. */
  refusals(): readonly number[];
  leave(): void;
};

export const codeOf = (unit: string): string => `code-for-${unit}-with-22-letters`;
/** How long an officer waits for a question before something must be wrong (ms). */
const PATIENCE = 30_000;

type Manner = {
  /** Asked before each line. */
  readonly goesOn: () => boolean;
  /** Up to so many ms pass before a line is typed; left out: none. */
  readonly think?: number;
  /** Left out: PATIENCE. */
  readonly patience?: number;
};

/** The lines that an officer types for a form, in its order. */
function planFor(template: Template): readonly string[] {
  const { lines } = readDocument(template.id);
  return template.indicators.map((row) => lines.find(({ id }) => id === row.id)?.value || '/trong');
}

export function onTelegram(telegram: TelegramStandIn, id: number, unit: string): Officer {
  const person = telegram.user(id);
  return {
    ...{ unit, conversation: `telegram:${id}` },
    type: async (line) => void person.send(line),
    heard: () => person.messages.filter(({ from }) => from === 'bot').map(({ text }) => text),
    refusals: () => [],
    leave: () => {},
  };
}

/** At one address, whoever serves there; the page's stream is opened again whenever it breaks. */
export async function onTheWeb(url: string, unit: string): Promise<Officer> {
  const visitor = await visit(url);
  const refusals: number[] = [];
  let here = true;
  let n = 0;
  void (async () => {
    for (; here; await pause(200)) await visitor.listen(url);
  })();
  return {
    unit,
    conversation: `web:${visitor.chat}`,
    async type(line) {
      const code = /^\/start (\S+)$/.exec(line)?.[1];
      const id = `n${n++}`;
      for (;;) {
        const status = code
          ? await visitor.post(url, '/api/start', { id, code })
          : await visitor.post(url, '/api/send', { id, text: line });
        if (status === 200) return;
        refusals.push(status);
        if (!here) throw new Error(`${unit} left before "${line}" was taken`);
        await pause(200);
      }
    },
    heard() {
      const seqs = visitor.seen.map(({ seq }) => seq);
      expect(seqs, 'the page shows every message once, in order').toEqual(seqs.map((_, at) => at + 1));
      return visitor.seen.filter(({ message }) => !message.mine).map(({ message }) => words(message.text));
    },
    refusals: () => refusals,
    leave() {
      here = false;
      visitor.close();
    },
  };
}

const words = (text: Text): string =>
  text.map((span) => (typeof span === 'string' ? span : span.bold)).join('');

/** Joins, then copies line after line while `goesOn()`. Resolves to how many lines were typed; the question after them has come. */
export async function copy(officer: Officer, template: Template, manner: Manner): Promise<number> {
  const { goesOn, think = 0, patience = PATIENCE } = manner;
  const plan = planFor(template);
  await officer.type(`/start ${codeOf(officer.unit)}`);
  let read = 0;
  for (let n = 0; ; n++) {
    read = await askedFor(officer, template, { n, read, patience });
    if (!goesOn() || n === plan.length - 1) return n;
    await pause(Math.random() * think);
    await officer.type(plan[n] ?? '');
  }
}

/** Waits for the question of row `n` among what came after the first `read` messages; resolves to how many are read then. */
async function askedFor(
  officer: Officer,
  template: Template,
  { n, read, patience }: { n: number; read: number; patience: number },
): Promise<number> {
  const row = template.indicators[n];
  // Alone, or as the first of several rows that are asked at once.
  const heads = [[row?.stt, row?.label].filter(Boolean).join(' '), `1. ${row?.label}`];
  for (const until = performance.now() + patience; ; await pause(20)) {
    const heard = officer.heard();
    const at = heard.findIndex(
      (text, place) => place >= read && text.split('\n').some((line) => heads.includes(line)),
    );
    if (at >= 0) return at + 1;
    if (performance.now() > until)
      throw new Error(
        `${officer.conversation} was not asked for row ${n} (${row?.label}):\n${heard.slice(-3).join('\n---\n')}`,
      );
  }
}

/** The echoes among what was said, each of which stands above the next question. */
const echoesIn = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.split('\n\n')).filter((block) => block.startsWith('✓ '));

/**
 * The `typed` first rows of the form are stored, each once and in order; and the officer saw of all of them, in order, that they are.
 * `mayRepeat`: messages that were cut off while they were sent may have come twice.
 */
export function expectKept(
  officer: Officer,
  history: readonly Recorded[],
  template: Template,
  typed: number,
  mayRepeat = false,
): void {
  const answers = history.flatMap(({ change }) => (change.type === 'answer_set' ? [change] : []));
  expect(answers.map(({ indicator }) => indicator)).toEqual(
    template.indicators.slice(0, typed).map(({ id }) => id),
  );
  const events = history.slice(1).map(({ id }) => id.replace(/:\d+$/, ''));
  expect(new Set(events).size).toBe(typed);
  const stored = answers.flatMap(({ indicator, answer }) => {
    const row = template.indicators.find(({ id }) => id === indicator);
    return row ? [words(echo(row, answer))] : [];
  });
  const seen = echoesIn(officer.heard());
  const first = (texts: readonly string[]) => texts.filter((each, n) => texts.indexOf(each) === n);
  if (mayRepeat) expect(first(seen)).toEqual(first(stored));
  else expect(seen).toEqual(stored);
}
