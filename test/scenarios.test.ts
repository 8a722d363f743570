// Runs the transcripts in test/scenarios/: what is typed (>), what must be answered (<), what must not (!), what changes (=).
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Recorded } from '../src/domain/change.ts';
import { instantOf } from '../src/domain/clock.ts';
import type { FileRequest } from '../src/domain/conversation.ts';
import type { Role } from '../src/domain/people.ts';
import type { Value } from '../src/domain/report.ts';
import { createWorld, plain, type Seen, TIMEZONE, type World } from './support/world.ts';

const folder = new URL('./scenarios/', import.meta.url);

type Line = { readonly n: number; readonly mark: string; readonly rest: string };

function parse(text: string): { setup: Map<string, string>; lines: Line[] } {
  const setup = new Map<string, string>();
  const lines: Line[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) continue;
    const header = /^(template|unit|period|now|due): (.+)$/.exec(line);
    if (header?.[1] && header[2] && lines.length === 0) setup.set(header[1], header[2]);
    else lines.push({ n: index + 1, mark: line.slice(0, 1), rest: line.slice(1).trim() });
  }
  return { setup, lines };
}

const at = (local: string): string => instantOf(local.replace(' ', 'T'), TIMEZONE) ?? '';

async function play(text: string, file: string): Promise<void> {
  const { setup, lines } = parse(text);
  const now = at(setup.get('now') ?? '2022-09-14 08:00');
  const world = await createWorld({
    template: setup.get('template') ?? 'ubnd-thi-xa-nga-nam',
    unit: setup.get('unit') ?? 'UBND thị xã Ngã Năm',
    period: setup.get('period') ?? '2022-Q3',
    now,
    ...(setup.has('due') ? { due: at(setup.get('due') ?? '') } : {}),
  });
  const state = { who: '', said: '', recorded: 0, messages: 0 };
  for (const line of lines) await perform(world, line, state, file);
}

const isRole = (word: string | undefined): word is Role =>
  word === 'coordinator' || word === 'viewer' || word === 'leader' || word === 'officer';

type State = { who: string; said: string; recorded: number; messages: number };

async function perform(world: World, line: Line, state: State, file: string): Promise<void> {
  const where = `${file}:${line.n}`;
  switch (line.mark) {
    case '@': {
      const [name = '', role] = line.rest.split(' as ');
      const isNew = world.transcript(`test:${name}`).length === 0 && role !== 'stranger';
      state.who = `test:${name}`;
      if (isNew) {
        await world.join(name, isRole(role) ? role : 'officer');
        state.said = world.transcript(state.who).map(plain).join('\n');
      }
      state.recorded = (await history(world)).length;
      return;
    }
    case '*':
      world.setNow(at(line.rest));
      return;
    case '>':
      state.recorded = (await history(world)).length;
      state.messages += 1;
      state.said = words(await act(world, state, line.rest), state.who);
      return;
    case '<': {
      const place = state.said.indexOf(line.rest);
      expect(place, `${where}: “${line.rest}” was expected in:\n${state.said}`).toBeGreaterThanOrEqual(0);
      state.said = state.said.slice(place + line.rest.length);
      return;
    }
    case '!':
      expect(state.said, where).not.toContain(line.rest);
      return;
    case '=': {
      const next = (await history(world))[state.recorded];
      expect(next ? describeChange(next) : 'nothing was changed', where).toBe(line.rest);
      state.recorded += 1;
      return;
    }
    case '0':
      expect((await history(world)).slice(state.recorded).map(describeChange), where).toEqual([]);
      return;
    default:
      throw new Error(`${where}: a line begins with one of @ * > < ! = 0`);
  }
}

/** `[label]` presses a button, `{n text}` edits the n-th typed message, `(sticker)` sends something else, the rest is typed. */
function act(world: World, state: State, what: string): Promise<readonly Seen[]> {
  const press = /^\[(.+)\]$/.exec(what);
  if (press?.[1]) return world.press(state.who, press[1]);
  const base = { id: world.nextId(), conversation: state.who, at: new Date(0).toISOString() };
  const edit = /^\{(\d+) (.+)\}$/.exec(what);
  if (edit?.[1] && edit[2]) return world.send({ ...base, type: 'edited', message: edit[1], text: edit[2] });
  const other = /^\((sticker|voice|photo|file|location|forwarded|group)\)$/.exec(what);
  if (other?.[1]) return world.send({ ...base, type: 'unsupported', what: other[1] as 'sticker' });
  return world.say(state.who, what.replaceAll('\\n', '\n'), String(state.messages));
}

const words = (seen: readonly Seen[], who: string): string =>
  seen
    .map(({ conversation, message }) => {
      const labels = (message.buttons ?? []).flat().map((button) => `[${button.label}]`);
      const file = message.file ? fileWords(message.file) : '';
      return [
        ...(conversation === who ? [] : [`→ ${conversation.slice(5)}:`]),
        plain(message),
        ...labels,
        file,
      ].join('\n');
    })
    .join('\n');

/** "<file>", "<file 2>" for a version, "<file board>" and the like for what is no single report. */
function fileWords(file: FileRequest): string {
  if ('report' in file) return `<file${file.version ? ` ${file.version}` : ''}>`;
  if ('campaign' in file) return `<file ${file.what}>`;
  return 'history' in file ? '<file history>' : '<file invitations>';
}

const history = (world: World): Promise<readonly Recorded[]> =>
  world.storage.history(`${world.campaign.id}/${world.unit.id}`);

function describeChange({ change }: Recorded): string {
  switch (change.type) {
    case 'answer_set':
      return [
        'answer_set',
        change.indicator,
        change.answer.value ? short(change.answer.value) : '?',
        ...(change.answer.note ? [JSON.stringify(change.answer.note)] : []),
      ].join(' ');
    case 'answer_cleared':
      return `answer_cleared ${change.indicator}`;
    case 'note_set':
      return `note_set ${change.row} ${JSON.stringify(change.note)}`;
    case 'explained':
    case 'overridden':
      return `${change.type} ${change.rule} ${JSON.stringify(change.explanation.text)}`;
    default:
      return change.type;
  }
}

function short(value: Value): string {
  if (value.is === 'number') return String(value.number);
  if (value.is === 'choice') return `code ${value.code}`;
  if (value.is === 'date') return value.date;
  return 'text' in value ? `${value.is} ${JSON.stringify(value.text)}` : value.is;
}

describe('A transcript reads as the product behaves', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
    it(file.replace('.txt', '').replaceAll('-', ' '), () =>
      play(readFileSync(new URL(file, folder), 'utf8'), file),
    );
  }
});
