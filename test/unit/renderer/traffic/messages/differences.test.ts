import { describe, expect, it } from 'vitest';
import {
  requestDifferences,
  responseDifferences,
} from '../../../../../src-renderer/traffic/messages/differences.ts';
import type { Difference } from '../../../../../src-renderer/traffic/messages/differences.ts';
import { exchange, request } from './exchange.ts';

const said = (found: Difference[]): string[] =>
  found.map(
    ({ where, before, after, isUsual }) =>
      `${where}: ${before ?? '-'} | ${after ?? '-'}${isUsual ? ' (usual)' : ''}`,
  );
const json = (body: string): { headers: [string, string][]; body: string } => ({
  headers: [['content-type', 'application/json']],
  body,
});

describe('two exchanges differ', () => {
  it('in nothing, where they are alike', () => {
    expect(responseDifferences(exchange(), exchange())).toEqual([]);
    expect(requestDifferences(exchange(), exchange())).toEqual([]);
  });

  it('in method, path and headers; what is another each time is marked', () => {
    const before = exchange(request({ headers: [['x-a', '1'], ['date', 'Mon']] })); // prettier-ignore
    const after = exchange(
      request({ method: 'POST', path: '/b', headers: [['date', 'Tue'], ['x-b', '2'], ['x-b', '3']] }), // prettier-ignore
    );
    expect(said(requestDifferences(before, after))).toEqual([
      'Method: GET | POST',
      'Path: / | /b',
      'Header x-a: 1 | -',
      'Header date: Mon | Tue (usual)',
      'Header x-b: - | 2, 3',
    ]);
  });

  it('in places of JSON, wherever its blanks and keys stand', () => {
    const before = exchange(request(), json('{"a":1,"list":[1,{"b c":true}],"gone":{}}'));
    const after = exchange(request(), json('{ "list": [1, {"b c": false}, 3], "a": 1.0 }'));
    expect(said(responseDifferences(before, after))).toEqual([
      'Body $.a: 1 | 1.0',
      'Body $.list[1]["b c"]: true | false',
      'Body $.list[2]: - | 3',
      'Body $.gone: {} | -',
    ]);
  });

  it('in a line of text, in bytes from somewhere on, in there being an answer', () => {
    const text = (body: string) => exchange(request(), { body });
    expect(said(responseDifferences(text('a\nb'), text('a\nc')))).toEqual(['Body, line 2: b | c']);
    const bytes = (...body: number[]) => exchange(request(), { body: Uint8Array.from(body) });
    expect(said(responseDifferences(bytes(0, 1, 2), bytes(0, 1)))).toEqual([
      'Body, from byte 2 on: 3 bytes | 2 bytes',
    ]);
    const { response: _, ...none } = exchange();
    expect(said(responseDifferences(exchange(), none))).toEqual(['Status: 200 | no answer']);
  });

  it('in so many places that most are counted', () => {
    const list = (from: number): string =>
      JSON.stringify(Array.from({ length: 150 }, (_, i) => i + from));
    const found = responseDifferences(
      exchange(request(), json(list(0))),
      exchange(request(), json(list(1))),
    );
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.after).toBe('and 50 more');
  });
});
