// Run by hand after writing a form: renews the schema that editors use and lists new versions as published.
// A hash that is already listed is never changed, so that a published version stays what it was.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Issue } from '../src/domain/result.ts';
import { templateIssues as say } from '../src/text/template-issues.ts';
import { contentHash, loadTemplates, PUBLISHED, readPublished } from './load.ts';
import { templateFile } from './schema.ts';

export const EDITOR_SCHEMA = 'template.schema.json';

/** The JSON schema of a template file for editors, as text. */
export const editorSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(templateFile, { io: 'input' }), null, 2)}\n`;

/**
 * Lists the versions of a folder that are not listed yet and returns their file names. Changes nothing while any file of the
 * folder has a fault; the faults are returned instead.
 */
export async function publish(
  folder: string,
): Promise<{ added: readonly string[]; issues: readonly Issue[] }> {
  const { issues } = await loadTemplates(folder);
  const listed = await readPublished(folder);
  if (issues.length > 0 || !listed) return { added: [], issues };
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const added = names.filter((name) => !listed.some(({ file }) => file === name));
  const entries = await Promise.all(
    added.map(async (file) => ({ file, sha256: contentHash(await readFile(join(folder, file), 'utf8')) })),
  );
  if (added.length > 0)
    await writeFile(join(folder, PUBLISHED), `${JSON.stringify([...listed, ...entries], null, 2)}\n`);
  return { added, issues: [] };
}

async function main(folder: string): Promise<void> {
  await writeFile(join(folder, EDITOR_SCHEMA), editorSchema());
  const { added, issues } = await publish(folder);
  for (const { file, line, path, message } of issues) console.error(`${file}:${line} ${path} ${message}`);
  console.log(issues.length > 0 ? say.notPublished(issues.length) : say.nowPublished(added));
  if (issues.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(fileURLToPath(new URL('.', import.meta.url)));
