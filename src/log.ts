// The log: one JSON line per happening, without secrets and without anything that a person wrote.
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * A logger that never prints a token, secret, code or phone number. `secrets`: settings that must not appear in any line, wherever
 * they come from. `destination`: standard output when left out.
 */
export function createLog(
  level: string,
  secrets: readonly string[] = [],
  destination?: DestinationStream,
): Log {
  const hide = withoutSecrets(secrets);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Secrets go first: what is cut out of the middle of one would leave its ends.
    serializers: { err: (error: unknown) => plainError(error, hide) },
    hooks: { streamWrite: hide },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Fields that are never shown, at any depth. On the finished line, for pino's own way of doing it costs more than the line. */
const HIDDEN = /"(token|secret|code|phone|text|password|cookie|authorization)":("(?:[^"\\]|\\.)*"|[-\d.]+)/g;

/** Tokens of bots have this form on every platform: a number, a colon, a long word. */
const BOT_TOKEN = '(?<!\\d)\\d{6,}:[\\w-]{25,}';

/** Takes secrets out of a line, also where an address carries them encoded, and a bot's token without its number. */
function withoutSecrets(secrets: readonly string[]): (line: string) => string {
  const parts = secrets.flatMap((each) => [
    ...[each, encodeURIComponent(each), JSON.stringify(each).slice(1, -1)],
    each.split(':').at(-1) ?? '',
  ]);
  // Longest first: one may be the beginning of another. Nothing so short that ordinary words hold it.
  const known = [...new Set(parts)].filter((each) => each.length >= 8).sort((a, b) => b.length - a.length);
  const escaped = known.map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp([...escaped, BOT_TOKEN].join('|'), 'g');
  return (line) => line.replace(HIDDEN, '"$1":"[hidden]"').replace(pattern, '<secret>');
}

type Plain = {
  readonly type: string;
  readonly message: string;
  /** The system's or the platform's. Not `code`, which is what an invitation has. */
  readonly errorCode?: string | number;
  readonly stack?: readonly string[];
  readonly cause?: Plain;
};

const CAUSES = 4;
const FRAMES = 12;

/**
 * An error as it may be printed. Libraries hang whole requests on theirs (what was sent, to whom, with which token), and messages
 * quote what could not be read: only kind, place and words without quotations are kept.
 */
function plainError(error: unknown, hide: (text: string) => string, depth = 0): Plain {
  if (!(error instanceof Error)) return { type: typeof error, message: unquoted(hide(String(error))) };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: unquoted(hide(error.message)),
    ...(typeof code === 'string' || typeof code === 'number' ? { errorCode: code } : {}),
    ...(depth === 0 ? { stack: frames.slice(0, FRAMES).map((line) => line.trim()) } : {}),
    ...(cause === undefined || depth >= CAUSES ? {} : { cause: plainError(cause, hide, depth + 1) }),
  };
}

const QUOTED = /"[^"]*"?|“[^”]*”?|«[^»]*»?|`[^`]*`?/g;
/** As long as a code of an invitation or a link. */
const CODE = /(?<![\w/.-])[\w-]{22,26}(?![\w.-])/g;
const PHONE = /(?<!\w)\+?(?:84|0)(?:[\s.-]?\d){8,10}(?!\d)/g;

const unquoted = (text: string): string =>
  text.replace(QUOTED, '"…"').replace(CODE, '<code>').replace(PHONE, '<number>');
