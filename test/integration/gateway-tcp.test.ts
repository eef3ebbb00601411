import { writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/base/clock.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { createAuthority } from '../../src-main/identity/authority.ts';
import { rawClient } from '../support/raw-client.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';
import { eventually } from '../support/eventually.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

/** Answers every line with itself and its own name. */
const ECHO = `require('net').createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (line) => socket.write(process.argv[1] + ' ' + line));
}).listen(process.env.PORT, '127.0.0.1')`;

/** The same behind TLS, with a certificate of its own that no proxy has seen. */
const SECRET = `require('tls').createServer({
  key: require('fs').readFileSync('key.pem'),
  cert: require('fs').readFileSync('cert.pem'),
}, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (line) => socket.write(process.argv[1] + ' ' + line));
}).listen(process.env.PORT, '127.0.0.1')`;

const node = (script: string, name: string): string[] => ['node', '-e', script, name];

async function run(gateway: object, services: object): Promise<RunningMesh> {
  const copy = await tempMesh(JSON.stringify({ mesh: 'wires', gateway, services }));
  const authority = createAuthority('elsewhere', systemClock);
  const { certificateChain, privateKey } = authority.issue('default', 'secret');
  await writeFile(join(copy.folder, 'cert.pem'), certificateChain);
  await writeFile(join(copy.folder, 'key.pem'), privateKey);
  return stack.add(await runUp(copy));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

/** What the service that is reached under this name says to `hello`, or how the connection failed. */
function ask(port: number, servername: string): Promise<string> {
  return new Promise((resolve) => {
    const transport = connect({ port, host: '127.0.0.1' });
    const socket = connectTls({ socket: transport, servername, rejectUnauthorized: false });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('data', (said: Buffer) => {
      socket.destroy();
      resolve(said.toString());
    });
    socket.write('hello');
  });
}

describe('a port of the gateway for TCP', () => {
  it('leads to its service, shares between its versions exactly, and is told where it is', async () => {
    const db = {
      versions: { v1: { command: node(ECHO, 'v1') }, v2: { command: node(ECHO, 'v2') } },
    };
    const running = await run({ port: 0, tcp: [{ port: 0, service: 'db' }] }, { db });
    const [route] = running.up.gateway.tcp;
    expect(route).toMatchObject({ name: 'db', service: 'db' });
    const said: string[] = [];
    for (let i = 0; i < 10; i++) {
      const client = await rawClient(route?.port ?? 0);
      client.send('hello');
      await eventually(() => expect(client.received()).toMatch(/^v\d hello$/));
      said.push(client.received());
      client.close();
    }
    expect(said.filter((one) => one === 'v1 hello')).toHaveLength(5);
  });

  it('passes TLS through to the service that the hello names, and resets what no route takes', async () => {
    const port = await freePort();
    const tcp = [
      { port, host: 'One.example', service: 'one' },
      { port, host: 'two.example', service: 'two' },
    ];
    const services = {
      one: { protocol: 'tls', command: node(SECRET, 'one') },
      two: { command: node(SECRET, 'two') },
    };
    await run({ port: 0, tcp }, services);
    expect(await ask(port, 'one.example')).toBe('one hello');
    expect(await ask(port, 'two.example')).toBe('two hello');
    expect(await ask(port, 'three.example')).toBe('ECONNRESET');
    const plain = await rawClient(port);
    plain.send('GET / HTTP/1.1\r\nHost: one.example\r\n\r\n');
    await eventually(() => expect(plain.closed()).toBe(true));
    expect(plain.received()).toBe('');
  });
});
