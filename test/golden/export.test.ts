import { readFileSync, readdirSync } from 'node:fs';
import { Gateway, HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import {
  DestinationRule,
  Gateway as IstioGateway,
  VirtualService,
} from '@kubernetes-models/istio/networking.istio.io/v1';
import {
  AuthorizationPolicy,
  PeerAuthentication,
} from '@kubernetes-models/istio/security.istio.io/v1';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { exportMesh } from '../../src-main/convert/export/export-mesh.ts';
import { exportTarget } from '../../src-main/convert/export/result.ts';
import { readMesh } from '../../src-main/spec/document/read.ts';
import type { Mesh } from '../../src-main/spec/mesh.ts';

const FOLDER = import.meta.dirname;
const CASES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Resource {
  validate(): void;
}
type Model = new (object: never) => Resource;

/** The CRDs' own schemas, by kind and API group. */
const MODELS: Record<string, Model> = {
  'gateway.networking.k8s.io/v1 Gateway': Gateway,
  'gateway.networking.k8s.io/v1 HTTPRoute': HTTPRoute,
  'networking.istio.io/v1 Gateway': IstioGateway,
  'networking.istio.io/v1 VirtualService': VirtualService,
  'networking.istio.io/v1 DestinationRule': DestinationRule,
  'security.istio.io/v1 AuthorizationPolicy': AuthorizationPolicy,
  'security.istio.io/v1 PeerAuthentication': PeerAuthentication,
};

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

function judge(manifest: Manifest): void {
  const model = MODELS[`${manifest.apiVersion} ${manifest.kind}`];
  if (!model) throw new Error(`no schema for ${manifest.apiVersion} ${manifest.kind}`);
  new model(manifest as never).validate();
}

function meshOf(name: string): Mesh {
  const text = readFileSync(`${FOLDER}/${name}/mesh.yaml`, 'utf8');
  const result = readMesh(text, { file: 'mesh.yaml', folder: '/' });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.mesh;
}

describe.each(CASES)('the mesh "%s"', (name) => {
  it.each(exportTarget.options)(
    'exported to %s is as expected (else: npm run golden:update)',
    async (target) => {
      const { files, notes } = exportMesh(meshOf(name), target);
      for (const file of files) {
        await expect(file.text).toMatchFileSnapshot(`${FOLDER}/${name}/${target}/${file.name}`);
      }
      const report = notes
        .map(({ support, subject, why }) => `${support} ${subject}: ${why}\n`)
        .join('');
      await expect(report).toMatchFileSnapshot(`${FOLDER}/${name}/${target}/notes.txt`);
    },
  );

  it.each(exportTarget.options)(
    'exported to %s is accepted by the schemas of the CRDs',
    (target) => {
      const texts = exportMesh(meshOf(name), target).files.map(({ text }) => text);
      const manifests = texts.flatMap((text) =>
        parseAllDocuments(text).map((one) => one.toJS() as Manifest),
      );
      expect(manifests.length).toBeGreaterThan(0);
      for (const manifest of manifests) judge(manifest);
    },
  );
});

describe('the schemas', () => {
  it('refuse what is wrong', () => {
    const spec = { hosts: ['a'], http: [{ fault: { abort: { httpStatus: 'often' } } }] };
    expect(() =>
      judge({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', spec } as Manifest),
    ).toThrow();
    const rules = [{ matches: [{ path: { type: 'Nearly', value: '/' } }] }];
    expect(() =>
      judge({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        spec: { rules },
      } as Manifest),
    ).toThrow();
  });
});
