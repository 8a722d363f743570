// The command line of the operator: npm run admin -- <command>. Results go to standard output, notes and faults to standard error.
import { StorageError } from '../storage/errors.ts';
import { readArgs } from './admin/args.ts';
import type { Command, Outcome } from './admin/command.ts';
import { loadEnvFile, readConfig } from './config.ts';
import { USAGE } from './text/admin.ts';
import { HELP } from './text/admin-help.ts';

/** One file per noun, loaded when it is used, so that every command starts fast. */
const NOUNS: Readonly<Record<string, () => Promise<{ commands: Readonly<Record<string, Command>> }>>> = {
  units: () => import('./admin/units.ts'),
  campaign: () => import('./admin/campaign.ts'),
  invite: () => import('./admin/invite.ts'),
  people: () => import('./admin/people.ts'),
  report: () => import('./admin/report.ts'),
  zalo: () => import('./admin/zalo.ts'),
  templates: () => import('./admin/templates.ts'),
  db: () => import('./admin/db.ts'),
  store: () => import('./admin/store.ts'),
  doctor: () => import('./admin/doctor.ts'),
};

const isHelp = (word: string | undefined): boolean =>
  word === undefined || ['--help', '-h', 'help'].includes(word);

async function main(words: readonly string[]): Promise<Outcome> {
  const [noun = '', next = ''] = words;
  if (isHelp(words[0])) return helpOn('');
  const load = Object.hasOwn(NOUNS, noun) ? NOUNS[noun] : undefined;
  if (!load) return { faults: [USAGE.unknownCommand(noun)] };
  const { commands } = await load();
  const verb = Object.hasOwn(commands, next) ? next : '';
  const rest = words.slice(verb === '' ? 1 : 2);
  if (rest.some((word) => word === '--help' || word === '-h')) return helpOn(`${noun} ${verb}`.trim());
  const command = commands[verb];
  if (!command || (verb === '' && next !== '' && !next.startsWith('-'))) return noVerb(noun, next, commands);
  const args = readArgs(command, rest);
  if ('faults' in args) return args;
  loadEnvFile();
  const read = readConfig();
  if ('faults' in read) return { faults: read.faults.map(USAGE.badSettings) };
  return command.run(args, { config: read.config, now: new Date() });
}

function noVerb(noun: string, next: string, commands: Readonly<Record<string, Command>>): Outcome {
  if (next !== '' && !next.startsWith('-')) return { faults: [USAGE.unknownCommand(`${noun} ${next}`)] };
  return { faults: [USAGE.missingVerb(noun, Object.keys(commands))] };
}

/** Help on the commands whose words begin like this; '' is everything. */
function helpOn(words: string): Outcome {
  const exact = HELP[words];
  const shown = Object.entries(HELP).filter(([name]) => (exact ? name === words : name.startsWith(words)));
  const lines = shown.flatMap(([, help]) => [
    '',
    `  ${help.usage}`,
    ...help.lines.map((line) => `      ${line}`),
  ]);
  return {
    lines: [USAGE.head, USAGE.run, ...lines, '', USAGE.json, USAGE.stopFirst],
    json: { commands: Object.fromEntries(shown) },
  };
}

/** What an error means to the operator, in one line. */
function faultOf(error: unknown): string {
  if (error instanceof StorageError)
    return error.fault === 'locked' ? USAGE.locked(error.message) : error.message;
  return USAGE.unexpected((error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' '));
}

function print(outcome: Outcome, json: boolean): void {
  const isDone = 'lines' in outcome;
  // "… | head" closes the pipe early; that is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const isWell = isDone && outcome.failed !== true;
  process.exitCode = isWell ? 0 : 1;
  if (isDone) for (const note of outcome.notes ?? []) console.error(note);
  if (json) console.log(JSON.stringify(isDone ? { ok: isWell, ...outcome.json } : { ok: false, ...outcome }));
  else
    for (const line of isDone ? outcome.lines : outcome.faults) (isDone ? console.log : console.error)(line);
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

const json = process.argv.includes('--json');
const words = process.argv.slice(2).filter((word) => word !== '--json');
const outcome = await main(words).catch((error: unknown): Outcome => ({ faults: [faultOf(error)] }));
print(outcome, json);
