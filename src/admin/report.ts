// report export: one unit's appendix as a file on disk, in the format that the file's name asks for.
import { access, writeFile } from 'node:fs/promises';
import type { Storage } from '../../storage/storage.ts';
import { reportId } from '../domain/report.ts';
import { createFiles } from '../files/files.ts';
import { REPORT } from '../text/admin.ts';
import { type Command, templatesOf, withStore } from './command.ts';

type Asked = { readonly campaign: string; readonly unit: string; readonly version?: number };

const FORMATS = ['xlsx', 'docx', 'pdf'] as const;

const exportReport: Command = {
  options: { campaign: 'required', unit: 'required', out: 'required', version: 'text', force: 'flag' },
  async run({ text, flags }, context) {
    const { campaign = '', unit = '', out = '' } = text;
    const version = text.version === undefined ? undefined : readVersion(text.version);
    if (version === 'fault') return { faults: [REPORT.badVersion(text.version ?? '')] };
    const format = FORMATS.find((each) => out.toLowerCase().endsWith(`.${each}`));
    if (format === undefined) return { faults: [REPORT.badFormat(out)] };
    const asked: Asked = { campaign, unit, ...(version === undefined ? {} : { version }) };
    const force = flags.has('force');
    // Said before any work; the write itself makes sure.
    if (!force && (await isThere(out))) return { faults: [REPORT.exists(out)] };
    const forms = await templatesOf(context);
    if ('faults' in forms) return forms;
    return withStore(context, async (storage) => {
      const fault = await faultIn(asked, storage);
      if (fault !== undefined) return { faults: [fault] };
      const request = { report: reportId(campaign, unit), ...(version === undefined ? {} : { version }) };
      const { templates } = forms;
      const files = createFiles({ storage, templates, timezone: context.config.TIMEZONE });
      const { bytes } = await files.make(request, format);
      const refused = await write(out, bytes, force);
      if (refused !== undefined) return { faults: [refused] };
      return { lines: [REPORT.written(out, bytes.length)], json: { out, bytes: bytes.length } };
    });
  },
};

/** 'fault' when it is no whole number from 1. */
const readVersion = (text: string): number | 'fault' =>
  /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 'fault';

async function faultIn(
  { campaign: id, unit, version }: Asked,
  storage: Storage,
): Promise<string | undefined> {
  const campaign = await storage.campaign(id);
  if (!campaign) return REPORT.unknownCampaign(id);
  if (!campaign.units.includes(unit)) return REPORT.notInCampaign(unit, id);
  if (version === undefined) return undefined;
  const submissions = (await storage.report(reportId(id, unit)))?.submissions ?? [];
  if (submissions.some((each) => each.version === version)) return undefined;
  return REPORT.noVersion(version, submissions.at(-1)?.version ?? 0);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Never over an existing file unless forced. Returns the fault. */
async function write(path: string, bytes: Uint8Array, force: boolean): Promise<string | undefined> {
  try {
    await writeFile(path, bytes, { flag: force ? 'w' : 'wx' });
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return code === 'EEXIST' ? REPORT.exists(path) : REPORT.cannotWrite(path, code);
  }
}

export const commands: Readonly<Record<string, Command>> = { export: exportReport };
