/** Gives a canvas as many pixels as its place on the screen has; returns how many for one of the page. */
export function fitCanvas(canvas: HTMLCanvasElement): number {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return ratio;
}
