import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RpcFailure } from '../../src-main/api/rpc-failure.ts';
import type { Handlers } from '../../src-main/api/rpc.ts';
import { createApiServer } from '../../src-main/api/server.ts';
import type { ApiServer, ApiServerOptions } from '../../src-main/api/server.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { handlers } from '../support/handlers.ts';
import { RpcClient, rpcUrl } from '../support/rpc-client.ts';
import { sampleState } from '../support/state.ts';

let folder: string;
let stack: CloseStack;
let errors: unknown[];

beforeEach(async () => {
  stack = new CloseStack();
  errors = [];
  folder = await mkdtemp(join(tmpdir(), 'faultline-api-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Faultline</title>');
  await writeFile(join(folder, 'assets', 'app-abc123.js'), 'export {};');
});

afterEach(async () => {
  await stack.close();
  await rm(folder, { recursive: true });
});

async function serve(
  given: Partial<Handlers> = {},
  options: Partial<ApiServerOptions> = {},
): Promise<ApiServer> {
  const server = await createApiServer({
    port: 0,
    rendererFolder: folder,
    version: '0.0.0',
    handlers: handlers(given),
    onError: (error) => void errors.push(error),
    ...options,
  });
  return stack.add(server);
}

async function open(server: ApiServer): Promise<RpcClient> {
  return stack.add(await RpcClient.connect(server.url));
}

interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `node:http` rather than `fetch`, which sends the Host and the path that it thinks right. */
function get(server: ApiServer, path: string, headers: OutgoingHttpHeaders = {}): Promise<Page> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port: server.port, path, headers }, (res) => {
      let body = '';
      res.setEncoding('utf8').on('data', (text: string) => (body += text));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
    });
    req.on('error', reject).end();
  });
}

/** The status that a refused WebSocket gets. */
function refusedWith(address: string, options: object = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, options);
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    socket.on('error', reject);
    socket.on('open', () => {
      socket.close();
      reject(new Error('it was accepted'));
    });
  });
}

/** The code that ends a connection on which `data` was sent. */
async function closedWith(server: ApiServer, data: string | Buffer): Promise<number> {
  const { socket } = await open(server);
  const code = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.send(data);
  return code;
}

describe('the app over HTTP', () => {
  it('is served with headers that lock it in', async () => {
    const page = await get(await serve(), '/');
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Faultline') });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('is served under each of its own addresses, and says nothing of the token', async () => {
    const server = await serve();
    const page = await get(server, '/requests/42', { host: `localhost:${server.port}` });
    expect(page.body).toContain('Faultline');
    expect(JSON.stringify(page)).not.toContain(server.url.split('token=')[1]);
  });

  it('lets a browser keep what carries a hash in its name', async () => {
    const script = await get(await serve(), '/assets/app-abc123.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it.each(['/assets/none.js', '/../package.json', '/..%2f..%2fetc/passwd.txt', '/%00.js'])(
    'has nothing at %s',
    async (path) => {
      expect((await get(await serve(), path)).status).toBe(404);
    },
  );

  it('goes on being served while a build replaces its folder', async () => {
    const server = await serve();
    await rm(join(folder, 'assets'), { recursive: true });
    expect((await get(server, '/assets/app-abc123.js')).status).toBe(200);
  });

  it('is said not to be built where it is not', async () => {
    const server = await serve({}, { rendererFolder: join(folder, 'none') });
    expect(await get(server, '/')).toMatchObject({
      status: 503,
      body: expect.stringContaining('has not been built'),
    });
  });

  it('is refused to a page whose name was rebound to loopback', async () => {
    const server = await serve();
    const page = await get(server, '/', { host: `evil.example:${server.port}` });
    expect(page).toMatchObject({ status: 403, body: expect.not.stringContaining('<title>') });
  });

  it('listens on loopback only', async () => {
    const server = await serve();
    const socket = connect({ host: '127.0.0.2', port: server.port });
    const outcome = await new Promise((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.once('connect', () => resolve('connected'));
    });
    socket.destroy();
    expect(outcome).not.toBe('connected');
  });

  it('says which port is taken', async () => {
    const { port } = await serve();
    await expect(serve({}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });
});

describe('who may open a session', () => {
  it('has the token', async () => {
    const server = await serve();
    const rpc = `ws://127.0.0.1:${server.port}/rpc`;
    expect(await refusedWith(rpc)).toBe(401);
    expect(await refusedWith(`${rpc}?token=`)).toBe(401);
    expect(await refusedWith(`${rpc}?token=wrong`)).toBe(401);
    expect(await refusedWith(`${rpcUrl(server.url)}x`)).toBe(401);
  });

  it('asks for the right path', async () => {
    const server = await serve();
    expect(await refusedWith(rpcUrl(server.url).replace('/rpc', '/other'))).toBe(404);
  });

  it('is our own page, or no page', async () => {
    const server = await serve();
    const address = rpcUrl(server.url);
    const own = `http://127.0.0.1:${server.port}`;
    for (const origin of ['http://evil.example', 'null', 'file://', 'http://localhost:3000']) {
      expect(await refusedWith(address, { origin })).toBe(403);
    }
    stack.add(await RpcClient.connect(server.url, { origin: own }));
  });

  it('asked for a name of loopback', async () => {
    const server = await serve();
    const headers = { host: `evil.example:${server.port}` };
    expect(await refusedWith(rpcUrl(server.url), { headers })).toBe(403);
  });

  it('is not the sixty-fifth', async () => {
    const server = await serve();
    for (let i = 0; i < 64; i++) await open(server);
    expect(await refusedWith(rpcUrl(server.url))).toBe(503);
  });
});

describe('a session', () => {
  it('gets the state and every delta after it, to all that have subscribed', async () => {
    const server = await serve();
    const [one, other, idle] = [await open(server), await open(server), await open(server)];
    expect(await one.call('subscribe', {})).toEqual(sampleState());
    await other.call('subscribe', {});
    server.broadcast([{ kind: 'tick', at: 1, edges: [], nodes: [] }]);
    await eventually(() => {
      expect(one.deltas).toEqual([{ kind: 'tick', at: 1, edges: [], nodes: [] }]);
      expect(other.deltas).toEqual(one.deltas);
    });
    expect([...one.strays, ...idle.deltas, ...idle.strays]).toEqual([]);
  });

  it('gets what a handler gives, and what it refuses with', async () => {
    const server = await serve({
      edit: ({ base }) => {
        if (base !== 1) throw new RpcFailure(-32001, 'stale', { version: 1 });
        return Promise.resolve({ version: 2 });
      },
    });
    const client = await open(server);
    const edit = { kind: 'remove-fault', name: 'slow' } as const;
    expect(await client.call('edit', { base: 1, edit })).toEqual({ version: 2 });
    await expect(client.call('edit', { base: 0, edit })).rejects.toMatchObject({
      code: -32001,
      data: { version: 1 },
    });
  });

  it('is told what is wrong with a message, and goes on', async () => {
    const client = await open(await serve());
    client.socket.send('{not json');
    client.socket.send('{"jsonrpc":"2.0","id":"x","method":"explode"}');
    client.socket.send('{"jsonrpc":"2.0","id":"y","method":"trace","params":{"traceId":7}}');
    await eventually(() => expect(client.strays).toHaveLength(3));
    expect(client.strays).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: 'x', error: { code: -32601 } },
      { id: 'y', error: { code: -32602 } },
    ]);
    await client.call('subscribe', {});
  });

  it('is closed by a frame that is too large, and by a binary one', async () => {
    const server = await serve();
    expect(await closedWith(server, 'x'.repeat(3 * 1024 * 1024))).toBe(1009);
    expect(await closedWith(server, Buffer.from([1, 2, 3]))).toBe(1003);
    await (await open(server)).call('subscribe', {});
  });

  it('that reads too slowly gets the whole state anew in the place of what it missed', async () => {
    const server = await serve({}, { mostBuffered: 64 * 1024 });
    const slow = await open(server);
    const quick = await open(server);
    await slow.call('subscribe', {});
    await quick.call('subscribe', {});
    slow.socket.pause();
    const { document } = sampleState('# '.padEnd(100_000, 'x'));
    const told = 500;
    for (let i = 0; i < told; i++) {
      server.broadcast([{ kind: 'document', document: { ...document, version: i } }]);
      // The quick one reads along; the slow one's queue grows.
      await eventually(() => quick.deltas.length > i, { every: 1 });
    }
    slow.socket.resume();
    await eventually(() => slow.deltas.some(({ kind }) => kind === 'state'));
    server.broadcast([{ kind: 'tick', at: 7, edges: [], nodes: [] }]);
    await eventually(() => slow.deltas.at(-1)?.kind === 'tick');
    expect(slow.deltas.length).toBeLessThan(told);
    expect(quick.deltas).toHaveLength(told + 1);
  });

  it('is not told what breaks the contract; the engine is', async () => {
    const server = await serve();
    const client = await open(server);
    await client.call('subscribe', {});
    server.broadcast([{ kind: 'tick', at: Infinity, edges: [], nodes: [] }]);
    server.broadcast([{ kind: 'tick', at: 2, edges: [], nodes: [] }]);
    await eventually(() => expect(client.deltas).toMatchObject([{ at: 2 }]));
    expect(errors).toMatchObject([{ name: 'ContractError' }]);
  });

  it('is told that the engine stops, and a deaf one does not hold it up', async () => {
    const server = await serve();
    const client = await open(server);
    const deaf = connect({ host: '127.0.0.1', port: server.port });
    deaf.on('error', () => deaf.destroy());
    const code = new Promise((resolve) => client.socket.once('close', resolve));
    await server.close();
    await server.close();
    expect(await code).toBe(1001);
    deaf.destroy();
  });
});
