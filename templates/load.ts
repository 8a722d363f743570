// Reads every form in a folder and reports all faults of all files at once. An author's mistake is never a throw.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { z } from 'zod';
import type { Issue } from '../src/domain/result.ts';
import type { Template, TemplateRef } from '../src/domain/template.ts';
import { templateIssues as say } from '../src/text/template-issues.ts';
import { buildTemplate } from './build.ts';
import { checkTemplate } from './check.ts';
import { locator } from './locate.ts';
import { type TemplateFile, templateFile } from './schema.ts';
import { schemaFaults } from './schema-faults.ts';

export const PUBLISHED = 'published.json';
const publishedList = z.array(
  z.strictObject({ file: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
);
type Published = z.infer<typeof publishedList>;

/** What one file gave; `ref` is there as soon as the file says which template it is, even when the rest is faulty. */
type Read = {
  readonly name: string;
  readonly issues: readonly Issue[];
  readonly ref?: TemplateRef;
  readonly template?: Template;
  readonly sha256?: string;
};

/** The forms of a folder without any fault, by file name, and every fault of the others. */
export async function loadTemplates(folder: string): Promise<{ templates: Template[]; issues: Issue[] }> {
  let names: string[];
  try {
    names = (await readdir(folder)).sort();
  } catch (cause) {
    return { templates: [], issues: [wholeFile(folder, say.unreadableFolder(reason(cause)))] };
  }
  const misnamed = names.filter((name) => /\.yml$/i.test(name));
  const files = await Promise.all(
    names.filter((name) => name.endsWith('.yaml')).map((name) => readTemplate(folder, name)),
  );
  const issues = [
    ...misnamed.map((name) => wholeFile(name, say.wrongExtension(name.replace(/\.yml$/i, '.yaml')))),
    ...files.flatMap((file) => file.issues),
    ...twins(files),
    ...(await publishedIssues(folder, files)),
  ];
  const faulty = new Set(issues.map((issue) => issue.file));
  const templates = files.flatMap((file) => (file.template && !faulty.has(file.name) ? [file.template] : []));
  return { templates, issues };
}

/** Hash of a file's content in hex; the same whether lines end as on Windows or not. */
export const contentHash = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');

async function readTemplate(folder: string, name: string): Promise<Read> {
  try {
    const text = await readFile(join(folder, name), 'utf8');
    return { name, ...parseTemplate(text, name), sha256: contentHash(text) };
  } catch (cause) {
    return { name, issues: [wholeFile(name, say.unreadableFile(reason(cause)))] };
  }
}

/** One file's text → its form, or everything that is wrong with it. */
function parseTemplate(text: string, name: string): Pick<Read, 'ref' | 'template' | 'issues'> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) return { issues: once(broken.map((error) => yamlIssue(error, name, lines))) };
  const raw = contentOf(document);
  if (raw === undefined) return { issues: [wholeFile(name, say.needsQuotes())] };
  if (raw === null) return { issues: [wholeFile(name, say.emptyFile())] };
  const at = locator(name, document, lines);
  const parsed = templateFile.safeParse(raw);
  const faults = parsed.success ? [] : schemaFaults(parsed.error.issues, raw);
  const issues = faults.map(({ path, message }) => ({ ...at(path), message }));
  if (faults.some((fault) => !fault.shaped)) return { issues };
  // The schema changes nothing, and unlike its result what was read keeps the order in which columns were written.
  const file = raw as TemplateFile;
  issues.push(...checkTemplate(file, at));
  const wanted = `${file.id}.v${file.version}.yaml`;
  if (name !== wanted) issues.push({ ...at(['id']), message: say.fileName(wanted) });
  return {
    ref: { id: file.id, version: file.version },
    issues,
    ...(issues.length > 0 ? {} : { template: buildTemplate(file) }),
  };
}

/** undefined: an alias (*name) that points nowhere, which the library only notices here. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS() as unknown;
  } catch (cause) {
    if (cause instanceof ReferenceError) return undefined;
    throw cause;
  }
}

function yamlIssue(error: YAMLError, file: string, lines: LineCounter): Issue {
  return { file, line: lines.linePos(error.pos[0]).line, path: '', message: yamlMessage(error) };
}

/** One slip often gives several errors on its line; each sentence is said once per line. */
const once = (issues: readonly Issue[]): Issue[] =>
  issues.filter(
    (issue, n) =>
      issues.findIndex((each) => each.line === issue.line && each.message === issue.message) === n,
  );

function yamlMessage(error: YAMLError): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return say.duplicateKey();
    case 'TAB_AS_INDENT':
      return say.tabs();
    case 'BAD_INDENT':
      // A list or map in brackets without its end shows up as a wrong indent of the next line.
      return error.message.startsWith('Flow') ? say.unclosed() : say.indentation();
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'TAG_RESOLVE_FAILED':
    case 'UNEXPECTED_TOKEN':
      return say.needsQuotes();
    case 'MISSING_CHAR':
      return say.unclosed();
    default:
      return say.unreadableYaml(error.message);
  }
}

/** Two files with the same id and version. */
function twins(files: readonly Read[]): Issue[] {
  const first = new Map<string, string>();
  return files.flatMap(({ name, ref }) => {
    if (!ref) return [];
    const key = `${ref.id} ${ref.version}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    return other === undefined ? [] : [wholeFile(name, say.sameTemplate(ref.id, ref.version, other))];
  });
}

/** Published versions that were changed or removed. A folder without the list has published nothing yet. */
async function publishedIssues(folder: string, files: readonly Read[]): Promise<Issue[]> {
  const list = await readPublished(folder);
  if (list === undefined) return [wholeFile(PUBLISHED, say.badPublishedList())];
  return list.flatMap(({ file, sha256 }) => {
    const found = files.find(({ name }) => name === file);
    if (!found) return [wholeFile(file, say.publishedMissing())];
    return found.sha256 === undefined || found.sha256 === sha256 ? [] : [wholeFile(file, say.published())];
  });
}

/** The list of published versions; undefined when it is damaged. */
export async function readPublished(folder: string): Promise<Published | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, PUBLISHED), 'utf8');
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
  try {
    return publishedList.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const wholeFile = (file: string, message: string): Issue => ({ file, line: 0, path: '', message });
const reason = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);
