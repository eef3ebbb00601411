import { describe, expect, it } from 'vitest';
import { formFields } from '../../../../../src-renderer/traffic/messages/form.ts';
import { grpcFrames, protoFields } from '../../../../../src-renderer/traffic/messages/grpc.ts';
import { hexDump } from '../../../../../src-renderer/traffic/messages/hex.ts';
import { printJson, readJson } from '../../../../../src-renderer/traffic/messages/json.ts';

describe('JSON', () => {
  it('keeps what JSON.parse does not: digits, order of keys, the same key twice', () => {
    const text =
      '{"2":9007199254740993,"1":1.0e0,"1":[],"a":{"b":"\\u00e4 \\" }","c":null},"d":{}}';
    expect(printJson(readJson(text))).toBe(
      [
        '{',
        '  "2": 9007199254740993,',
        '  "1": 1.0e0,',
        '  "1": [],',
        '  "a": {',
        '    "b": "\\u00e4 \\" }",',
        '    "c": null',
        '  },',
        '  "d": {}',
        '}',
      ].join('\n'),
    );
  });

  it('may be anything, with blanks around', () => {
    for (const text of [' "a" ', '-1', 'true', '[ [ ] , 1 ]']) {
      expect(JSON.parse(printJson(readJson(text)))).toEqual(JSON.parse(text));
    }
  });

  it('that is none is refused', () => {
    expect(() => readJson('{"a":')).toThrow(SyntaxError);
  });
});

describe('a form', () => {
  it('has its fields decoded', () => {
    expect(formFields('name=Ada+L&empty=&x=%C3%A4', 'application/x-www-form-urlencoded')).toEqual([
      { name: 'name', value: 'Ada L', detail: '' },
      { name: 'empty', value: '', detail: '' },
      { name: 'x', value: 'ä', detail: '' },
    ]);
  });

  it('in parts has files told apart, and shows the last one as far as it is there', () => {
    const body = [
      '--b\r\ncontent-disposition: form-data; name="who"\r\n\r\nAda\r\n',
      '--b\r\nContent-Disposition: form-data; name="pic"; filename="a.png"\r\n',
      'Content-Type: image/png\r\n\r\n\x89PNG\r\n',
      '--b\r\ncontent-disposition: form-data; name="note"\r\n\r\ncut o',
    ].join('');
    expect(formFields(body, 'multipart/form-data; boundary="b"')).toEqual([
      { name: 'who', value: 'Ada', detail: '' },
      { name: 'pic', value: '', detail: 'file a.png, image/png, 4 bytes' },
      { name: 'note', value: 'cut o', detail: '' },
    ]);
  });
});

describe('gRPC', () => {
  const frame = (flags: number, message: number[]): number[] => [
    ...[flags, 0, 0, 0, message.length],
    ...message,
  ];

  it('is a row of messages with their lengths; the last one may be cut', () => {
    const bytes = Uint8Array.from([...frame(0, [8, 1]), ...frame(1, [9, 9, 9]).slice(0, 7)]);
    expect(grpcFrames(bytes)).toMatchObject([
      { isCompressed: false, isTrailers: false, length: 2, message: { length: 2 } },
      { isCompressed: true, length: 3, message: { length: 2 } },
    ]);
    expect(grpcFrames(Uint8Array.from(frame(0x80, [])))[0]?.isTrailers).toBe(true);
  });

  it('is read without its .proto: numbers, texts, messages within', () => {
    // 1: 150, 2: "testing", 3: { 1: 150 }, 4: 1.5 as fixed32
    const text = [0x12, 7, ...Buffer.from('testing')];
    const bytes = [8, 0x96, 1, ...text, 0x1a, 3, 8, 0x96, 1, 0x25, 0, 0, 0xc0, 0x3f];
    expect(protoFields(Uint8Array.from(bytes))).toMatchObject([
      { number: 1, wire: 'varint', value: '150' },
      { number: 2, value: '"testing"' },
      { number: 3, value: '3 bytes', fields: [{ number: 1, value: '150' }] },
      { number: 4, wire: 'fixed32', value: '0x3fc00000 (1.5)' },
    ]);
  });

  it('that is no message of Protocol Buffers is not read as one', () => {
    expect(protoFields(Uint8Array.from([0x0a, 9, 1]))).toBeUndefined();
    expect(protoFields(Uint8Array.from([0xff, 0xff]))).toBeUndefined();
    expect(protoFields(Uint8Array.from([0x0b]))).toBeUndefined();
  });
});

it('bytes are written as hexdump -C writes them', () => {
  const bytes = Uint8Array.from({ length: 18 }, (_, i) => i + 0x3e);
  expect(hexDump(bytes)).toBe(
    [
      '00000000  3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d  >?@ABCDEFGHIJKLM',
      `00000010  4e 4f${' '.repeat(45)}NO`,
    ].join('\n'),
  );
});
