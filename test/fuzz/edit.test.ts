import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import { applyEdit } from '../../src-main/spec/document/edit.ts';
import { readMesh } from '../../src-main/spec/document/read.ts';
import type { Edit } from '../../src-main/spec/edits.ts';
import type { Mesh, MatchCondition } from '../../src-main/spec/mesh.ts';
import { arbitraryFault } from '../support/arbitrary-fault.ts';
import { UNTIL_DONE, fuzz } from './fuzz.ts';

const name = fc.constantFrom('slow', 'broken', 'a-1');
const service = fc.constantFrom('orders', 'payments');
const percentage = fc.integer({ min: 0, max: 100 });
const ms = fc.integer({ min: 1, max: 100_000 });
const retry = fc.record(
  {
    attempts: fc.integer({ min: 0, max: 5 }),
    on: fc.uniqueArray(fc.constantFrom('5xx' as const, 'reset' as const), { minLength: 1 }),
    perTryTimeout: ms,
    statusCodes: fc.array(fc.constantFrom(404, 425), { minLength: 1 }),
    backOff: ms.map((base) => ({ base, max: 2 * base })),
    perTryIdleTimeout: ms,
    headers: fc.constant<MatchCondition[]>([
      { of: 'header', name: 'x-again', by: 'exact', values: ['yes'] },
    ]),
    rateLimitedBackOff: ms.map((max) => ({
      resetHeaders: [{ name: 'retry-after', format: 'seconds' as const }],
      max,
    })),
    bufferBytes: fc.integer({ min: 0, max: 1024 }),
    ignorePreviousHosts: fc.constant(false),
  },
  { requiredKeys: ['attempts', 'on'] },
);

const faultPlace = name.map((named) => ['faults', { named }]);
const timeoutPlace = service.map((to) => ['traffic', to, 'timeout']);

const mode = fc.constantFrom('strict' as const, 'permissive' as const, 'disabled' as const);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('put-fault' as const), fault: arbitraryFault }),
  fc.record({ kind: fc.constant('remove-fault' as const), name }),
  fc.record({ kind: fc.constant('switch-fault' as const), name, enabled: fc.boolean() }),
  fc.constant({ kind: 'switch-all-faults-off' as const }),
  fc.record({
    kind: fc.constant('set-split' as const),
    service: fc.constant('payments'),
    split: fc.option(percentage.map((v1) => ({ v1, v2: 100 - v1 }))),
  }),
  fc.record({
    kind: fc.constant('put-policy' as const),
    place: timeoutPlace,
    value: ms.map((time) => `${time}ms`),
  }),
  fc.record({ kind: fc.constant('remove-policy' as const), place: faultPlace }),
  fc.record({
    kind: fc.constant('switch-policy' as const),
    place: faultPlace,
    enabled: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('set-timeout' as const), service, timeout: fc.option(ms) }),
  fc.record({ kind: fc.constant('set-retry' as const), service, retry: fc.option(retry) }),
  fc.record({
    kind: fc.constant('set-mtls' as const),
    mode,
  }),
  fc.record({ kind: fc.constant('set-service-mtls' as const), service, mode: fc.option(mode) }),
  fc.record(
    {
      kind: fc.constant('set-visitors' as const),
      enabled: fc.boolean(),
      rate: fc.integer({ min: 0, max: 50 }),
    },
    { requiredKeys: ['kind'] },
  ),
);

/** The sections that edits change, as documents have them; each may be missing or empty. */
const sections = fc.record({
  mtls: fc.constantFrom(undefined, 'strict', 'permissive', 'disabled'),
  traffic: fc.constantFrom(
    undefined,
    null,
    {},
    { payments: null },
    { payments: { timeout: '2s' }, orders: { timeout: '1s', retry: { attempts: 1 } } },
    {
      payments: {
        split: { v1: 75, v2: 25 },
        overrides: [{ version: 'v2', headers: { 'x-canary': 'on' } }],
        retry: { attempts: 2, on: ['5xx', 'reset', 'connect-failure'] },
      },
    },
  ),
  faults: fc.constantFrom<unknown>(
    undefined,
    null,
    [],
    [{ enabled: false, name: 'slow', to: 'payments', delay: { duration: '1s' } }],
    [
      { name: 'slow', to: 'payments', match: { path: '/x' }, delay: { duration: '0.5s' } },
      { name: 'broken', enabled: true, to: 'orders', abort: { status: 500, percentage: 3 } },
    ],
  ),
  visitors: fc.constantFrom({ requests: ['GET /'] }, { rate: 3, requests: [{ path: '/' }] }),
});

const dice = fc.array(fc.nat(9), { minLength: 1, maxLength: 50 });

/** How it is written: what is in braces, where comments stand, how lines are indented and ended. */
const style = fc.record({
  flow: dice,
  comments: dice,
  order: fc.shuffledSubarray(['mtls', 'traffic', 'faults', 'visitors'] as const, { minLength: 4 }),
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  endsOpen: fc.boolean(),
});

type Sections = typeof sections extends fc.Arbitrary<infer T> ? T : never;
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

function write(given: Sections, how: Style): string {
  const rest = how.order.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]]));
  const document = new Document({
    mesh: 'shop',
    services: {
      storefront: { command: 'node a.mjs', calls: ['orders', 'payments'] },
      orders: { command: 'node b.mjs' },
      payments: { command: 'node c.mjs', versions: { v1: {}, v2: {} } },
    },
    gateway: { routes: [{ service: 'orders' }, { path: '/p', service: 'payments' }] },
    ...(Object.fromEntries(rest) as object),
  });
  let count = 0;
  const next = (throws: readonly number[]): number => throws[count++ % throws.length] ?? 0;
  visit(document, {
    Value: (key, node, path) => {
      if ((isMap(node) || isSeq(node)) && path.length > 1)
        node.flow = node.items.length === 0 || next(how.flow) < 3;
      const parent = path.at(-1);
      const isInFlow = path.some((one) => (isMap(one) || isSeq(one)) && one.flow === true);
      if (isInFlow || next(how.comments) > 2) return;
      if (isScalar(node) && key !== 'key') node.comment = ` c${count}`;
      if (isPair(parent) && isScalar(parent.key)) parent.key.commentBefore = ` d${count}`;
    },
  });
  const text = document
    .toString({ indent: how.indent, indentSeq: how.indentSeq, lineWidth: 0 })
    .replaceAll('\n', how.lineEnd);
  return how.endsOpen ? text.trimEnd() : text;
}

function read(text: string): Mesh {
  const result = readMesh(text, { file: 'faultline.yaml', folder: '/shop' });
  if (!result.ok) throw new Error(`${JSON.stringify(result.problems, null, 1)}\n${text}`);
  return result.mesh;
}

/** The edit of its own that does the same as one that names a place. */
function asNamed(change: Edit): Edit | undefined {
  if (!('place' in change)) return undefined;
  const [, which] = change.place;
  if (change.kind === 'put-policy') {
    const timeout = Number.parseInt(String(change.value), 10);
    return { kind: 'set-timeout', service: String(which), timeout };
  }
  const { named } = which as { named: string };
  if (change.kind === 'remove-policy') return { kind: 'remove-fault', name: named };
  return { kind: 'switch-fault', name: named, enabled: change.enabled };
}

/** What the edit means, said of the mesh and not of the text; undefined where it cannot be done. */
function meant(mesh: Mesh, change: Edit): Mesh | undefined {
  const same = asNamed(change);
  if (same) return meant(mesh, same);
  const known = mesh.faults.some((one) => 'name' in change && one.name === change.name);
  const traffic = (part: object): Mesh => {
    const to = (change as { service: string }).service;
    const merged = { overrides: [], ...mesh.traffic[to], ...part };
    const entries = Object.entries(merged).filter(([, value]) => value !== null);
    return { ...mesh, traffic: { ...mesh.traffic, [to]: Object.fromEntries(entries) as never } };
  };
  switch (change.kind) {
    case 'put-fault': {
      const at = mesh.faults.findIndex((one) => one.name === change.fault.name);
      const faults = at < 0 ? [...mesh.faults, change.fault] : mesh.faults.with(at, change.fault);
      return { ...mesh, faults };
    }
    case 'remove-fault':
      if (!known) return undefined;
      return { ...mesh, faults: mesh.faults.filter((one) => one.name !== change.name) };
    case 'switch-fault':
    case 'switch-all-faults-off': {
      const all = change.kind === 'switch-all-faults-off';
      if (!all && !known) return undefined;
      const faults = mesh.faults.map((one) =>
        all || one.name === change.name ? { ...one, enabled: !all && change.enabled } : one,
      );
      return { ...mesh, faults };
    }
    case 'set-split':
      return traffic({ split: change.split });
    case 'set-timeout':
      return traffic({ timeout: change.timeout });
    case 'set-retry':
      return traffic({ retry: change.retry });
    case 'set-mtls':
      return { ...mesh, mtls: change.mode };
    case 'set-service-mtls': {
      const services = mesh.services.map((one) => {
        const { mtls: _, ...rest } = one;
        if (one.name !== change.service) return one;
        return change.mode === null ? rest : { ...rest, mtls: change.mode };
      });
      return { ...mesh, services };
    }
    case 'put-policy':
    case 'remove-policy':
    case 'switch-policy':
      throw new Error('said by an edit of its own: see asNamed');
    case 'set-visitors': {
      const { enabled = mesh.visitors!.enabled, rate = mesh.visitors!.rate } = change;
      return { ...mesh, visitors: { ...mesh.visitors!, enabled, rate } };
    }
    // What a command becomes in a container is not for this test to say again.
    case 'set-runtime':
    case 'replace-text':
      return undefined;
  }
}

/** Policies that say nothing are as good as none. */
function bare(mesh: Mesh): Mesh {
  const traffic = Object.entries(mesh.traffic).filter(
    ([, { overrides, ...rest }]) => overrides.length > 0 || Object.keys(rest).length > 0,
  );
  return { ...mesh, traffic: Object.fromEntries(traffic) };
}

/** The text of each section, its comments included. */
function blocks(text: string): [string, string][] {
  return text
    .split(/^(?=# d\d+\r?\n\w+:)|(?<!^# d\d+\r?\n)^(?=\w+:)/m)
    .map((block) => [/^(\w+):/m.exec(block)?.[1] ?? '', block.trimEnd()]);
}

const TOUCHED: Record<Edit['kind'], string> = {
  'put-fault': 'faults',
  'remove-fault': 'faults',
  'switch-fault': 'faults',
  'switch-all-faults-off': 'faults',
  'set-split': 'traffic',
  'set-timeout': 'traffic',
  'set-retry': 'traffic',
  'put-policy': 'traffic',
  'remove-policy': 'faults',
  'switch-policy': 'faults',
  'set-mtls': 'mtls',
  'set-service-mtls': 'services',
  'set-runtime': 'services',
  'set-visitors': 'visitors',
  'replace-text': '',
};

/** As `applyEdit`, with all that one needs to see why not. */
function change(text: string, one: Edit): string {
  try {
    return applyEdit(text, one);
  } catch (error) {
    throw new Error(`${String(error)}\n${JSON.stringify(one)}\n${text}`, { cause: error });
  }
}

const input = fc.tuple(sections, style, fc.array(edit, { minLength: 1, maxLength: 3 }));

describe('an edit, whatever the document looks like', () => {
  it(
    'does what it says, keeps the line ends, and leaves all other sections alone to the byte',
    UNTIL_DONE,
    () =>
      fuzz(
        'edits',
        input,
        ([given, how, edits]) => {
          let text = write(given, how);
          for (const one of edits) {
            const wanted = meant(read(text), one);
            if (!wanted) {
              expect(() => applyEdit(text, one)).toThrow();
              continue;
            }
            const after = change(text, one);
            expect(bare(read(after)), `${text}\n--- ${JSON.stringify(one)} --->\n${after}`).toEqual(
              bare(wanted),
            );
            expect(/(?<!\r)\n/.test(after) && after.includes('\r\n')).toBe(false);
            for (const [key, block] of blocks(text)) {
              if (key !== TOUCHED[one.kind]) expect(after).toContain(block);
            }
            text = after;
          }
        },
        { share: 0.01 },
      ),
  );
});
