// The web server before a peer: its webhook, and a page that tells the driver that it is there.
import { createServer } from 'node:http';

/** `handle(request, response)` takes the updates. */
export function serve(handle) {
  const server = createServer((request, response) => {
    if (request.method === 'GET') return response.end('ok');
    Promise.resolve(handle(request, response)).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(Number(process.env.PORT), '127.0.0.1');
}
