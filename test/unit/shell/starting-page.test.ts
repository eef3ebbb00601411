import { describe, expect, it } from 'vitest';
import { startingPage } from '../../../src-main/shell/starting-page.ts';

describe('the page before the app', () => {
  it('names the mesh, whatever it is called', () => {
    const url = new URL(startingPage('<b>&c.yaml', true));
    expect(url.protocol).toBe('data:');
    expect(decodeURIComponent(url.pathname)).toContain('Starting &lt;b>&amp;c.yaml…');
  });
});
