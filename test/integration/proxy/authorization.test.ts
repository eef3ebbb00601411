import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { AuthorizationPolicyConfig, RouteConfig } from '../../../src-main/proxy/config.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { grpcClient, grpcStatus, startGrpcService } from '../../support/grpc.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { echo, startService } from '../../support/service.ts';
import { startTcpService } from '../../support/tcp-service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

type Given = Partial<AuthorizationPolicyConfig>;

const ROUTE: RouteConfig = {
  name: 'inbound',
  match: {},
  overrides: [],
  split: [{ cluster: 'local', weight: 1 }],
  timeout: 0,
  faults: [],
};

function guarded(policies: Given[], namesRule = true): RouteConfig[] {
  const configs = policies.map((one) => ({
    name: 'rule',
    action: 'deny' as const,
    dryRun: false,
    ...one,
  }));
  return [{ ...ROUTE, authorization: { namesRule, policies: configs } }];
}

async function httpHop(policies: Given[], namesRule = true): Promise<TestHop> {
  const service = stack.add(await startService(echo));
  const inbound = { mtls: 'permissive' as const, routes: guarded(policies, namesRule) };
  return stack.add(await startHop({ service: service.port, inbound }));
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly text: string;
}

function ask(port: number, path = '/', method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

async function inboundHop(hop: TestHop): Promise<Hop> {
  return eventually(() => {
    const found = hop.hops().find(({ direction }) => direction === 'inbound');
    expect(found).toBeDefined();
    return found as Hop;
  });
}

describe('a request that is denied', () => {
  it('is answered 403 with the name of the rule, in the hop as well', async () => {
    const hop = await httpHop([{ name: 'no-web', principals: ['*/sa/web'] }]);
    const answer = await ask(hop.port, '/orders', 'POST', 'x'.repeat(100_000));
    expect(answer).toMatchObject({
      status: 403,
      headers: { 'x-faultline-denied-by': 'no-web', 'x-faultline-failure': 'access-denied' },
    });
    expect(answer.text).toContain('RBAC: access denied');
    const { failure, flags, rule, sourceService, status } = await inboundHop(hop);
    expect({ failure, rule, sourceService, status }).toEqual({
      failure: 'access-denied',
      rule: 'no-web',
      sourceService: 'web',
      status: 403,
    });
    expect(flags & HopFlag.DENIED).toBe(HopFlag.DENIED);
  });

  it('is not told the rule where that is switched off', async () => {
    const hop = await httpHop([{}], false);
    const { headers, status } = await ask(hop.port);
    expect([status, headers['x-faultline-denied-by']]).toEqual([403, undefined]);
    expect((await inboundHop(hop)).rule).toBe('rule');
  });

  it('leaves the connection to the next one, which is judged for itself', async () => {
    const hop = await httpHop([{ paths: ['/admin*'] }]);
    const client = await rawClient(hop.inbound);
    for (const path of ['/admin', '/public', '/%61dmin', '/x/../admin', '/shop']) {
      client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    }
    await eventually(() => {
      const statuses = [...client.received().matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(
        ([, code]) => code,
      );
      expect(statuses).toEqual(['403', '200', '403', '403', '200']);
    });
    client.close();
  });

  it('reaches the service by the path that was judged', async () => {
    const hop = await httpHop([{ paths: ['/admin*'] }]);
    const { text } = await ask(hop.port, '/a/./%62?q=%61');
    expect(text).toContain('/a/b?q=%61');
  });
});

describe('a gRPC call', () => {
  it('is denied with PERMISSION_DENIED, by its method as a path', async () => {
    const service = stack.add(await startGrpcService());
    const routes = guarded([{ name: 'no-unary', paths: ['/test.Echo/Unary'] }]);
    const hop = stack.add(await startHop({ service: service.port, inbound: { routes } }));
    const client = stack.add(grpcClient(hop.port));
    const failure: unknown = await client.unary('hello').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: grpcStatus.PERMISSION_DENIED });
    expect(await client.collect(['a', 'b'])).toBe('a,b');
    const { grpcStatus: code, rule } = await inboundHop(hop);
    expect([code, rule]).toEqual([grpcStatus.PERMISSION_DENIED, 'no-unary']);
  });
});

describe('who calls in plain text', () => {
  it('has no identity that a rule could allow', async () => {
    const hop = await httpHop([{ action: 'allow', principals: ['*'] }]);
    expect((await ask(hop.port)).status).toBe(200);
    expect((await ask(hop.inbound)).status).toBe(403);
  });
});

describe('a policy on trial', () => {
  it('lets the request through and marks its hop', async () => {
    const hop = await httpHop([{ name: 'soon', dryRun: true }]);
    expect((await ask(hop.port)).status).toBe(200);
    const { failure, flags, rule } = await inboundHop(hop);
    expect([failure, rule]).toEqual(['', 'soon']);
    expect(flags & (HopFlag.DENIED | HopFlag.DENIED_DRY_RUN)).toBe(HopFlag.DENIED_DRY_RUN);
  });
});

describe('a policy that is put on and off', () => {
  it('acts on the next request of a connection that is open', async () => {
    const hop = await httpHop([]);
    const client = await rawClient(hop.inbound);
    const statuses = (): string[] =>
      [...client.received().matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code = '']) => code);
    for (const [routes, expected] of [
      [guarded([{}]), ['403']],
      [[ROUTE], ['403', '200']],
    ] as const) {
      await hop.pushInbound({ mtls: 'permissive', routes });
      client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await eventually(() => expect(statuses()).toEqual(expected));
    }
    client.close();
  });
});

describe('a connection of bytes', () => {
  async function tcpHop(policies: Given[], greeting = ''): Promise<TestHop> {
    const service = stack.add(
      await startTcpService((socket) => {
        socket.write(greeting);
        socket.pipe(socket);
      }),
    );
    const inbound = { mtls: 'permissive' as const, routes: guarded(policies) };
    return stack.add(await startHop({ service: service.port, protocol: 'auto', inbound }));
  }

  it('is reset for a caller that is denied, and its hop names the rule', async () => {
    const hop = await tcpHop([{ name: 'no-web', principals: ['*/sa/web'] }]);
    const denied = await rawClient(hop.port);
    denied.send('PING\r\n');
    await eventually(() => denied.closed());
    expect(denied.received()).toBe('');
    const { failure, flags, rule } = await inboundHop(hop);
    expect([failure, rule]).toEqual(['access-denied', 'no-web']);
    expect(flags & HopFlag.DENIED).toBe(HopFlag.DENIED);
  });

  it('serves a caller that is allowed, and notes what a policy on trial says', async () => {
    const hop = await tcpHop([
      { action: 'allow', namespaces: ['default'] },
      { name: 'soon', dryRun: true },
    ]);
    const allowed = await rawClient(hop.port);
    allowed.send('PING\r\n');
    await eventually(() => expect(allowed.received()).toBe('PING\r\n'));
    allowed.close();
    const { flags, rule } = await inboundHop(hop);
    expect([flags & HopFlag.DENIED_DRY_RUN, rule]).toEqual([HopFlag.DENIED_DRY_RUN, 'soon']);
  });

  it('hears nothing of a service that speaks first, where it is denied', async () => {
    const hop = await tcpHop([{ action: 'allow', principals: ['*'] }], '220 secret\r\n');
    const plain = await rawClient(hop.inbound);
    await eventually(() => plain.closed());
    expect(plain.received()).toBe('');
  });
});
