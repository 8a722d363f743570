// What hostile input is made of: values that break careless code, words that look like commands, and updates with both put anywhere.
import fc from 'fast-check';

/** How often each property is tried; FUZZ_RUNS asks for more. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 0) || undefined;

const BIDI = '\u202e\u2066\u200b\u200d\ufeff\u00ad';
const NFD = 'Đã tiếp nhận hồ sơ'.normalize('NFD');

/** Text that is hard to store, to compare, to print or to look at. */
const NASTY_TEXTS: readonly string[] = [
  ...['', ' ', '\n', '\0', 'a\0b', '\ud800', '\udc00x', `7${BIDI}`, `${BIDI}`, NFD, '\u0000\u001b[31m'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', '{"__proto__":{"x":1}}'],
  ...["=cmd|'/c calc'!A1", '=HYPERLINK("http://x.example","a")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1'],
  ...[
    '<b>x</b>',
    '<script>alert(1)</script>',
    '</b></a>&lt;',
    '&amp;&#0;',
    '*_`[x](tg://user?id=1)',
    '%s%n%p',
  ],
  ...['../../etc/passwd', 'C:\\x', 'file:///etc/passwd', 'javascript:alert(1)', 'http://169.254.169.254/'],
  ...[
    "' or 1=1 --",
    '#{7*7}',
    '{{7*7}}',
    '$where',
    '\\u0000',
    '\\',
    '"',
    '‮١٢٣',
    '１２３',
    '٣',
    '½',
    '1e999',
    '-0',
  ],
  ...[
    '9'.repeat(400),
    '1.'.repeat(200),
    '0'.repeat(5_000),
    '12 '.repeat(300),
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
  ],
  ...[
    '\u0301'.repeat(2_000),
    '🏳️‍🌈'.repeat(200),
    'ﷺ'.repeat(100),
    'a'.repeat(5_000),
    ';'.repeat(500),
    '\n'.repeat(500),
  ],
  ...[
    'A'.repeat(22),
    'A'.repeat(64),
    '#ct:',
    '#ct:/toi',
    '/',
    '//',
    '/start',
    `/start ${'A'.repeat(22)}`,
    '/ /',
    '/@bot',
  ],
];

const COMMANDS = [
  ...['/start', '/baocao', '/muc', '/lui', '/hoantac', '/sua', '/boqua', '/trong', '/cho', '/khongapdung'],
  ...['/giunguyen', '/khongphatsinh', '/ghichu', '/ghichumuc', '/xemlai', '/anh', '/file', '/toi', '/moi'],
  ...[
    '/lichsu',
    '/nhaclai',
    '/trogiup',
    '/tieptuc',
    '/tiendo',
    '/nhac',
    '/tonghop',
    '/moky',
    '/ky',
    '/donvi',
  ],
  ...['/nguoi', '/chuagui', '/nop', '/x', '/constructor', '/__proto__'],
];

const piece = fc.oneof(
  fc.constantFrom(...NASTY_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.integer().map(String),
  fc.constantFrom(
    '1',
    'a',
    'có',
    'để trống',
    '5.971; tính đến 14/9',
    'III.5',
    'giữ nguyên',
    '12 hồ sơ',
    '99,5%',
  ),
);

/** Words as somebody hostile types them: commands with anything behind, pasted lines, anything at all. */
export const words: fc.Arbitrary<string> = fc.oneof(
  piece,
  fc.tuple(fc.constantFrom(...COMMANDS), piece).map(([command, rest]) => `${command} ${rest}`),
  fc.tuple(fc.constantFrom(...COMMANDS), piece).map(([command, rest]) => `${command}${rest}`),
  fc.array(piece, { maxLength: 12 }).map((lines) => lines.join('\n')),
  fc.array(piece, { maxLength: 8 }).map((cells) => cells.join('\t')),
  fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('; ')),
);

/** The action of a button that nobody was shown, or that was meant for somebody else. */
export const actions: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ...'cbnpkhtvogmrsxfezuylwaATOPQqijdUWJVXHYBCNKMGIERDL',
        'sh',
        'ct',
        'ca',
        'np',
        'pa',
        'gi',
      ),
      fc.oneof(fc.constant(''), fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-9a-z]{6,10}$/)),
      fc.oneof(fc.constant(''), fc.string({ maxLength: 12 }), fc.stringMatching(/^[0-9a-z]{6,10}$/)),
      fc.oneof(piece, fc.integer().map(String)),
    )
    .map((parts) => parts.join(':')),
  fc.constantFrom(...COMMANDS),
  piece,
);

const deep = (depth: number): unknown => {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = n % 2 === 0 ? [value] : { a: value };
  return value;
};

/** As JSON text: a JSON text may hold what an object literal cannot, such as a key `__proto__` of its own. */
const json = (value: unknown): string => JSON.stringify(value) ?? 'null';
const value: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...['null', 'true', 'false', '[]', '{}', '0', '-1', '1.5', '1e308', '1e400', '-0']),
  fc.constantFrom(...['9007199254740993', '2147483648', '253402300800', '8640000000001', '-62135596801']),
  fc.constantFrom(
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '[[],[],{}]',
  ),
  fc.constantFrom(json(deep(50)), json(deep(3_000)), json(Array.from({ length: 2_000 }, (_, n) => n))),
  fc.constantFrom(
    '{"length":1}',
    '{"toString":1}',
    '{"toJSON":1,"then":1}',
    '{"id":{"id":1}}',
    '["a"]',
    '[7001]',
  ),
  words.map(json),
  actions.map(json),
  fc.jsonValue({ maxDepth: 3 }).map(json),
);

type Fields = Readonly<Record<string, unknown>>;

const DEEPEST = 6;
/** Every place in a value, as the keys that lead there. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** The JSON text of `value` with `raw` at a place; undefined: the place is left out. */
function textWith(
  value: unknown,
  [key, ...rest]: readonly string[],
  raw: string | undefined,
): string | undefined {
  if (key === undefined) return raw;
  const list = Array.isArray(value);
  const parts = Object.entries(value as Fields).flatMap(([name, inner]) => {
    const text = name === key ? textWith(inner, rest, raw) : JSON.stringify(inner);
    return text === undefined ? [] : [list ? text : `${JSON.stringify(name)}:${text}`];
  });
  return list ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
}

/** These updates, whole or with one to three places taken out or holding something else, as JSON text. */
export function broken(updates: fc.Arbitrary<Fields>): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat(), fc.option(value, { nil: undefined, freq: 6 }));
  return fc.tuple(updates, fc.array(change, { minLength: 1, maxLength: 3 })).map(([update, changes]) => {
    let text = JSON.stringify(update);
    for (const [n, raw] of changes) {
      const current: unknown = JSON.parse(text);
      const places = placesIn(current);
      text = textWith(current, places[n % places.length] ?? [], raw) ?? '';
      if (text === '' || text.length > 60_000) break;
    }
    return text;
  });
}

/** What is no JSON at all, or not what anybody meant by it. */
export const garbage: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  value,
  fc.constantFrom('', '{', '[', '"', 'null', '\ufeff{}', '{"a":1}{"b":2}', '[['.repeat(20_000)),
);
