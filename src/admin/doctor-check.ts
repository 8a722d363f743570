// What one look of the doctor is, and how it asks a server with a time limit.

/** `odd`: works, but should be looked at. bad: must be put right. `todo`: what to do. */
export type Check =
  | { readonly is: 'ok'; readonly what: string }
  | { readonly is: 'odd' | 'bad'; readonly what: string; readonly todo: string };

export const ok = (what: string): Check => ({ is: 'ok', what });
export const odd = ([what, todo]: readonly [string, string]): Check => ({ is: 'odd', what, todo });
export const bad = ([what, todo]: readonly [string, string]): Check => ({ is: 'bad', what, todo });
/** The check when it applies. */
export const when = (applies: boolean, check: () => Check): readonly Check[] => (applies ? [check()] : []);

/** How long a server may take (ms). */
const PATIENCE = 8_000;

export type Answer =
  | {
      readonly status: number;
      readonly body: Readonly<Record<string, unknown>> | undefined;
      /** By how many seconds our clock differs from the server's, as far as it tells. */
      readonly skew: number | undefined;
    }
  | { readonly why: string };

/** Asks once; never rejects. `why` never holds the address, in which a token may stand. */
export async function ask(
  url: string,
  init: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { ...init, signal, redirect: 'manual' });
    const date = Date.parse(response.headers.get('date') ?? '');
    const skew = Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000);
    return { status: response.status, body: objectIn(await response.text()), skew };
  } catch (error) {
    return { why: wordFor(error) };
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' ? cause.code : error.name;
}
