// Reads the words behind a command: every fault in them at once, one clear line each.
import { parseArgs } from 'node:util';
import { USAGE } from '../text/admin.ts';
import type { Args, Command, OptionKind } from './command.ts';

/** What was given, or everything that is wrong with it. `words` come after the command's own words. */
export function readArgs(
  command: Pick<Command, 'options' | 'file'>,
  words: readonly string[],
): Args | { faults: readonly string[] } {
  const { options } = command;
  const kindOf = (name: string) => (Object.hasOwn(options, name) ? options[name] : undefined);
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
  });
  // In "--period --due X" the value was forgotten. Other words that begin with dashes may be values: codes of invitations do.
  const isOption = (word = '') =>
    word.startsWith('--') && kindOf(word.slice(2).replace(/=.*/, '')) !== undefined;
  const hungry = tokens.find(
    (token) => token.kind === 'option' && !token.inlineValue && isOption(token.value),
  );
  if (hungry?.kind === 'option') return withoutValue(command, words, hungry);
  const text: Record<string, string> = {};
  const flags = new Set<string>();
  const files: string[] = [];
  const faults: string[] = [];
  const named = tokens.filter((token) => token.kind === 'option');
  for (const token of named) {
    const fault = optionFault(kindOf(token.name), token, text);
    if (fault !== undefined) faults.push(fault);
    else if (token.value === undefined) flags.add(token.name);
    else text[token.name] = token.value;
  }
  for (const token of tokens) if (token.kind === 'positional') files.push(token.value);
  faults.push(...files.slice(command.file ? 1 : 0).map(USAGE.extraWord));
  if (command.file && files.length === 0) faults.push(USAGE.missingFile);
  const given = new Set(named.map(({ name }) => name));
  const missing = Object.keys(options).filter((name) => options[name] === 'required' && !given.has(name));
  faults.push(...missing.map((name) => USAGE.missingOption(`--${name}`)));
  return faults.length > 0 ? { faults } : { text, flags, file: files[0] ?? '' };
}

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
};

/** Goes on as if the option that lacks its value had not been written, so that the rest is judged for what it is. */
function withoutValue(
  command: Pick<Command, 'options' | 'file'>,
  words: readonly string[],
  { index, rawName }: { readonly index: number; readonly rawName: string },
): { faults: readonly string[] } {
  const rest = readArgs(command, words.toSpliced(index, 1));
  const others = 'faults' in rest ? rest.faults : [];
  return {
    faults: [USAGE.needsValue(rawName), ...others.filter((each) => each !== USAGE.missingOption(rawName))],
  };
}

function optionFault(
  kind: OptionKind | undefined,
  token: OptionToken,
  text: Readonly<Record<string, string>>,
): string | undefined {
  const { name, rawName, value } = token;
  if (kind === undefined || !rawName.startsWith('--')) return USAGE.unknownOption(rawName);
  // --force --force says nothing else than --force.
  if (kind === 'flag') return value === undefined ? undefined : USAGE.takesNoValue(rawName);
  if (Object.hasOwn(text, name)) return USAGE.repeated(rawName);
  const forgotten = value === undefined || value.trim() === '';
  return forgotten ? USAGE.needsValue(rawName) : undefined;
}
