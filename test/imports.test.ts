// The dependency rule of the house, read from the sources: who may import whom, which library lives where, and no circles.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const sources = ['src', 'flows', 'storage', 'templates']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((name) => name.endsWith('.ts'))
  .sort();

/** What a file imports: `from '…'`, bare `import '…'`, `import('…')` and `require('…')`; files as paths from the root. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /(?:\bfrom\s*|^\s*import\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map(([, name = '']) =>
    name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name,
  );
}

const imports = new Map(sources.map((file) => [file, importsOf(file)]));
const isLibrary = (name: string) => !/^(src|flows|storage|templates|test)\//.test(name);

/** Imports of files under `folder` that match none of the allowed beginnings. */
const strangers = (folder: string, allowed: readonly string[]): string[] =>
  [...imports].flatMap(([file, names]) =>
    file.startsWith(folder)
      ? names
          .filter((name) => !allowed.some((each) => name.startsWith(each)))
          .map((name) => `${file} → ${name}`)
      : [],
  );

/** Files that import a library although they are not among its places. */
const users = (library: RegExp, places: RegExp): string[] =>
  [...imports].flatMap(([file, names]) =>
    names.some((name) => library.test(name)) && !places.test(file) ? [file] : [],
  );

describe('The rooms of the house', () => {
  it('finds the sources it is about', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(importsOf('src/main.ts')).toContain('src/app.ts');
  });

  it('lets the domain import only the domain, and a date library in one file', () => {
    expect(strangers('src/domain/', ['src/domain/', 'date-fns', '@date-fns/tz'])).toEqual([]);
    expect(users(/date-fns/, /^src\/domain\/clock\.ts$/)).toEqual([]);
  });

  it('lets indicators import only the domain and each other', () => {
    expect(strangers('src/indicators/', ['src/domain/', 'src/indicators/'])).toEqual([]);
  });

  it('lets words import only the domain, indicators and each other', () => {
    expect(strangers('src/text/', ['src/domain/', 'src/indicators/', 'src/text/'])).toEqual([]);
  });

  it('keeps flows pure: no npm package, no node module, no channel, no storage', () => {
    expect(strangers('flows/', ['flows/', 'src/domain/', 'src/indicators/', 'src/text/'])).toEqual([]);
  });

  it('lets nothing but the shell (turns and reminders) and flows themselves import flows', () => {
    const others = [...imports].filter(
      ([file]) => !/^(flows\/|src\/(app|shown|turn-taken|rounds-messages)\.ts$)/.test(file),
    );
    expect(
      others.filter(([, names]) => names.some((name) => name.startsWith('flows/'))).map(([file]) => file),
    ).toEqual([]);
  });

  it('lets storage and channels know the domain only', () => {
    const own = ['storage/', 'src/domain/', 'src/text/store-errors.ts', 'node:', 'lowdb', 'pg'];
    expect(strangers('storage/', own)).toEqual([]);
    const channels = [...imports].filter(([file]) => file.startsWith('src/channels/'));
    const wrong = channels.flatMap(([file, names]) =>
      names
        .filter((name) => !isLibrary(name) && !/^src\/(domain|channels|text)\//.test(name))
        .map((name) => `${file} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets sheets know the domain, indicators and words only', () => {
    const wrong = strangers('src/sheets/', [
      'src/sheets/',
      'src/domain/',
      'src/indicators/',
      'src/text/',
    ]).filter((each) => !isLibrary(each.split(' → ')[1] ?? ''));
    expect(wrong).toEqual([]);
  });

  it('keeps each library in its place', () => {
    expect(users(/^(grammy|@grammyjs\/)/, /^src\/channels\/telegram[^/]*\.ts$/)).toEqual([]);
    expect(users(/^axios/, /^src\/channels\/zalo-[^/]*\.ts$/)).toEqual([]);
    expect(users(/^lowdb/, /^storage\/(lowdb|snapshot)\.ts$/)).toEqual([]);
    expect(users(/^pg$/, /^storage\/postgres[^/]*\.ts$/)).toEqual([]);
    expect(users(/^hucre/, /^src\/sheets\/xlsx[^/]*\.ts$/)).toEqual([]);
    expect(users(/^docx/, /^src\/sheets\/docx[^/]*\.ts$/)).toEqual([]);
    expect(users(/^pdfmake/, /^src\/sheets\/pdf[^/]*\.ts$/)).toEqual([]);
    expect(users(/^@napi-rs\/canvas/, /^src\/sheets\/picture[^/]*\.ts$/)).toEqual([]);
    const served = /^src\/(server|links|open-channels|channels\/(web|telegram|zalo)[^/]*)\.ts$/;
    expect(users(/^(hono|@hono\/)/, served)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['src/config.ts']);
  });

  it('has no circles', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const name of imports.get(file) ?? []) if (imports.has(name)) visit(name, [...path, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
    expect(circles).toEqual([]);
  });
});
