// A listener of its own for /metrics, so that the address that officers reach through a proxy can never show it.
import { createServer } from 'node:http';
import { isIP } from 'node:net';
import { WEB } from './text/web.ts';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Options = {
  /** 127.0.0.1 unless somebody else is to read it. */
  readonly host: string;
  readonly port: number;
  readonly text: () => Promise<string>;
  readonly log: { error(fields: object, text: string): void };
};

const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const LOOPBACK = /^(127\.|localhost$|\[?::1\]?$)/;

/**
 * Whoever reads it on this machine knows its address or a short name. A name with a dot may be a stranger's that was pointed here,
 * so that the page behind it could read along (DNS rebinding).
 */
function isOwnName(host = ''): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || !name.includes('.');
}

/** Resolves with a function that closes it; rejects with a sentence for the operator when the port cannot be had. */
export function serveMetrics({ host, port, text, log }: Options): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { ...HEADERS, 'Content-Type': type }).end(body);
    };
    if (LOOPBACK.test(host) && !isOwnName(request.headers.host)) return answer(403, 'not here\n');
    const path = request.url?.split('?')[0];
    if (path !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD'))
      return answer(404, 'not found\n');
    text().then(
      (body) => answer(200, body, METRICS_TYPE),
      (error: unknown) => {
        log.error({ err: error }, 'the metrics could not be read');
        answer(503, 'not available\n');
      },
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Error(WEB.noMetrics(host, port, cause.code ?? cause.message), { cause })),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve(
        () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      );
    });
  });
}
