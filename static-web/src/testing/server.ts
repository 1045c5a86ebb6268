import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly type?: string;
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** A real server for the length of one test; `received` holds what it was asked. */
export async function serve(
  reply: (received: Received) => Reply,
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const sent = Buffer.concat(parts).toString();
      const call: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: sent === '' ? undefined : JSON.parse(sent),
      };
      received.push(call);
      const { status = 200, type = 'application/json', body } = reply(call);
      response.writeHead(status, { 'content-type': type });
      response.end(typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
