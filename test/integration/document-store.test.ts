import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { DocumentStore } from '../../src-main/engine/document/document-store.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const MESH = `mesh: shop
services:
  orders: { command: node orders.mjs }
traffic:
  orders: { timeout: 1s }
`;
/** Longer than the watcher waits for a file to come to rest: it tells of an edit during the next one. */
const APPLYING = 80;

describe('the document that runs', () => {
  it('never goes back to what an edit wrote when a later edit has replaced it', async () => {
    const { file, close } = await tempMesh(MESH);
    stack.add({ close });
    const applied: number[] = [];
    const events: string[] = [];
    const store = new DocumentStore(
      { file },
      {
        apply: async ({ traffic }) => {
          const begun = performance.now();
          await eventually(() => performance.now() - begun > APPLYING);
          applied.push(traffic.orders?.timeout ?? 0);
          return [];
        },
        onState: () => undefined,
        onEvent: (_severity, message) => void events.push(message),
      },
    );
    store.watch();
    stack.add(store);
    const asked = [2000, 3000, 4000, 5000, 6000, 7000];
    let version = store.state().version;
    for (const timeout of asked) {
      version = await store.edit(version, { kind: 'set-timeout', service: 'orders', timeout });
    }
    expect(applied).toEqual(asked);
    expect(readFileSync(file, 'utf8')).toContain('timeout: 7s');
    expect(events).not.toContain('the document was saved and is applied');
  });

  it('tells what an edit would do, and does nothing of it', async () => {
    const { file, close } = await tempMesh(MESH);
    stack.add({ close });
    const store = new DocumentStore(
      { file },
      {
        apply: () => Promise.reject(new Error('nothing may be applied')),
        onState: () => undefined,
        onEvent: () => undefined,
      },
    );
    const place = ['traffic', 'orders', 'retry'];
    const fine = store.checkEdit({ kind: 'put-policy', place, value: { attempts: 2 } });
    expect(fine).toEqual({
      problems: [],
      known: [],
      path: place,
      change: {
        line: 5,
        removed: ['  orders: { timeout: 1s }'],
        added: ['  orders: { timeout: 1s, retry: { attempts: 2 } }'],
      },
    });
    const wrong = store.checkEdit({ kind: 'put-policy', place, value: { attempts: 'two' } });
    expect(wrong.problems).toMatchObject([
      { severity: 'error', path: ['traffic', 'orders', 'retry', 'attempts'] },
    ]);
    expect(() => store.checkEdit({ kind: 'remove-policy', place })).toThrow(/no retry of orders/);
    expect(store.state()).toMatchObject({
      text: MESH,
      version: 1,
      content: { traffic: { orders: { timeout: '1s' } } },
    });
  });

  it('tells the text of a file that was refused, and overwrites it for whoever has seen it alone', async () => {
    const { file, close } = await tempMesh(MESH);
    stack.add({ close });
    const store = new DocumentStore(
      { file },
      {
        apply: () => Promise.resolve([]),
        onState: () => undefined,
        onEvent: () => undefined,
      },
    );
    store.watch();
    stack.add(store);
    const broken = MESH.replace('timeout: 1s', 'timeout: soon');
    const breakIt = async (): Promise<void> => {
      // Again and again: what was saved before the watcher had looked for the first time is not seen.
      const save = (): void => {
        writeFileSync(file, broken);
        expect(store.state().refused).toBe(broken);
      };
      await eventually(save, { every: 200 });
    };
    const replace = (text: string, instead?: string): Promise<number> =>
      store.edit('newest', { kind: 'replace-text', text, ...(instead && { instead }) });
    await breakIt();
    expect(store.state()).toMatchObject({ text: MESH, problems: [{ line: 5 }] });
    const mended = MESH.replace('1s', '3s');
    for (const instead of [undefined, MESH]) {
      await expect(replace(mended, instead)).rejects.toThrow(/errors that an edit would overwrite/);
    }
    expect(readFileSync(file, 'utf8')).toBe(broken);
    await replace(mended, broken);
    expect(readFileSync(file, 'utf8')).toBe(mended);
    expect(store.state()).not.toHaveProperty('refused');

    await breakIt();
    await replace(mended, broken);
    expect(readFileSync(file, 'utf8')).toBe(mended);
    expect(store.state()).toMatchObject({ text: mended, problems: [] });
    expect(store.state()).not.toHaveProperty('refused');
  });
});
