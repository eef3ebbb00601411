interface Size {
  readonly width: number;
  readonly height: number;
}

/** As last laid out: asking a canvas itself, sixty times a second, would lay the page out each time. */
const sizes = new WeakMap<Element, Size>();
const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) sizes.set(target, contentRect);
});

/** Gives a canvas as many pixels as its place on the screen has; returns how many for one of the page. */
export function fitCanvas(canvas: HTMLCanvasElement): number {
  let size = sizes.get(canvas);
  if (!size) {
    size = { width: canvas.clientWidth, height: canvas.clientHeight };
    sizes.set(canvas, size);
    observer.observe(canvas);
  }
  const ratio = devicePixelRatio;
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return ratio;
}
