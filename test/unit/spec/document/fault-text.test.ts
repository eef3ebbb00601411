import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../src-main/spec/document/edit.ts';
import type { Fault } from '../../../../src-main/spec/mesh.ts';
import { arbitraryFault } from '../../../support/arbitrary-fault.ts';
import { SAMPLE, meshOf, problemsOf } from './sample.ts';

function faultOf(text: string): Fault | undefined {
  return meshOf(`${SAMPLE.slice(0, SAMPLE.indexOf('faults:'))}faults:\n${text}`).faults[0];
}

const findings = (text: string): string[] =>
  problemsOf(`${SAMPLE.slice(0, SAMPLE.indexOf('faults:'))}faults:\n  - ${text}\n`).map((one) =>
    one.replace(/^\S+ /, ''),
  );

describe('a fault in the document', () => {
  it('is read with every time in milliseconds', () => {
    const fault = faultOf(`
  - name: f
    fromVersion: v1
    from: orders
    to: payments
    toVersion: v2
    instance: payments-v2-0
    duration: 5m
    stacking: remainder
    delay: { duration: { pareto: { scale: 20ms, shape: 1, max: 1s } }, at: connect, percentage: 10 }
    abort: { grpcStatus: 8, headers: { Retry-After: "1" } }
    sequence: { failThenWork: { times: 2, header: X-User } }
    schedule: { every: 1m, duration: 10s }
`);
    expect(fault).toMatchObject({
      duration: 300_000,
      stacking: 'remainder',
      delay: {
        duration: 40,
        distribution: { pareto: { scale: 20, shape: 1, max: 1000 } },
        at: 'connect',
        percentage: 10,
      },
      abort: { status: 503, grpcStatus: 8, headers: { 'retry-after': '1' }, percentage: 100 },
      sequence: { failThenWork: { times: 2, header: 'x-user' } },
      schedule: { every: 60_000, duration: 10_000 },
    });
  });

  it('reads back as what it was meant to be, whatever it has', () => {
    fc.assert(
      fc.property(arbitraryFault, (fault) => {
        const text = applyEdit(SAMPLE, { kind: 'put-fault', fault });
        expect(meshOf(text).faults.find(({ name }) => name === fault.name)).toEqual(fault);
      }),
      { numRuns: 100 },
    );
  });

  it('is refused where two things are said of what can be one only', () => {
    expect(
      findings('{ name: f, to: payments, abort: { status: 500, reset: beforeHead } }'),
    ).toEqual([expect.stringContaining('a reset has no answer')]);
    expect(
      findings(
        '{ name: f, to: payments, abort: { status: 500 }, sequence: { first: 1, every: 2 } }',
      ),
    ).toEqual([expect.stringContaining('expected exactly one of first')]);
    expect(
      findings(
        '{ name: f, to: payments, abort: { status: 500, headers: { Content-Length: "1" } } }',
      ),
    ).toEqual([expect.stringContaining('said by the proxy itself')]);
    expect(
      findings('{ name: f, to: payments, abort: { status: 500 }, expires: tomorrow }'),
    ).toEqual([expect.stringContaining('expected a time with its zone')]);
  });
});
