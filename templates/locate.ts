// Where something stands in a YAML file: the line of a key or a list item, and its path in words.
import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Issue } from '../src/domain/result.ts';

export type Path = readonly (string | number)[];
/** The place of a path as the first three parts of an Issue; a path that does not exist gives its nearest existing parent. */
export type Locate = (path: Path) => Omit<Issue, 'message'>;

/** Places in one parsed file. `file` is the name that issues show. */
export function locator(file: string, document: Document, lines: LineCounter): Locate {
  return (path) => ({ file, line: lineOf(document, lines, path), path: pathText(path) });
}

/** ["tables", 0, "rows", 2, "unit"] → "tables[0].rows[2].unit". */
function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => (isScalar(item.key) ? item.key.value : item.key) === key);
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
