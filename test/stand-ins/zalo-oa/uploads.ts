// The three uploads of the Zalo stand-in: the extension decides, and what is inside has to fit it.
import { readFile } from './multipart.ts';
import { ApiError } from './refusals.ts';
import { type Asset, type Call, now, randomToken, type World } from './world.ts';

const MB = 1024 * 1024;

type Rule = { readonly types: readonly string[]; readonly limit: number; readonly refusal: string };

const RULES: Record<Asset['kind'], Rule> = {
  file: { types: ['pdf', 'doc', 'docx', 'csv'], limit: 5 * MB, refusal: 'file is invalid!' },
  image: {
    types: ['jpg', 'jpeg', 'png'],
    limit: MB,
    refusal: 'file is invalid. We only support png and jpeg',
  },
  gif: { types: ['gif'], limit: 5 * MB, refusal: 'file is invalid. We only support gif' },
};

/** How the bytes of a type begin; docx: what must be somewhere in the zip, so that a renamed table is found out. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['25504446'],
  png: ['89504e47'],
  jpg: ['ffd8ff'],
  jpeg: ['ffd8ff'],
  gif: ['47494638'],
  docx: ['504b0304'],
  xlsx: ['504b0304'],
  doc: ['d0cf11e0', '7b5c727466'],
};

/** POST /v2.0/oa/upload/*. A file without an extension is answered with success and no token, as was seen on Zalo. */
export function upload(world: World, call: Call, kind: Asset['kind']): object {
  const { name, bytes } = readFile(call.raw, call.headers['content-type']);
  call.body = { file: { name, size: bytes.length } };
  const { uploads, acceptXlsx } = world.options;
  const { types, limit, refusal } = RULES[kind];
  const type = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  if (type === undefined || uploads === 'emptyData') return {};
  const accepted = types.includes(type) || (kind === 'file' && type === 'xlsx' && acceptXlsx);
  const refused =
    uploads === 'refused' ||
    (uploads === 'filesRefused' && kind === 'file') ||
    (uploads === 'pdfRefused' && type === 'pdf');
  if (!accepted || refused || bytes.length === 0 || !looksLike(type, bytes))
    throw new ApiError(-201, refusal);
  if (bytes.length > limit) throw new ApiError(-210, 'file is over limit!');
  const token = randomToken(kind === 'file' ? 120 : 60);
  world.assets.set(token, { kind, name, type, bytes, at: now(world) });
  return kind === 'file' ? { token } : { attachment_id: token };
}

function looksLike(type: string, bytes: Buffer): boolean {
  const beginnings = BEGINNINGS[type];
  if (!beginnings) return true;
  const head = bytes.subarray(0, 8).toString('hex');
  if (!beginnings.some((each) => head.startsWith(each))) return false;
  return type !== 'docx' || bytes.includes('word/');
}
