import { expect, it } from 'vitest';
import { buildGraph, reachedEdges } from '../../../../src-renderer/topology/model/graph.ts';
import { meshOf } from '../../spec/document/sample.ts';

const mesh = meshOf(`mesh: m
services:
  web: { command: x, calls: [api], reaches: [db] }
  api: { command: x, reaches: [web, db] }
  db: { command: x }
`);
const drawn = (reached?: readonly string[]): string[] =>
  buildGraph(mesh, { ...(reached && { reached }) }).edges.map(({ id }) => id);

it('a service that another could call is joined to it only where there was traffic', () => {
  expect(drawn()).toEqual(['web->api']);
  const seen = { 'web->api': {}, 'api->db': {}, 'db->web': {} };
  expect(reachedEdges(mesh, seen)).toEqual(['api->db']);
  expect(drawn(reachedEdges(mesh, seen))).toEqual(['web->api', 'api->db']);
});
