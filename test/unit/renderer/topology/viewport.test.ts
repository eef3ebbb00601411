import { describe, expect, it } from 'vitest';
import {
  centredOn,
  fitView,
  isVisible,
  visiblePart,
} from '../../../../src-renderer/topology/model/viewport.ts';

const SCREEN = { width: 1000, height: 500 };

describe('the view of the graph', () => {
  it.each([
    { x: 0, y: 0, width: 1300, height: 500 },
    { x: -400, y: 250, width: 200, height: 4000 },
    { x: 0, y: 0, width: 10, height: 10 },
  ])('fits all of %j in', (drawing) => {
    expect(isVisible(drawing, fitView(drawing, SCREEN), SCREEN)).toBe(true);
  });

  it('never blows a small mesh up', () => {
    expect(fitView({ x: 0, y: 0, width: 10, height: 10 }, SCREEN).k).toBeLessThan(1.5);
  });

  it('brings a box to the middle without changing its size', () => {
    const view = centredOn({ x: 5000, y: 0, width: 100, height: 50 }, { k: 2, x: 0, y: 0 }, SCREEN);
    expect(view.k).toBe(2);
    const part = visiblePart(view, SCREEN);
    expect(part.x + part.width / 2).toBeCloseTo(5050);
    expect(part.y + part.height / 2).toBeCloseTo(25);
  });
});
