// Words of others in every file that is made: never a formula, never markup, and never what a file cannot hold.
import { inflateRawSync } from 'node:zlib';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/codes.ts';
import type { Change } from '../../src/domain/change.ts';
import type { FileRequest } from '../../src/domain/conversation.ts';
import { codeAt } from '../../src/domain/invitation-codes.ts';
import type { Person, Role } from '../../src/domain/people.ts';
import { createFiles } from '../../src/files/files.ts';
import { zipEntries } from '../../src/sheets/xlsx-zip.ts';
import { memoryStorage } from '../../storage/memory.ts';
import { campaignOf, shortForm } from '../sheets/documents.ts';

/** Stands in every hostile text, so that it is found wherever it went. */
const MARK = 'ZZTOP';
const HOSTILE = [
  ...[`=cmd|'/c ${MARK}'!A1`, `=HYPERLINK("http://x.example/${MARK}","a")`, `+1+${MARK}`, `-2+${MARK}`],
  ...[`@SUM(${MARK})`, `\t=${MARK}`, `\r=${MARK}`, `\n=${MARK}`, ` =${MARK}`, `'=${MARK}`, `＝${MARK}`],
  ...[`</t></is></c><c><f>${MARK}</f></c>`, `]]>${MARK}`, `&lt;${MARK}&#0;`, `_x003D_${MARK}`, `%3D${MARK}`],
  ...[`${MARK}\0\u0008\u000b`, `${MARK}\ud800`, `\u202e${MARK}\u200b`, `${MARK}\ufffe\uffff`, `{=${MARK}}`],
];

const NOW = '2026-03-14T01:00:30.000Z';
const AT = '2026-03-01T00:00:00.000Z';
const SEED = 'hat-giong';
const template = shortForm();
const REQUESTS: readonly FileRequest[] = [
  { report: 'k1/a' },
  { campaign: 'k1', what: 'board', person: 'so' },
  { campaign: 'k1', what: 'consolidated', person: 'so' },
  { campaign: 'k1', what: 'level', person: 'so' },
  { history: 'k1/a' },
  { invitations: SEED, count: 1 },
];

/** An office in which every word that anybody may choose is hostile. */
async function filesWith(words: string) {
  const storage = memoryStorage();
  const person = (id: string, role: Role, unit: string): Change => {
    const base = { id, name: `${words}${id}`, unit, role, joinedAt: AT } satisfies Partial<Person>;
    return { type: 'person_set', person: { ...base, conversations: [`test:${id}`], unreachable: [] } };
  };
  const code = sha256(codeAt(sha256, SEED, 0));
  const write = async (event: string, changes: readonly Change[], reports: Record<string, number> = {}) =>
    storage.commit({
      ...{ event, at: AT, by: 'lan', conversation: 'test:lan', changes, outgoing: [], expects: { reports } },
    });
  await write('e1', [
    { type: 'unit_set', unit: { id: 'so', name: words, kind: 'sở' } },
    { type: 'unit_set', unit: { id: 'a', name: words, kind: words, parent: 'so', province: words } },
    { type: 'campaign_set', campaign: { ...campaignOf(template, '2026-Q1'), units: ['a'] } },
    person('so', 'coordinator', 'so'),
    person('lan', 'officer', 'a'),
    {
      type: 'invitation_set',
      invitation: {
        id: code,
        unit: 'a',
        role: 'officer',
        name: words,
        createdAt: AT,
        expiresAt: '2026-04-01',
      },
    },
  ]);
  const stamp = { by: 'lan', at: AT, event: 'e' };
  const form = { id: template.id, version: template.version };
  await write(
    'e2',
    [
      { type: 'report_started', report: 'k1/a', campaign: 'k1', unit: 'a', template: form },
      ...template.indicators.map((row): Change => {
        const value =
          row.type === 'text'
            ? ({ is: 'text', text: words } as const)
            : ({ is: 'number', number: 23, decimals: 0 } as const);
        const answer = { ...stamp, value, note: words };
        return { type: 'answer_set', report: 'k1/a', indicator: row.id, was: null, answer };
      }),
      ...template.rows.map(
        (row): Change => ({ type: 'note_set', report: 'k1/a', row: row.id, note: words, was: null }),
      ),
      { type: 'submitted', report: 'k1/a', submission: { ...stamp, version: 1, values: 1, checkCode: 'AB' } },
    ],
    { 'k1/a': 0 },
  );
  return createFiles({
    ...{ storage, templates: [template], timezone: 'Asia/Ho_Chi_Minh', now: () => new Date(NOW) },
    links: (given) => [{ channel: 'web', link: `https://bot.example/i/${given}` }],
  });
}

/** The text of every part of a zip file. */
function partsOf(bytes: Uint8Array): { name: string; text: string }[] {
  return (zipEntries(bytes) ?? []).map(({ name, at, packed, stored }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const raw = bytes.subarray(begin, begin + packed);
    return { name, text: Buffer.from(stored ? raw : inflateRawSync(raw)).toString('utf8') };
  });
}

/** What XML 1.0 does not allow, as it is or as a reference. */
const ILLEGAL = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|&#(?:0|x0|[1-8]|x[1-8]|11|12|xb|xc);/iu;

describe.each(HOSTILE)('The words %j', (words) => {
  it.each(REQUESTS)('are words in the spreadsheet %j', async (request) => {
    const file = await (await filesWith(words)).make(request, 'xlsx');
    expect(file.name).toMatch(/^[A-Za-z0-9._-]+$/);
    const parts = partsOf(file.bytes);
    expect(parts.length).toBeGreaterThan(5);
    for (const { name, text } of parts) {
      expect(text.match(/<f[ >][^<]*ZZTOP/g), name).toBeNull();
      if (/rels$|workbook\.xml$|externalLink/.test(name)) expect(text.match(/Target="[^"]*ZZTOP/)).toBeNull();
      expect(ILLEGAL.exec(text)?.[0], name).toBeUndefined();
    }
    const { sheets } = await readXlsx(file.bytes);
    const cells = sheets.flatMap(({ rows }) => rows.flat().map(String));
    expect(cells.some((cell) => cell.includes(MARK))).toBe(true);
  });

  it('are words in the Word file and the PDF, which can be made', async () => {
    const files = await filesWith(words);
    const docx = await files.make({ report: 'k1/a' }, 'docx');
    const body = partsOf(docx.bytes).find(({ name }) => name === 'word/document.xml')?.text ?? '';
    expect(body).toContain(MARK);
    expect(body.match(/<w:(instrText|fldSimple)/)).toBeNull();
    expect(ILLEGAL.exec(body)?.[0]).toBeUndefined();
    const pdf = await files.make({ report: 'k1/a' }, 'pdf');
    expect(Buffer.from(pdf.bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(Buffer.from(pdf.bytes).toString('latin1')).not.toMatch(/\/(JavaScript|JS|Launch|URI)\b/);
  });
});
