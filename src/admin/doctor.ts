// doctor: looks at everything the bot needs and says what is wrong and what to do; beside a running bot, and without changing anything.
import { secretsOf } from '../config.ts';
import { DOCTOR } from '../text/doctor.ts';
import type { Command, Context, Outcome } from './command.ts';
import { checkChannels, checkNetwork } from './doctor-channels.ts';
import type { Check } from './doctor-check.ts';
import { checkSettings } from './doctor-settings.ts';
import { checkFolder, checkForms, checkStore, type Looked, zaloMemory } from './doctor-store.ts';

type Group = keyof typeof DOCTOR.groups;

const MARKS: Readonly<Record<Check['is'], string>> = { ok: '✓', odd: '⚠', bad: '✗' };

const doctor: Command = {
  options: {},
  async run(_args, context): Promise<Outcome> {
    const groups = await examineAll(context);
    const all = groups.flatMap(([, checks]) => checks);
    const count = (is: Check['is']) => all.filter((each) => each.is === is).length;
    const lines = groups.flatMap(([group, checks]) => ['', DOCTOR.groups[group], ...checks.flatMap(linesOf)]);
    const hide = withoutSecrets(secretsOf(context.config));
    const outcome = {
      lines: [...lines.slice(1), '', DOCTOR.verdict(count('bad'), count('odd'))].map(hide),
      json: { checks: JSON.parse(hide(JSON.stringify(Object.fromEntries(groups)))) as unknown },
    };
    return count('bad') > 0 ? { ...outcome, failed: true } : outcome;
  },
};

export const commands: Readonly<Record<string, Command>> = { '': doctor };

async function examineAll(context: Context): Promise<readonly (readonly [Group, readonly Check[]])[]> {
  const { config, now } = context;
  const looked: Looked = await checkStore(config);
  const channels = checkChannels(config, zaloMemory(looked), now);
  const [settings, folder, forms, { checks, skews }] = await Promise.all([
    checkSettings(config),
    checkFolder(config),
    checkForms(config, now, looked.stored?.forms ?? []),
    channels,
  ]);
  return [
    ['settings', settings],
    ['folder', folder],
    ['store', looked.checks],
    ['forms', forms],
    ['channels', checks],
    ['network', await checkNetwork(config, skews)],
  ];
}

const linesOf = (check: Check): readonly string[] => [
  `  ${MARKS[check.is]} ${check.what}`,
  ...('todo' in check && check.todo !== '' ? [`      → ${check.todo}`] : []),
];

/** Platforms may repeat what they were asked. */
const withoutSecrets =
  (secrets: readonly string[]) =>
  (text: string): string =>
    secrets.reduce((left, each) => left.replaceAll(each, '<secret>'), text);
