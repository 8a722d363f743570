// What must not be stored in notes and texts: secret documents by their number, phone numbers, citizen identity numbers.
import { clean, fold } from '../domain/words.ts';
import { plainDigits } from './numerals.ts';

/**
 * The first thing in the text that must not be kept; undefined when there is none.
 * Counts of secret documents, numbers of ordinary documents, dates and amounts are fine.
 */
export function privacyFault(typed: string): 'secretDocument' | 'citizenId' | 'phone' | undefined {
  const text = plainDigits(clean(typed.slice(0, 20_000)));
  if (saysSecret(text) && namesDocument(text)) return 'secretDocument';
  const figures = text.replace(/(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)/g, ' _ ');
  if (hasCitizenId(figures)) return 'citizenId';
  return hasPhone(figures) ? 'phone' : undefined;
}

// "bảo mật", "bí mật nhà nước", "mật độ", "mật khẩu" speak of other things.
const OTHER_BEFORE = /(?:bảo|bí|cơ|thân|nồng|bao|bi|co|than|nong|ruột|mía|hoa)$/;
const OTHER_AFTER = /^(?:độ|khẩu|mã|thiết|thám|vụ|ong|danh|ước|do|khau|ma|thiet|tham|vu|danh)(?!\p{L})/u;
// Without diacritics "mat" may be "có mặt" or "mất": only after a document or a degree, or alone in brackets.
const BEFORE_PLAIN =
  /(?:van ban|vb|cong van|cv|tai lieu|ho so|bao cao|ke hoach|do|dong dau|dau|toi|tuyet|\()$/;

/** True when the text speaks of classified documents: Mật, Tối mật, Tuyệt mật. */
export function saysSecret(text: string): boolean {
  const lower = text.normalize('NFC').toLowerCase();
  for (const match of lower.matchAll(/(?<!\p{L})(mật|mat)(?!\p{L})/gu)) {
    const before = lower.slice(Math.max(0, match.index - 20), match.index).trimEnd();
    const after = lower.slice(match.index + match[0].length, match.index + match[0].length + 20).trimStart();
    if (OTHER_AFTER.test(after)) continue;
    if (match[0] === 'mật' ? !endsWithWord(before, OTHER_BEFORE) : endsWithWord(before, BEFORE_PLAIN))
      return true;
  }
  return false;
}

/** The pattern must match whole words at the end of the text. */
function endsWithWord(before: string, pattern: RegExp): boolean {
  const match = pattern.exec(before);
  return match !== null && (match[0] === '(' || !/\p{L}/u.test(before[match.index - 1] ?? ' '));
}

/** A number with a symbol ("12/BC-UBND", "05/2022/QĐ-UBND", "12-CV/TU"), or "số 12 ngày …". */
function namesDocument(text: string): boolean {
  return (
    /\d{1,6}\s*[/-]\s*(?:\d{4}\s*\/\s*)?\p{Lu}{1,}/u.test(text) ||
    /(?<!\d)\d{1,6}\s*\/\s*(?:\d{4}\s*\/\s*)?[a-z]{1,6}-[a-z]+/.test(fold(text)) ||
    /(?<!\p{L})so:? ?\d+,? (?:ngay|\/)/u.test(fold(text))
  );
}

const ID_WORD = /(?:cmnd|cmt|cccd|can cuoc|chung minh|dinh danh|so id)[^\d]{0,40}$/;

/** Twelve digits from 0, also in groups of three; after a word such as CCCD any nine or twelve digits. */
function hasCitizenId(text: string): boolean {
  if (/(?<![\d.,/])0\d{2}(?:[ .]?\d{3}){3}(?![ .,]?\d)/.test(text)) return true;
  const folded = fold(text);
  return [...folded.matchAll(/(?<!\d)\d{3}(?:[ .]?\d{3}){2,3}(?!\d)/g)].some((match) =>
    ID_WORD.test(folded.slice(Math.max(0, match.index - 60), match.index)),
  );
}

/** Mobile numbers (0, +84 or 84 and nine digits from 3, 5, 7, 8, 9) and landlines (02 and nine digits), with single marks between. */
function hasPhone(text: string): boolean {
  const mobile =
    /(?<![\d.,/])(?:\(?\+ ?84\)?(?:[ .-]?\(?0\)?)?|84|0)[ .-]?[35789](?:[ .-]?\d){8}(?![ .,/-]?\d)/g;
  const landline = /(?<![\d.,/])\(?(?:\+ ?84|84|0)[ .-]?2\d{1,2}\)?(?:[ .-]?\d){7,8}(?![ .,/-]?\d)/g;
  const isPhone = (shape: string, digits: number): boolean => {
    // 84.123.456.789 is an amount, 0.999831905 a ratio as Excel shows it.
    const amount = /^84(?:[ .]\d{3}){3}$|^0\.\d{9}$/.test(shape);
    return !amount && shape.replace(/\D/g, '').replace(/^84(?=\d{9})/, '0').length >= digits;
  };
  return (
    [...text.matchAll(mobile)].some((match) => isPhone(match[0], 10)) ||
    [...text.matchAll(landline)].some((match) => isPhone(match[0], 11))
  );
}
