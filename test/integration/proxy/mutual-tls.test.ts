import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { systemClock } from '../../../src-main/base/clock.ts';
import { createAuthority } from '../../../src-main/identity/authority.ts';
import { spiffeIdOf } from '../../../src-main/proxy/listener/tls-material.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, startService } from '../../support/service.ts';

const stack = new CloseStack();
let hop: TestHop;

beforeAll(async () => {
  const service = stack.add(await startService(echo));
  hop = stack.add(await startHop({ service: service.port }));
});
afterAll(() => stack.close());

/** Speaks to the sidecar's inbound port; resolves to what came back, or to the error's code. */
function speak(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({
      host: '127.0.0.1',
      port: hop.inbound,
      ca: hop.trustBundle,
      servername: '',
      checkServerIdentity: (_host, certificate) => {
        const found = spiffeIdOf(certificate);
        return found === 'spiffe://test.local/ns/default/sa/api'
          ? undefined
          : new Error(`it is ${found}`);
      },
      ...options,
    });
    socket.on('secureConnect', () =>
      socket.write('GET /hi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    );
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => resolve(received));
  });
}

describe("a sidecar's inbound port", () => {
  it('serves a caller with a certificate of the mesh', async () => {
    const { certificateChain: cert, privateKey: key } = hop.leaf('web');
    expect(await speak({ cert, key })).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it('refuses a caller without a certificate', async () => {
    expect(await speak({})).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
    await eventually(() => hop.refusals().some(({ type }) => type === 'handshake-failed'));
  });

  it('refuses a caller with a certificate of another CA', async () => {
    const stranger = createAuthority('test', systemClock).issue('default', 'web');
    const answer = await speak({ cert: stranger.certificateChain, key: stranger.privateKey });
    expect(answer).toBe('');
    await eventually(() => {
      const reasons = hop.refusals().map((message) => 'reason' in message && message.reason);
      expect(reasons).toContain('its certificate is not of this mesh');
    });
  });

  it('refuses plain text', async () => {
    const client = await rawClient(hop.inbound);
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(() => client.closed());
    expect(client.received()).not.toContain('HTTP/1.1 200');
  });

  it('lets go at once of a caller that hangs up in its handshake, and does not call it refused', async () => {
    const before = hop.refusals().length;
    const hello = await rawClient(hop.inbound);
    // A record of the handshake that says it is longer than what follows.
    hello.send('\x16\x03\x01\x02\x00\x01');
    hello.socket.end();
    await eventually(() => hello.closed(), { within: 1000 });
    expect(hop.refusals().slice(before)).toEqual([]);
  });

  it('refuses TLS 1.2', async () => {
    const { certificateChain: cert, privateKey: key } = hop.leaf('web');
    expect(await speak({ cert, key, maxVersion: 'TLSv1.2' })).toBe(
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    );
  });

  it('shows a certificate that a client of another service refuses', async () => {
    const { certificateChain: cert, privateKey: key } = hop.leaf('web');
    const checkServerIdentity = (): Error =>
      Object.assign(new Error('not payments'), { code: 'WRONG' });
    expect(await speak({ cert, key, checkServerIdentity })).toBe('WRONG');
  });
});
