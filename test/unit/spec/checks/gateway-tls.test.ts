import { describe, expect, it } from 'vitest';
import { meshOf, problemsOf } from '../document/sample.ts';

const mesh = (tls: string, rest = ''): string => `mesh: m
gateway:
  port: 8080
  tls: ${tls}
  routes: [{ service: web }]
${rest}
services:
  web: { stub: {} }
`;

describe('TLS at the gateway', () => {
  it('has its files from the folder of the document', () => {
    const { tls } = meshOf(mesh('{ certificate: tls/cert.pem, key: /etc/key.pem }')).gateway;
    expect(tls).toEqual({
      port: 8443,
      files: { certificate: '/shop/tls/cert.pem', key: '/etc/key.pem' },
    });
  });

  it('needs no files', () => {
    expect(meshOf(mesh('{ port: 0 }')).gateway.tls).toEqual({ port: 0 });
  });

  it.each([
    [
      'a certificate without its key',
      '{ certificate: cert.pem }',
      ['4:10 missing-key "certificate" is given without "key"; give both, or neither'],
    ],
    [
      'a key without its certificate',
      '{ key: key.pem }',
      ['4:10 missing-key "key" is given without "certificate"; give both, or neither'],
    ],
    [
      "the gateway's other port",
      '{ port: 8080 }',
      ["4:16 port-conflict port 8080 is another port of the gateway's"],
    ],
  ])('does not take %s', (_what, tls, problems) => {
    const found = problemsOf(mesh(tls));
    expect(found).toHaveLength(problems.length);
    for (const [i, problem] of problems.entries()) expect(found[i]).toContain(problem);
  });
});
