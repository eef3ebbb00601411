import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { LAYERS, refuseImport } from '../../layers.ts';

describe('the layers', () => {
  it.each([
    ['src-main/spec/mesh.ts', 'src-main/engine/engine.ts'],
    ['src-main/proxy/proxy.ts', 'src-main/spec/mesh.ts'],
    ['src-main/base/clock.ts', 'src-main/proxy/config.ts'],
    ['src-main/control/push.ts', 'src-main/proxy/proxy.ts'],
    ['src-main/api/server.ts', 'src-main/engine/engine.ts'],
    ['src-main/engine/engine.ts', 'src-renderer/main.tsx'],
    ['src-renderer/main.tsx', 'src-main/spec/mesh.ts'],
    ['src-renderer/main.tsx', 'src-main/api/server.ts'],
  ])('%s may not import %s', (file, target) => {
    expect(refuseImport(file, target)).toBeDefined();
  });

  it.each([
    ['src-main/engine/engine.ts', 'src-main/control/push.ts'],
    ['src-main/control/push.ts', 'src-main/proxy/config.ts'],
    ['src-main/proxy/proxy.ts', 'src-main/base/clock.ts'],
    ['src-renderer/main.tsx', 'src-main/api/contract/index.ts'],
    ['test/unit/layers.test.ts', 'src-main/proxy/proxy.ts'],
  ])('%s may import %s', (file, target) => {
    expect(refuseImport(file, target)).toBeUndefined();
  });

  it('have no circle', () => {
    const order: string[] = [];
    for (const [layer, allowed] of Object.entries(LAYERS)) {
      const above = allowed
        .map((one) => one.split('/')[0] ?? '')
        .filter((one) => !order.includes(one));
      expect({ layer, above }).toEqual({ layer, above: [] });
      order.push(layer);
    }
  });

  it('are what lint enforces', { timeout: 120_000 }, async () => {
    const lint = new ESLint();
    const text = "import { Engine } from '../engine/engine.ts';\nexport const it = Engine;\n";
    const [result] = await lint.lintText(text, { filePath: 'src-main/spec/problem.ts' });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('local/layers');
  });
});
