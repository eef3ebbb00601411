import { describe, expect, it } from 'vitest';
import {
  mirrorDraft,
  mirrorEdits,
  mirrorName,
} from '../../../src-renderer/policies/mirror-draft.ts';
import { marksOf } from '../../../src-renderer/traffic/hop-marks.ts';
import { comparedText, differsText } from '../../../src-renderer/traffic/mirror-facts.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { MirrorComparison } from '../../../src-main/proxy/hop.ts';
import { viewTrace } from '../../../src-main/telemetry/traces/view.ts';
import { applyEdit } from '../../../src-main/spec/document/edit.ts';
import { buildGraph } from '../../../src-renderer/topology/model/graph.ts';
import { hop } from '../../support/hops.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const payments = meshOf(SAMPLE).services.find(({ name }) => name === 'payments')!;
const usual = { version: 'v2', percentage: 10, random: false, hostSuffix: true };

describe('the draft of a mirror', () => {
  it('is a tenth to the last version that does not get all requests, or what there is', () => {
    expect(mirrorDraft(payments, undefined, undefined)).toEqual(usual);
    expect(mirrorDraft(payments, { v2: 100 }, undefined)?.version).toBe('v1');
    expect(
      mirrorDraft({ ...payments, versions: payments.versions.slice(0, 1) }, {}, undefined),
    ).toBe(undefined);
    const other = { ...usual, percentage: 3 };
    expect(mirrorDraft(payments, undefined, other)).toBe(other);
  });

  it('is put into the document, and taken out of it', () => {
    const [put] = mirrorEdits('payments', usual, true);
    const text = applyEdit(SAMPLE, put!);
    expect(text).toContain('mirror: { version: v2, percentage: 10 }');
    expect(meshOf(text).traffic['payments']?.mirror).toEqual(usual);
    const [remove] = mirrorEdits('payments', usual, false);
    expect(applyEdit(text, remove!)).toBe(SAMPLE);
  });

  it('has a name', () => {
    expect(mirrorName({ ...usual, service: 'audit' })).toBe('audit v2');
  });
});

describe('a shadow in the waterfall', () => {
  const view = (given: Partial<MirrorComparison>, status = 200) =>
    viewTrace('t', [
      hop({
        status,
        flags: HopFlag.MIRROR,
        duration: 30,
        responseBytes: 5,
        mirror: {
          compared: true,
          statusDiffers: false,
          bodyDiffers: false,
          primaryStatus: 200,
          primaryGrpcStatus: -1,
          primaryDuration: 20,
          primaryBytes: 4,
          ...given,
        },
      }),
    ]).hops[0]!;

  it.each([
    [{}, 'same answer'],
    [{ statusDiffers: true }, 'other status'],
    [{ bodyDiffers: true }, 'other body'],
    [{ compared: false }, 'not compared'],
  ])('is marked with what differs: %o', (given, text) => {
    expect(differsText(view(given))).toBe(text);
    expect(marksOf(view(given)).map((mark) => mark.text)).toEqual([text]);
  });

  it('tells both answers', () => {
    expect(comparedText(view({ statusDiffers: true }, 500))).toBe(
      'the caller got 200, the shadow 500 · 4 B and 5 B of body · 20.0 ms and 30.0 ms',
    );
    expect(comparedText(viewTrace('t', [hop()]).hops[0]!)).toBe('');
  });
});

describe('the graph', () => {
  it('has an edge to a service that gets shadows only', () => {
    const text = SAMPLE.replace(
      '    timeout: 2s\n',
      '    timeout: 2s\n    mirror: { service: storefront }\n',
    );
    const ids = (given: string): string[] => buildGraph(meshOf(given)).edges.map(({ id }) => id);
    expect(ids(SAMPLE)).not.toContain('orders->storefront');
    expect(ids(text)).toContain('orders->storefront');
  });
});
