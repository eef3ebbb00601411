import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskHeader, maskPath, maskText } from '../../../../src-main/telemetry/capture/mask.ts';

describe('headers', () => {
  it.each([
    ['authorization', 'Bearer abc.def', 'Bearer ***'],
    ['authorization', 'abc', '***'],
    ['proxy-authorization', 'Basic YWRhOnNlc2FtZQ==', 'Basic ***'],
    ['cookie', 'session=abc; theme=dark', 'session=***; theme=***'],
    ['set-cookie', 'session=abc; Path=/; HttpOnly', 'session=***; Path=/; HttpOnly'],
    ['x-api-key', 'k-123', '***'],
    ['api-key', 'k-123', '***'],
    ['x-auth-token', 't', '***'],
    ['content-type', 'application/json', 'application/json'],
    ['x-request-id', 'abc', 'abc'],
  ])('%s: %s', (name, value, masked) => {
    expect(maskHeader([name, value])).toEqual([name, masked]);
  });
});

it('queries', () => {
  expect(maskPath('/a?token=abc&page=2&api_key=x')).toBe('/a?token=***&page=2&api_key=***');
  expect(maskPath('/token/abc')).toBe('/token/abc');
});

describe('bodies of JSON', () => {
  const json = (text: string): string => maskText(text, 'application/json; charset=utf-8');

  it.each([
    ['{"user":"ada","password":"sesame"}', '{"user":"ada","password":"***"}'],
    ['{ "newPassword" : "a\\"b", "n": 1 }', '{ "newPassword" : "***", "n": 1 }'],
    ['{"client_secret":12345678901234567890}', '{"client_secret":"***"}'],
    ['{"credentials":{"a":[1,"}"],"b":{}},"c":1}', '{"credentials":"***","c":1}'],
    ['[{"token":null},{"token":true}]', '[{"token":"***"},{"token":"***"}]'],
    [
      '{"note":"the token is here","a":["password"]}',
      '{"note":"the token is here","a":["password"]}',
    ],
    ['{"big":12345678901234567890,"f":1.10}', '{"big":12345678901234567890,"f":1.10}'],
    ['{"password":"ses', '{"password":"***"'],
    ['{"credentials":{"a":"b"', '{"credentials":"***"'],
    ['{"password":', '{"password":"***"'],
  ])('%s', (text, masked) => {
    expect(json(text)).toBe(masked);
  });

  it('are masked whatever flavour of JSON they are called, or not called anything', () => {
    const text = '{"token":"abc"}';
    for (const type of ['application/problem+json', 'application/vnd.api+json', '']) {
      expect(maskText(text, type)).toBe('{"token":"***"}');
    }
    expect(maskText(text, 'text/html')).toBe(text);
  });

  it('never show a secret, however the value is written and wherever it is cut', () => {
    const secret = 's3cr3t-value';
    const value = fc.oneof(
      fc.constant(secret),
      fc.constant({ deep: [secret, { deeper: secret }] }),
      fc.constant([secret]),
    );
    const name = fc.constantFrom('password', 'accessToken', 'client_secret', 'x-api-key', 'PIN');
    const other = fc.jsonValue({ maxDepth: 2 }).filter((v) => !JSON.stringify(v).includes(secret));
    fc.assert(
      fc.property(name, value, other, fc.nat(), fc.boolean(), (key, held, rest, cut, pretty) => {
        const whole = JSON.stringify({ rest, [key]: held, after: rest }, null, pretty ? 2 : 0);
        const text = whole.slice(0, whole.length - (cut % 20));
        const masked = json(text);
        expect(masked).not.toContain('s3cr');
        if (text === whole) {
          expect(JSON.parse(masked)).toEqual(
            JSON.parse(JSON.stringify({ rest, [key]: '***', after: rest })),
          );
        }
      }),
    );
  });
});

it('bodies of forms', () => {
  const type = 'application/x-www-form-urlencoded';
  expect(maskText('user=ada&password=a%26b&x', type)).toBe('user=ada&password=***&x');
});

it('bodies of several parts', () => {
  const body = (value: string): string =>
    `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${value}\r\n--b\r\nContent-Disposition: form-data; name="user"\r\n\r\nada\r\n--b--\r\n`;
  expect(maskText(body('sesame'), 'multipart/form-data; boundary=b')).toBe(body('***'));
});
