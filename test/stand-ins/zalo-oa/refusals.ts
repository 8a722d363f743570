// Zalo's refusals, and the reading of values that may deserve one.

/** Zalo's refusal: `{ error, message }` with HTTP 200 (`errorStatus`), or with `status` when it is the path that is wrong. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: number | undefined;
  constructor(code: number, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The answer to a value that is missing or of the wrong kind. */
export const invalid = (field: string): ApiError => new ApiError(-201, `${field} is invalid!`);

export type Fields = Readonly<Record<string, unknown>>;

/** An object with no other fields than these; stricter than Zalo, which overlooks the others. */
export function fields(value: unknown, name: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(name);
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) throw invalid(`${name}.${stranger}`);
  return value as Fields;
}

/** A text that is not blank and not longer than `limit` UTF-16 units. */
export function words(value: unknown, name: string, limit: number, tooLong = -210): string {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(name);
  if (value.length > limit) throw new ApiError(tooLong, `${name} is over limit ${limit}!`);
  return value;
}
