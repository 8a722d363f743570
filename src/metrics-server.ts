// A listener of its own for /metrics, so that the address that officers reach through a proxy can never show it.
import { createServer } from 'node:http';
import { WEB } from './text/web.ts';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Options = {
  /** 127.0.0.1 unless somebody else is to read it. */
  readonly host: string;
  readonly port: number;
  readonly text: () => Promise<string>;
  readonly log: { error(fields: object, text: string): void };
};

/** Resolves with a function that closes it; rejects with a sentence for the operator when the port cannot be had. */
export function serveMetrics({ host, port, text, log }: Options): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' }).end(body);
    };
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
