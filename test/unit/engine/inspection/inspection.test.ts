import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chainFacts } from '../../../../src-main/engine/inspection/certificate.ts';
import { configurationText } from '../../../../src-main/engine/inspection/configuration.ts';
import { environmentOf } from '../../../../src-main/engine/inspection/environment.ts';
import { MASK, maskValue } from '../../../../src-main/engine/inspection/secrets.ts';
import { createAuthority } from '../../../../src-main/identity/authority.ts';
import type { ProxyConfig } from '../../../../src-main/proxy/config.ts';
import type { InstanceSpec } from '../../../../src-main/runtime/instance.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { sampleMesh } from '../../../support/state.ts';

describe('maskValue', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['PGPASSWORD', 'hunter2'],
    ['API_KEY', 'abc'],
    ['GITHUB_TOKEN', 'abc'],
    ['authorization', 'Bearer abc'],
    ['cookie', 'session=1'],
    ['clientSecret', 'abc'],
  ])('hides %s whole', (name, value) => expect(maskValue(name, value)).toBe(MASK));

  it('hides the password of an address, and nothing else of it', () => {
    expect(maskValue('DATABASE_URL', 'postgres://shop:hunter2@db:5432/shop')).toBe(
      `postgres://shop:${MASK}@db:5432/shop`,
    );
  });

  it.each([
    ['PORT', '8080'],
    ['ORDERS_URL', 'http://127.0.0.1:4000/a@b'],
    ['PASSENGER_COUNT', '3'],
    ['KEYBOARD', 'de'],
  ])('shows %s', (name, value) => expect(maskValue(name, value)).toBe(value));
});

describe('the environment of an instance', () => {
  const service = sampleMesh().services[0]!;
  const version = service.versions[0]!;
  const spec = (env: Record<string, string>): InstanceSpec =>
    ({
      id: 'web-v1-0',
      index: 0,
      service,
      version: { ...version, workload: { ...version.workload, env } },
    }) as InstanceSpec;
  const wiring = { port: 4001, callees: { 'user-db': { host: '127.0.0.1', port: 4002 } } };

  it('is what the document says and what Faultline adds, by name', () => {
    expect(environmentOf(spec({ MODE: 'dev' }), wiring)).toEqual([
      { name: 'MODE', value: 'dev', masked: false, origin: 'document' },
      { name: 'PORT', value: '4001', masked: false, origin: 'faultline' },
      { name: 'USER_DB_SERVICE_HOST', value: '127.0.0.1', masked: false, origin: 'faultline' },
      { name: 'USER_DB_SERVICE_PORT', value: '4002', masked: false, origin: 'faultline' },
      { name: 'USER_DB_URL', value: 'http://127.0.0.1:4002', masked: false, origin: 'faultline' },
    ]);
  });

  it('takes the word of the document for an address, but not for PORT, as the process gets it', () => {
    const variables = environmentOf(spec({ USER_DB_URL: 'http://db', PORT: '1' }), wiring);
    expect(variables.find(({ name }) => name === 'USER_DB_URL')).toMatchObject({
      value: 'http://db',
      origin: 'document',
    });
    expect(variables.filter(({ name }) => name === 'PORT')).toMatchObject([{ value: '4001' }]);
  });

  it('is its own alone, where a container is not to be told of addresses', () => {
    const { workload } = version;
    const container = { ...workload, runtime: 'docker', addresses: false, env: { PORT: '1' } };
    const told = { ...spec({}), version: { ...version, workload: container } } as InstanceSpec;
    expect(environmentOf(told, wiring)).toEqual([
      { name: 'PORT', value: '1', masked: false, origin: 'document' },
    ]);
  });
});

describe('the configuration of a proxy as text', () => {
  it('is the whole configuration, without keys and secrets', () => {
    const config = {
      version: 3,
      node: { id: 'web-v1-0', kind: 'sidecar', service: 'web', workloadVersion: 'v1' },
      identity: { spiffeId: 'spiffe://a', privateKey: 'PRIVATE' },
      listeners: [
        {
          requestHeaders: { set: { authorization: 'Bearer abc', 'x-edge': 'eu' } },
          match: [{ of: 'header', name: 'x-api-key', values: ['abc'] }],
          hash: { cookie: 'cart' },
        },
      ],
    } as unknown as ProxyConfig;
    const text = configurationText(config);
    expect(text).not.toMatch(/PRIVATE|abc/);
    expect(parse(text)).toEqual({
      ...config,
      identity: { spiffeId: 'spiffe://a', privateKey: MASK },
      listeners: [
        {
          requestHeaders: { set: { authorization: MASK, 'x-edge': 'eu' } },
          match: [{ of: 'header', name: 'x-api-key', values: MASK }],
          hash: { cookie: 'cart' },
        },
      ],
    });
  });
});

describe('the facts of a chain', () => {
  it('tell of the leaf and of the authority that signed it', () => {
    const authority = createAuthority('shop', new FakeClock());
    const leaf = authority.issue('default', 'orders');
    const [first, second] = chainFacts(`${leaf.certificateChain}${authority.trustBundle}`);
    expect(first).toMatchObject({
      subject: 'O=Faultline, CN=orders',
      issuer: second?.subject,
      uris: ['spiffe://shop.local/ns/default/sa/orders'],
      key: 'ec prime256v1',
      isAuthority: false,
    });
    expect(first?.notAfter).toBe(Math.floor(leaf.notAfter / 1000) * 1000);
    expect(second).toMatchObject({ subject: 'O=Faultline, CN=shop mesh CA', isAuthority: true });
    expect(first?.pem).toContain('BEGIN CERTIFICATE');
  });

  it('is empty where there is no certificate', () => expect(chainFacts('')).toEqual([]));
});
