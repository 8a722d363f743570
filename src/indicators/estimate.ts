// Figures that are only bounds or guesses: "khoảng 20", "chưa đến 20", "20 trở lên", "vài chục".
// Matched as typed where folding would confuse words: hơn and hôn, cỡ and có, mấy and máy, ước and hương ước.
import { fold } from '../domain/words.ts';
import { readNumberWords } from './number-words.ts';

const ESTIMATE =
  '(?:uoc (?:tinh|dat|khoang|chung)|khoang chung|tren duoi|xap xi|(?:it|nho|nhieu|lon|cao|thap) (?:nhat|hon)|toi (?:thieu|da)|(?:khong|ko|k|chua) (?:qua|duoi|it hon|hon|den|toi|day|du|duoc)|du kien|hinh nhu|co le|co chung|khoang|chung|gan|hon|tren|duoi|uoc|tam)';
const BEFORE = new RegExp(`^(?:co |la |duoc |dat |tong so |tong cong )?${ESTIMATE} (?=\\d)`);
const AS_TYPED = /^(?:độ|cỡ|quá|quãng|ngót|ngoài|đâu|đâu đó)\s+(?=\d)/iu;
/** Behind other words, where only these cannot mean anything else. */
const BEHIND_WORDS =
  /^\D*[\p{L},]\s+(?:khoảng|khoang|xấp xỉ|xap xi|ước|gần|hơn|chừng|cỡ|tối đa|tối thiểu|ít nhất|nhiều nhất)\s+(?=\d)/iu;
const AFTER_ALL =
  /^\d[\d.,]*\s*%?[^\d]*?(?:\+|(?<!\p{L})(?:trở lên|tro len|trở xuống|tro xuong|ước tính|uoc tinh|ước lượng|uoc luong|là ước)\)?)$/iu;
const RIGHT_AFTER =
  /^\d[\d.,]*\s*%?\s*[(,]?\s*(?:mấy|ước|uoc|hơn|hon|khoảng|khoang|xấp xỉ|xap xi|dự kiến)\)?$/iu;
const VAGUE =
  /^(?:vai|mot (?:vai|so)|hang (?:chuc|tram|nghin|ngan)|nhieu|rat nhieu|it|rat it|khong nhieu|khong dang ke)(?: |$)/;
const BEFORE_WORDS = /^(?:khoảng|gần|hơn|trên|dưới|ước|chừng|tầm|xấp xỉ|khoang|gan|hon|uoc|chung) (.+)$/i;

/** True when the text gives a bound, a guess or a vague amount instead of a figure. */
export function isEstimate(text: string): boolean {
  const folded = fold(text);
  if (/^(?:[~≈≃±<>≤≥]|<=|>=)\s*\d/.test(folded) || BEFORE.test(folded)) return true;
  if ([AS_TYPED, BEHIND_WORDS, AFTER_ALL, RIGHT_AFTER].some((pattern) => pattern.test(text))) return true;
  if (!/\d/.test(folded) && (VAGUE.test(folded) || / (?:mấy|vài chục|vai chuc)$/i.test(text))) return true;
  const words = BEFORE_WORDS.exec(text)?.[1];
  return words !== undefined && readNumberWords(words) !== undefined;
}

/** "không phải 12": the figure is the one it is not. */
export const isDenied = (text: string): boolean =>
  /^(?:khong|khg|kg|ko|k) (?:phai|dung)(?: la)? \d/.test(fold(text));
