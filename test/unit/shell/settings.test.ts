import { describe, expect, it } from 'vitest';
import { settleSettings, withRecent } from '../../../src-main/shell/settings.ts';

describe("the shell's settings", () => {
  it.each([undefined, null, 7, 'x', {}, { theme: 'pink', recent: 'all' }])(
    'are the usual ones where %j was kept',
    (kept) => {
      expect(settleSettings(kept)).toEqual({ theme: 'system', recent: [] });
    },
  );

  it('keep what makes sense', () => {
    expect(settleSettings({ theme: 'dark', recent: ['/a.yaml', 7], more: 1 })).toEqual({
      theme: 'dark',
      recent: ['/a.yaml'],
    });
  });

  it('list the document opened last first, once', () => {
    const settings = settleSettings({ recent: ['/a.yaml', '/b.yaml'] });
    expect(withRecent(settings, '/b.yaml').recent).toEqual(['/b.yaml', '/a.yaml']);
    expect(withRecent(settings, '/c.yaml').recent).toEqual(['/c.yaml', '/a.yaml', '/b.yaml']);
  });

  it('remember ten documents', () => {
    const names = Array.from({ length: 12 }, (_, i) => `/${i}.yaml`);
    const settings = names.reduce(withRecent, settleSettings({}));
    expect(settings.recent).toEqual(names.slice(2).reverse());
  });
});
