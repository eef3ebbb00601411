import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../../src-renderer/topology/model/graph.ts';
import { layOut } from '../../../../src-renderer/topology/model/layout.ts';
import { sceneOf } from '../../../../src-renderer/topology/model/scene.ts';
import { toSvg } from '../../../../src-renderer/topology/model/svg.ts';
import { edge } from '../../../support/edge.ts';
import { sampleMesh } from '../../../support/state.ts';

const colours = { bg: '#fff', text: '#000', bad: '#f00', ok: '#0f0', 'line-strong': '#ccc' };

describe('the graph as SVG', () => {
  const mesh = sampleMesh();
  const graph = buildGraph(mesh);
  const failing = edge('gateway', 'web', { errorShare: 0.5, rate: 12 });
  const scene = sceneOf({
    ...{ graph, mesh, nodeBadges: {}, instances: [] },
    edges: { 'gateway->web': failing },
  });
  const input = { graph, layout: layOut(graph), scene, visible: undefined, metric: 'p95' as const };

  it('has every node, line and figure, in the colours of the theme', () => {
    const svg = toSvg({ ...input, search: '', colours });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    for (const text of ['>web<', '>gateway<', '12.0/s', '50 %', '#f00'])
      expect(svg).toContain(text);
    expect(svg.match(/<path/g)).toHaveLength(2);
  });

  it('dashes the line over which requests are mirrored', () => {
    const badges = [{ kind: 'mirror' as const, rate: 2, names: [] }];
    const edges = { 'gateway->web': { ...failing, badges } };
    const mirrored = sceneOf({ ...{ graph, mesh, nodeBadges: {}, instances: [] }, edges });
    const svg = toSvg({ ...input, scene: mirrored, search: '', colours });
    expect(svg).toContain('stroke-dasharray="2 7"');
    expect(svg).toContain('<title>mirrored, 2.0/s</title>');
    expect(toSvg({ ...input, search: '', colours })).not.toContain('stroke-dasharray="2 7"');
  });

  it('leaves out what the filter does', () => {
    const visible = { nodes: new Set(['gateway']), edges: new Set<string>() };
    const svg = toSvg({ ...input, visible, search: '', colours });
    expect(svg).not.toContain('>web<');
    expect(svg).not.toContain('<path');
  });

  it('is well-formed whatever names there are', () => {
    const odd = { ...graph, nodes: graph.nodes.map((node) => ({ ...node })) };
    const marks = [{ icon: 'denied' as const, tone: 'bad' as const, label: 'by "a" & <b>' }];
    const marked = {
      ...scene,
      edges: new Map([['gateway->web', { edge: failing, health: 'ok' as const, marks }]]),
    };
    const svg = toSvg({ ...input, graph: odd, scene: marked, search: '', colours });
    expect(svg).toContain('by &#34;a&#34; &#38; &#60;b&#62;');
  });
});
