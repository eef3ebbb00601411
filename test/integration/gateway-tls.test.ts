import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import http2 from 'node:http2';
import https from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

/** Answers with how the caller came in. */
const ECHO = `require('http').createServer((request, response) => {
  response.end(request.headers['x-forwarded-proto'] + ' ' + request.httpVersion);
}).listen(process.env.PORT, '127.0.0.1')`;

const SERVICES = { echo: { command: ['node', '-e', ECHO] } };

function documentOf(gateway: object): string {
  return JSON.stringify({
    mesh: 'secure',
    gateway: { port: 0, routes: [{ service: 'echo' }], ...gateway },
    services: SERVICES,
  });
}

async function run(gateway: object): Promise<RunningMesh> {
  return stack.add(await runUp(await tempMesh(documentOf(gateway))));
}

/** A self-signed certificate for localhost, as `cert.pem` and `key.pem`. */
async function makeCertificate(folder: string, name: string): Promise<void> {
  const args = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name}`;
  const files = [
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
  ];
  execFileSync('openssl', [...args.split(' '), ...files], { cwd: folder, stdio: 'pipe' });
}

function get(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { ca, agent: false }, (response) => {
      text(response).then(resolve, reject);
    });
    request.on('error', reject);
  });
}

async function getByHttp2(url: string, ca: string): Promise<string> {
  const session = http2.connect(url, { ca });
  try {
    const stream = session.request({ ':path': '/' });
    return await text(stream);
  } finally {
    session.close();
  }
}

/** The common name of who answers there. */
function shownBy(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const options = { host: '127.0.0.1', port: Number(port), rejectUnauthorized: false };
    const socket = connectTls(options, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

describe('TLS at the gateway', () => {
  it('ends at a port of its own with a certificate of the mesh, for HTTP/1.1 and HTTP/2', async () => {
    const { up } = await run({ tls: { port: 0 } });
    const ca = await readFile(up.trustBundle, 'utf8');
    expect(await get(up.gateway.tls!, ca)).toBe('https 1.1');
    expect(await getByHttp2(up.gateway.tls!, ca)).toMatch(/^https /);
    expect(await get(up.gateway.tls!.replace('localhost', '127.0.0.1'), ca)).toBe('https 1.1');
    expect(await (await fetch(up.gateway.url)).text()).toBe('http 1.1');
  });

  it('is good for the hosts of the routes, also those that come later', async () => {
    const { up, file } = await run({ tls: { port: 0 } });
    const ca = await readFile(up.trustBundle, 'utf8');
    const isGoodFor = (servername: string): Promise<boolean> =>
      new Promise((resolve) => {
        const port = Number(new URL(up.gateway.tls!).port);
        const socket = connectTls({ host: '127.0.0.1', port, ca, servername }, () => {
          resolve(true);
          socket.destroy();
        });
        socket.on('error', () => resolve(false));
      });
    expect(await isGoodFor('shop.test')).toBe(false);
    const routes = [{ host: 'shop.test', service: 'echo' }];
    await writeFile(file, documentOf({ tls: { port: 0 }, routes }));
    await eventually(() => isGoodFor('shop.test'));
  });

  it('shows the certificate that the document names, and the next one without a restart', async () => {
    const copy = await tempMesh(
      documentOf({ tls: { port: 0, certificate: 'cert.pem', key: 'key.pem' } }),
    );
    await makeCertificate(copy.folder, 'first');
    const { up, file } = stack.add(await runUp(copy));
    const ca = await readFile(join(copy.folder, 'cert.pem'), 'utf8');
    expect(await get(up.gateway.tls!, ca)).toBe('https 1.1');
    await makeCertificate(copy.folder, 'second');
    const { tls } = up.gateway;
    await writeFile(
      file,
      documentOf({
        tls: { port: 0, certificate: 'cert.pem', key: 'key.pem' },
        routes: [{ service: 'echo', path: '/' }],
      }),
    );
    await eventually(async () => (await shownBy(tls!)) === 'second');
  });

  it('that cannot be set up says which file is to blame, and what ran goes on', async () => {
    const { up, file, talk, events } = await run({ tls: { port: 0 } });
    const missing = { port: 0, certificate: 'nowhere.pem', key: 'nowhere.key' };
    await writeFile(file, documentOf({ tls: missing }));
    await eventually(() =>
      (talk() + JSON.stringify(events)).includes('nowhere.pem cannot be read: it does not exist'),
    );
    const ca = await readFile(up.trustBundle, 'utf8');
    expect(await get(up.gateway.tls!, ca)).toBe('https 1.1');
  });

  it('takes no plain text, and says nothing to it', async () => {
    const { up } = await run({ tls: { port: 0 } });
    const { port } = new URL(up.gateway.tls!);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});
