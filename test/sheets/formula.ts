// Computes the few kinds of formulas that our workbooks hold, as a spreadsheet does, for the tests.
import type { Sheet as Worksheet } from 'hucre/xlsx';

type Scalar = number | string | null;
type Operand = Scalar | readonly Scalar[];

const TOKEN =
  /\s*(?:(?<sheet>'(?:[^']|'')+'!)?(?<from>[A-Z]+\d+):(?<to>[A-Z]+\d+)|(?<name>[A-Z]+)\(|(?<number>\d+(?:\.\d+)?)|"(?<text>(?:[^"]|"")*)"|(?<mark>[-+*/&=(),]))/y;

/** What a formula on a worksheet of the book gives; throws on anything it does not know. */
export function computed(formula: string, sheet: Worksheet, book: readonly Worksheet[]): Scalar {
  const tokens = tokensOf(formula);
  let at = 0;
  const peek = () => tokens[at];
  const take = (mark: string): boolean => {
    const found = peek()?.mark === mark;
    if (found) at += 1;
    return found;
  };
  const chain = (
    next: () => Operand,
    marks: string,
    apply: (mark: string, a: Operand, b: Operand) => Operand,
  ) => {
    let left = next();
    for (let mark = peek()?.mark; mark && marks.includes(mark); mark = peek()?.mark) {
      at += 1;
      left = apply(mark, left, next());
    }
    return left;
  };
  const compared = (): Operand => chain(joined, '=', (_, a, b) => (scalar(a) === scalar(b) ? 1 : 0));
  const joined = (): Operand => chain(added, '&', (_, a, b) => `${scalar(a)}${scalar(b)}`);
  const added = (): Operand =>
    chain(multiplied, '+-', (mark, a, b) => (mark === '+' ? num(a) + num(b) : num(a) - num(b)));
  const multiplied = (): Operand =>
    chain(primary, '*/', (mark, a, b) => (mark === '/' ? num(a) / num(b) : product(a, b)));
  const primary = (): Operand => {
    const token = peek();
    at += 1;
    if (token?.number !== undefined) return Number(token.number);
    if (token?.text !== undefined) return token.text.replaceAll('""', '"');
    if (token?.from && token.to) return cellsOf(token, sheet, book);
    if (token?.mark === '(') {
      const inside = compared();
      take(')');
      return inside;
    }
    if (token?.name === undefined) throw new Error(`cannot read ${formula} at token ${at}`);
    const parts: Operand[] = [compared()];
    while (take(',')) parts.push(compared());
    take(')');
    return call(token.name, parts);
  };
  const result = compared();
  if (at < tokens.length) throw new Error(`cannot read ${formula} beyond token ${at}`);
  return scalar(result);
}

type Token = Partial<Record<'sheet' | 'from' | 'to' | 'name' | 'number' | 'text' | 'mark', string>>;

function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.length) {
    const match = TOKEN.exec(formula);
    if (!match) throw new Error(`cannot read ${formula}`);
    tokens.push({ ...match.groups });
  }
  return tokens;
}

function cellsOf(
  { sheet: other, from = '', to = '' }: Token,
  own: Worksheet,
  book: readonly Worksheet[],
): Scalar[] {
  const name = other?.slice(1, -2).replaceAll("''", "'");
  const sheet = name === undefined ? own : book.find((each) => each.name === name);
  const [start, end] = [placeOf(from), placeOf(to)];
  if (!sheet || start.row !== end.row) throw new Error(`no such cells: ${other}${from}:${to}`);
  return Array.from({ length: end.col - start.col + 1 }, (_, n) => {
    const value = sheet.rows[start.row]?.[start.col + n];
    return typeof value === 'number' || typeof value === 'string' ? value : null;
  });
}

function placeOf(ref: string): { row: number; col: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(ref) ?? [];
  const col = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits) - 1, col: col - 1 };
}

const list = (value: Operand): readonly Scalar[] => (Array.isArray(value) ? value : [value as Scalar]);
const scalar = (value: Operand): Scalar => list(value)[0] ?? null;
const num = (value: Operand): number => Number(scalar(value));
const numbers = (value: Operand): number[] =>
  list(value).flatMap((each) => (typeof each === 'number' ? [each] : []));

/** Words times a number are an error in a spreadsheet, and here. */
function product(a: Operand, b: Operand): Operand {
  const [left, right] = [list(a), list(b)];
  const each = left.map((value, n) => {
    const other = right[right.length === 1 ? 0 : n] ?? 0;
    if (typeof value === 'string' || typeof other === 'string') throw new Error('#VALUE!');
    return (value ?? 0) * other;
  });
  return each.length === 1 ? (each[0] ?? 0) : each;
}

function call(name: string, [first = null, second = null, third = null]: readonly Operand[]): Operand {
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  switch (name) {
    case 'SUM':
      return sum(numbers(first));
    case 'COUNT':
      return numbers(first).length;
    case 'COUNTIF':
      // Words that look like the number count too.
      return list(first).filter((each) => each !== null && each !== '' && Number(each) === num(second))
        .length;
    case 'ISNUMBER':
      return list(first).map((each) => (typeof each === 'number' ? 1 : 0));
    case 'SUMPRODUCT':
      return sum(numbers(first).map((each, n) => each * Number(numbers([list(second)[n] ?? null])[0] ?? 0)));
    case 'ROUND':
      return Number(`${Math.round(Number(`${num(first).toPrecision(15)}e${num(second)}`))}e-${num(second)}`);
    case 'IF':
      return num(first) !== 0 ? second : third;
    default:
      throw new Error(`unknown function ${name}`);
  }
}
