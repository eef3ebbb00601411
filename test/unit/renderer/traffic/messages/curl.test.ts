import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  curlCommand,
  gatewayTarget,
  insideTarget,
  quoted,
} from '../../../../../src-renderer/traffic/messages/curl.ts';
import { request } from './exchange.ts';

const folder = mkdtempSync(join(tmpdir(), 'faultline-curl-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a real shell hands to a program named curl: its arguments, and what comes by its input. */
function run(command: string, env: Record<string, string> = {}): { args: string[]; input: Buffer } {
  const curl = join(folder, 'curl');
  writeFileSync(
    curl,
    `#!/bin/sh\nfor one in "$@"; do printf '%s\\0' "$one"; done > ${folder}/args\ncat > ${folder}/input\n`,
  );
  chmodSync(curl, 0o755);
  const path = `${folder}${delimiter}${process.env['PATH']}`;
  execFileSync('sh', ['-c', command], { env: { ...process.env, ...env, PATH: path }, input: '' });
  const args = readFileSync(join(folder, 'args'), 'utf8').split('\0').slice(0, -1);
  return { args, input: readFileSync(join(folder, 'input')) };
}

const gateway = gatewayTarget('http://127.0.0.1:8080');
const command = (given: Parameters<typeof request>[0]): string =>
  curlCommand(request(given), gateway);

describe('a request as curl', () => {
  it('is a line that a person would write', () => {
    expect(command({ path: '/api/cart', headers: [['host', '127.0.0.1:8080']] })).toBe(
      'curl http://127.0.0.1:8080/api/cart',
    );
  });

  it('means the same to a shell, whatever is in it', () => {
    const nasty = `it's "$HOME" \`id\` \\ ! & | ; # ä\n new line`;
    const { args } = run(
      command({
        method: 'PUT',
        path: "/a?b='c'&d=$HOME",
        headers: [
          ['content-type', 'text/plain'],
          ['x-nasty', `o'clock $(id)`],
          ['x-empty', ''],
        ],
        body: nasty,
      }),
    );
    expect(args).toEqual([
      "http://127.0.0.1:8080/a?b='c'&d=$HOME",
      ...['--request', 'PUT'],
      ...['--header', 'content-type: text/plain'],
      ...['--header', `x-nasty: o'clock $(id)`],
      ...['--header', 'x-empty;'],
      ...['--data-raw', nasty],
    ]);
  });

  it('hands bytes that are no text to curl by its input, each of them', () => {
    const body = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { args, input } = run(
      command({ method: 'POST', headers: [['content-type', 'application/x-tar']], body }),
    );
    expect(args.slice(-2)).toEqual(['--data-binary', '@-']);
    expect(new Uint8Array(input)).toEqual(body);
  });

  it('leaves out what curl writes, and says where a body has no type or no coding any more', () => {
    const { args } = run(
      command({
        method: 'POST',
        headers: [
          ['connection', 'close'],
          ['content-length', '2'],
          ['content-encoding', 'gzip'],
        ],
        decoded: 'gzip',
        body: 'hi',
      }),
    );
    expect(args).toEqual([
      'http://127.0.0.1:8080/',
      '--header',
      'content-type:',
      '--data-raw',
      'hi',
    ]);
  });

  it('asks for what curl would change by itself', () => {
    expect(command({ path: '/a/../b[1]' })).toContain('--path-as-is');
    expect(command({ path: '/a/../b[1]' })).toContain('--globoff');
    expect(command({ method: 'HEAD' })).toContain('--head');
    expect(command({ protocol: 'h2' })).toContain('--http2-prior-knowledge');
    expect(command({ method: 'DELETE' })).toContain('--request DELETE');
  });

  it('of a call within the mesh says where it can be run, and goes through the sidecar', () => {
    const inside = curlCommand(request({ path: '/charge' }), insideTarget('orders', 'pay-ments'));
    expect(inside).toMatch(/^# For inside the mesh: \$PAY_MENTS_URL .*orders/);
    expect(run(inside, { PAY_MENTS_URL: 'http://127.0.0.1:4' }).args).toEqual([
      'http://127.0.0.1:4/charge',
    ]);
  });

  it('quotes only what needs it', () => {
    expect([quoted('a-b/c'), quoted(''), quoted("'")]).toEqual(['a-b/c', "''", `''\\'''`]);
  });
});
