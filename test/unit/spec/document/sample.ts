import { readMesh } from '../../../../src-main/spec/document/read.ts';
import type { ReadResult } from '../../../../src-main/spec/document/read.ts';
import type { Mesh } from '../../../../src-main/spec/mesh.ts';

/** A small mesh with something of everything. */
export const SAMPLE = `# A shop
mesh: shop

gateway:
  port: 8080   # the front door
  routes:
    - { path: /api, service: orders }
    - service: storefront

services:
  storefront:
    command: node storefront.mjs --name "the shop"
    calls: [orders]
  orders:
    command: [node, orders.mjs]
    calls:
      - payments
    health: /healthz
  payments:
    command: node payments.mjs
    env: { CURRENCY: EUR, LEVEL: 3 }
    versions:
      v1: {}
      v2: { env: { RISK: on }, replicas: 2 }

# How calls are treated
traffic:
  payments:
    split: { v1: 75, v2: 25 }  # the canary
    timeout: 2s
    retry: { attempts: 2, perTryTimeout: 500ms }

faults:
  # Slow, now and then
  - name: slow-payments
    enabled: false
    from: orders
    to: payments
    delay: { duration: 300ms, percentage: 50 }

visitors:
  rate: 6
  requests:
    - GET /
    - { method: POST, path: /cart, body: '{"a":1}', share: 40 }
`;

export function read(text: string): ReadResult {
  return readMesh(text, { file: 'faultline.yaml', folder: '/shop' });
}

export function meshOf(text: string): Mesh {
  const result = read(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.mesh;
}

/** The problems as `line:column code message; advice`. */
export function problemsOf(text: string): string[] {
  const result = read(text);
  const problems = result.ok ? result.warnings : result.problems;
  return problems.map(
    ({ line, column, code, message, advice }) =>
      `${line}:${column} ${code} ${message}${advice === undefined ? '' : `; ${advice}`}`,
  );
}
