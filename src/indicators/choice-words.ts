// Words that mean a choice without being its label: "rồi", "k", "x" for Có/Không, a part of a label, a label with more words behind.
import type { Choice } from '../domain/template.ts';
import { fold } from '../domain/words.ts';

const YES =
  /^(?:c|y|yes|ok|oke|r|roi|co roi|da|da co|da lam|da xong|xong|xong roi|da thuc hien|da trien khai|co thuc hien|co a|vang|dung|x|v|[✓✔☑])$/;
const NO =
  /^(?:k|ko|kh|kg|khg|khong|n|no|(?:k|ko|kh|kg|khg|khong|0) co|khong a|ko a|khong thuc hien|ko thuc hien)$/;
const DONE =
  /^(?:roi|xong|xong roi|da xong|da|hoan thanh roi|da hoan thanh|co|da co|da lam|da thuc hien|x|v|[✓✔☑])$/;

/** The one choice that a weak word points to; `typed` is folded. Có/không are only mapped when the codes are Có/Không. */
export function weakMatch(typed: string, choices: readonly Choice[]): Choice | undefined {
  const labelled = (label: string): Choice | undefined => choices.find((one) => fold(one.label) === label);
  const [yes, no] = [labelled('co'), labelled('khong')];
  if (yes && no && choices.length === 2) {
    if (YES.test(typed)) return yes;
    return NO.test(typed) ? no : undefined;
  }
  const done = choices.filter((one) => /^(?:da |hoan thanh)/.test(fold(one.label)));
  const notDone = choices.some((one) => /^chua/.test(fold(one.label)));
  if (notDone && done.length === 1 && DONE.test(typed) && typed !== 'co') return done[0];
  return partOfLabel(typed, choices);
}

/** "đã" for Đã thực hiện, "phiếu" for Phát phiếu: all its words stand in one label only, and it is not a bare có/không. */
function partOfLabel(typed: string, choices: readonly Choice[]): Choice | undefined {
  const words = typed.split(/[^\p{L}\d]+/u).filter((word) => word !== '');
  if (words.length === 0 || /^(?:co|khong|ko|k|\d+)$/.test(words.join(' '))) return undefined;
  const fitting = choices.filter((one) => {
    const label = fold(one.label).split(/[^\p{L}\d]+/u);
    return words.every((word) => label.includes(word));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** "Có, đã tổ chức 2 lần": the longest label that the text begins with, and the words behind it. */
export function beginsWithLabel(
  text: string,
  choices: readonly Choice[],
): { choice: Choice; rest: string } | undefined {
  const words = text.split(/\s+/);
  const longestFirst = [...choices].sort((one, other) => other.label.length - one.label.length);
  for (const choice of longestFirst) {
    const length = choice.label.split(/\s+/).length;
    const start = fold(words.slice(0, length).join(' ')).replace(/[,.:]$/, '');
    const rest = words.slice(length).join(' ').trim();
    // "Có vi phạm" begins with a word that is a label in other lists only; "Không biết" is no "Không".
    if (start === fold(choice.label) && rest !== '' && !/^(?:khong|chua)$/.test(start))
      return takesBack(fold(text).slice(start.length), choice, choices) ? undefined : { choice, rest };
  }
  return undefined;
}

/** Words that leave the choice in front of them open: "có thể", "có hay không", "Có = 0", "… và phát phiếu", "hoàn thành 50%". */
function takesBack(behind: string, choice: Choice, choices: readonly Choice[]): boolean {
  const others = choices.filter((one) => one !== choice);
  const code = /^ ?[:=(]? ?0*(\d+)\)?$/.exec(behind)?.[1];
  const joined = /^ ?(?:[,+&/]|va |hoac |hay ) ?(.+)$/.exec(behind)?.[1] ?? '';
  return (
    /^ ?=/.test(behind) ||
    /^ (?!100)\d[\d.,]* ?%/.test(behind) ||
    others.some((one) => String(one.code) === code || joined.startsWith(fold(one.label))) ||
    (fold(choice.label) === 'co' && /^ (?:the|le|khi|hay|phai|khong|ko|chua)(?: |$)/.test(behind))
  );
}
