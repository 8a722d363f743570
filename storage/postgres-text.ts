// Text between the program and PostgreSQL, which holds neither U+0000 nor half a surrogate pair: such characters go in disguise.

/** A character that Unicode gives to nobody; four hex digits after it say which character is meant. */
const MARK = '\uFDD0';

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');

/** An id as it stands in a column of its own. */
export const plain = (id: string): string =>
  id.replace(/\0|\uFDD0|\p{Surrogate}/gu, (each) => `${MARK}${hexOf(each)}`);

/** A value as JSON for a jsonb column or a parameter; its strings and keys are disguised as `plain` does it. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])|\uFDD0/.test(text)) return text;
  return text.replace(/\\\\|\\u(0000|d[89a-f][0-9a-f]{2})|\uFDD0/g, (each, hex?: string) =>
    each === '\\\\' ? each : `${MARK}${hex ?? hexOf(MARK)}`,
  );
}

/** What `toJson` made a text of, and what the database made of that. */
export const fromJson = (text: string): unknown =>
  JSON.parse(text.includes(MARK) ? text.replace(/\uFDD0([0-9a-f]{4})/g, '\\u$1') : text);
