// The log: one JSON line per happening, without secrets.
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** A logger that never prints a token, secret, code or phone number. */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'token',
        'secret',
        'code',
        'phone',
        '*.token',
        '*.secret',
        '*.code',
        '*.phone',
        'headers.cookie',
        'headers.authorization',
      ],
      censor: '[hidden]',
    },
  });
