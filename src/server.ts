// The HTTP server: the channels' routes, a health page, and a start and stop that say what they do.
import { createServer as createHttpServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { addresses, type Proxies } from './channels/web-address.ts';
import { METRICS_TYPE } from './metrics-server.ts';
import { WEB } from './text/web.ts';

type Options = {
  /** Anything with routes: the web chat, the webhook channels, the links to tables. */
  readonly routes: readonly { routes(app: Hono): void }[];
  /** Shown at /health beside the status. */
  readonly health: () => Readonly<Record<string, unknown>>;
  /** Shown at /ready, as 503 unless `ready`. Left out: there is no such page. */
  readonly ready?: () => Promise<Readonly<Record<string, unknown>> & { readonly ready: boolean }>;
  /** Shown at /metrics, to this machine alone. Left out: not here. */
  readonly metrics?: () => Promise<string>;
  /** Address to listen on, e.g. 127.0.0.1 or 0.0.0.0. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The address that officers open; its host is accepted even when we listen on this machine only. */
  readonly publicUrl?: string;
  /** Proxies besides those on this machine that are believed about who calls. */
  readonly trustedProxies?: Proxies;
  readonly log: { error(fields: object, text: string): void };
};

type Listening = {
  readonly url: string;
  /** Resolves within 2 seconds: requests in flight get that long, open streams are cut. */
  close(): Promise<void>;
};

const CLOSE_MS = 1_500;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `app` for tests without a socket; `listen` rejects with a sentence for the operator when the port cannot be had. */
export function createServer(options: Options): { readonly app: Hono; listen(): Promise<Listening> } {
  const app = new Hono();
  app.use('*', addresses(options.trustedProxies ?? []), bareHeaders);
  if (isLoopback(options.host)) app.use('*', onlyHosts(options.publicUrl));
  app.get('/health', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ ...options.health(), status: 'ok' });
  });
  const { ready, metrics } = options;
  if (ready)
    app.get('/ready', async (c) => {
      const state = await ready();
      return c.json(state, state.ready ? 200 : 503, { 'Cache-Control': 'no-store' });
    });
  if (metrics)
    app.get('/metrics', async (c, next) =>
      isLocal(c) ? c.body(await metrics(), 200, { 'Content-Type': METRICS_TYPE }) : next(),
    );
  for (const each of options.routes) each.routes(app);
  app.notFound((c) => c.text(WEB.notFound, 404, { 'X-Content-Type-Options': 'nosniff' }));
  app.onError((error, c) => {
    options.log.error({ err: error, method: c.req.method, path: c.req.routePath }, 'a request failed');
    return c.text(WEB.failed, 500, { 'X-Content-Type-Options': 'nosniff' });
  });
  return { app, listen: () => listen(app, options) };
}

const BARE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** On every answer that says nothing else: it is no page, is kept by nobody and shown in nobody's frame. */
const bareHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(BARE_HEADERS))
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};

/** True of an address on which only this machine can be reached. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(urlHost(host));

/**
 * A server for this machine only must not answer to a stranger's domain name that was pointed at it: the page behind that name
 * could otherwise talk to us as its own origin (DNS rebinding).
 */
function onlyHosts(publicUrl: string | undefined): Parameters<Hono['use']>[1] {
  const hosts = new Set(LOOPBACK);
  if (publicUrl !== undefined) hosts.add(new URL(publicUrl).hostname);
  return async (c, next) => (hosts.has(new URL(c.req.url).hostname) ? next() : c.text(WEB.wrongHost, 403));
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Asked by a program on this machine itself, not by a proxy on it for somebody else. */
function isLocal(c: Context): boolean {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const peer = env?.incoming?.socket?.remoteAddress ?? '';
  const isHere = /^(::ffff:)?127\.|^::1$/.test(peer) && LOOPBACK.has(new URL(c.req.url).hostname);
  return isHere && FORWARDED.every((name) => c.req.header(name) === undefined);
}

function listen(app: Hono, { host, port }: Options): Promise<Listening> {
  const server = createHttpServer(getRequestListener(app.fetch));
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Error(whyNot(host, port, cause), { cause })),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ url: `http://${urlHost(host)}:${bound}`, close: () => close(server) });
    });
  });
}

function whyNot(host: string, port: number, cause: NodeJS.ErrnoException): string {
  if (cause.code === 'EADDRINUSE') return WEB.portTaken(port);
  if (cause.code === 'EACCES') return WEB.portForbidden(port);
  return WEB.cannotListen(host, port, cause.code ?? cause.message);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** An address as it stands in a URL: IPv6 in brackets. */
const urlHost = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
