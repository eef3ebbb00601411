import { describe, expect, it } from 'vitest';
import { DEFAULT_WINDOW, settleWindow } from '../../../src-main/shell/window-state.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };

describe("the window's place", () => {
  it('is where it was', () => {
    const kept = { x: 100, y: 50, width: 1200, height: 800 };
    expect(settleWindow(kept, [SCREEN])).toEqual(kept);
  });

  it('is the default at the first start, and where the file makes no sense', () => {
    for (const kept of [undefined, {}, { width: 'wide', height: 800 }]) {
      expect(settleWindow(kept, [SCREEN])).toEqual(DEFAULT_WINDOW);
    }
  });

  it('is not on a screen that has been unplugged', () => {
    const kept = { x: 2500, y: 50, width: 1200, height: 800 };
    expect(settleWindow(kept, [SCREEN])).toEqual({ width: 1200, height: 800 });
    const second = { x: 1920, y: 0, width: 1920, height: 1080 };
    expect(settleWindow(kept, [SCREEN, second])).toEqual(kept);
  });

  it('is never smaller than the app can be used', () => {
    expect(settleWindow({ width: 10, height: 10 }, [SCREEN])).toEqual({ width: 960, height: 600 });
  });
});
