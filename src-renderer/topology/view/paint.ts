/** Draws lines, groups and, from afar, nodes on a canvas: hundreds of them in a few milliseconds. */
import { contains } from '../model/geometry.ts';
import type { Box, Curve } from '../model/geometry.ts';
import type { Graph } from '../model/graph.ts';
import type { Layout } from '../model/layout.ts';
import type { EdgeScene, Scene, Shown } from '../model/scene.ts';
import { mirroredRate } from '../model/totals.ts';
import type { View } from '../model/viewport.ts';
import { pathOf } from '../model/geometry.ts';

/** Below this size nothing could be read on a label or a card: nodes are drawn as plain boxes. */
export const FAR = 0.42;

export type Colours = Readonly<Record<ColourName, string>>;
export type ColourName = (typeof COLOUR_NAMES)[number];

const COLOUR_NAMES = [
  ...(['line', 'line-strong', 'text', 'muted', 'raised', 'surface', 'sunken', 'grid'] as const),
  ...(['accent', 'accent-soft', 'ok', 'warn', 'bad', 'injected', 'bg'] as const),
];

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const entries = COLOUR_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Colours;
}

export const HEALTH_COLOUR: Record<Shown, ColourName> = {
  idle: 'line-strong',
  ok: 'ok',
  degraded: 'warn',
  failing: 'bad',
  injected: 'injected',
};

/** What a look at the graph consists of, beside where it is seen from. */
export interface Picture {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly scene: Scene;
  readonly colours: Colours;
  /** What is not in it is left out. */
  isVisible(kind: 'node' | 'edge', id: string): boolean;
  /** Something else is searched for or selected. */
  isFaded(kind: 'node' | 'edge', id: string): boolean;
  isSelected(kind: 'node' | 'edge', id: string): boolean;
}

const paths = new WeakMap<Curve, Path2D>();

function path2d(curve: Curve): Path2D {
  let path = paths.get(curve);
  if (!path) paths.set(curve, (path = new Path2D(pathOf(curve))));
  return path;
}

export function lineWidth(rate: number): number {
  return 1.5 + Math.min(4, Math.log2(1 + rate) * 0.6);
}

/** `ratio`: device pixels for one of the page's. */
export function paint(
  context: CanvasRenderingContext2D,
  picture: Picture,
  view: View,
  ratio: number,
): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  paintGrid(context, picture.colours, view, ratio);
  context.setTransform(view.k * ratio, 0, 0, view.k * ratio, view.x * ratio, view.y * ratio);
  const screen: Box = {
    x: -view.x / view.k,
    y: -view.y / view.k,
    width: canvas.width / ratio / view.k,
    height: canvas.height / ratio / view.k,
  };
  paintGroups(context, picture, view.k);
  paintEdges(context, picture, view.k, screen);
  if (view.k < FAR) paintNodes(context, picture, view.k, screen);
}

const GRID = 24;

function paintGrid(
  context: CanvasRenderingContext2D,
  { grid }: Colours,
  { k, x, y }: View,
  ratio: number,
): void {
  const step = GRID * k * ratio * (k < 0.5 ? 4 : 1);
  if (step < 8) return;
  context.fillStyle = grid;
  const { width, height } = context.canvas;
  const size = Math.max(1, 1.6 * ratio * Math.min(1, k));
  for (let left = (x * ratio) % step; left < width; left += step) {
    for (let top = (y * ratio) % step; top < height; top += step) {
      context.fillRect(left, top, size, size);
    }
  }
}

function paintGroups(context: CanvasRenderingContext2D, picture: Picture, k: number): void {
  const { layout, colours } = picture;
  for (const [name, box] of layout.groups) {
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 14);
    context.globalAlpha = 0.55;
    context.fillStyle = colours.sunken;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = Math.max(1, 1 / k);
    context.strokeStyle = colours.line;
    context.stroke();
    if (k >= FAR) continue;
    // Its name as large as it can be read from here.
    const size = Math.min(60, 12 / k);
    context.font = `600 ${size}px 'Inter Variable', system-ui, sans-serif`;
    context.fillStyle = colours.muted;
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    context.fillText(name, box.x + 4, box.y - size * 0.2);
  }
}

function paintEdges(
  context: CanvasRenderingContext2D,
  picture: Picture,
  k: number,
  screen: Box,
): void {
  const { graph, layout, scene, colours } = picture;
  // From afar a line would be thinner than a pixel.
  const widen = Math.max(1, 0.55 / k);
  context.lineCap = 'round';
  const selected = graph.edges.filter(({ id }) => picture.isSelected('edge', id));
  for (const { id } of [...graph.edges.filter((edge) => !selected.includes(edge)), ...selected]) {
    const place = layout.edges.get(id);
    if (!place || !picture.isVisible('edge', id) || isOutside(place.curve, screen)) continue;
    const found = scene.edges.get(id);
    const isSelected = picture.isSelected('edge', id);
    const width = lineWidth(found?.edge?.rate ?? 0) * widen;
    const path = path2d(place.curve);
    if (isSelected) {
      context.globalAlpha = 0.28;
      context.strokeStyle = colours.accent;
      context.lineWidth = width + 9;
      context.stroke(path);
    }
    context.globalAlpha = opacityOf(picture, id, found, isSelected);
    context.strokeStyle = colours[HEALTH_COLOUR[found?.health ?? 'idle']];
    context.lineWidth = width;
    const isIdle = (found?.health ?? 'idle') === 'idle';
    context.setLineDash(isIdle ? [3 * widen, 5 * widen] : []);
    context.stroke(path);
    context.setLineDash([]);
    if (found?.edge && mirroredRate(found.edge) > 0) paintShadows(context, path, widen, colours);
    if (k >= 0.2) paintArrow(context, place.curve, widen);
  }
  context.globalAlpha = 1;
}

/** What goes along the same way for nobody. */
function paintShadows(
  context: CanvasRenderingContext2D,
  path: Path2D,
  widen: number,
  { accent }: Colours,
): void {
  const { strokeStyle } = context;
  context.strokeStyle = accent;
  context.lineWidth = 2 * widen;
  context.setLineDash([2 * widen, 7 * widen]);
  context.stroke(path);
  context.setLineDash([]);
  // The head of the line has the line's own colour.
  context.strokeStyle = strokeStyle;
}

function opacityOf(
  picture: Picture,
  id: string,
  found: EdgeScene | undefined,
  isSelected: boolean,
): number {
  if (picture.isFaded('edge', id)) return 0.12;
  if (isSelected) return 1;
  if (found?.health === 'idle' || !found) return 0.95;
  return found.health === 'ok' ? 0.6 : 0.85;
}

/** Lines end level: the head points to where the last control point leads. */
function paintArrow(context: CanvasRenderingContext2D, curve: Curve, widen: number): void {
  const end = curve.at(-1);
  const before = curve.at(-2);
  if (!end || !before) return;
  const back = end.x >= before.x ? -1 : 1;
  const size = 8 * Math.min(2, widen);
  context.fillStyle = context.strokeStyle;
  context.beginPath();
  context.moveTo(end.x, end.y);
  context.lineTo(end.x + back * size, end.y - size / 2);
  context.lineTo(end.x + back * size, end.y + size / 2);
  context.fill();
}

function isOutside(curve: Curve, screen: Box): boolean {
  const [left, right] = [screen.x, screen.x + screen.width];
  const [top, bottom] = [screen.y, screen.y + screen.height];
  return (
    curve.every(({ x }) => x < left) ||
    curve.every(({ x }) => x > right) ||
    curve.every(({ y }) => y < top) ||
    curve.every(({ y }) => y > bottom)
  );
}

function paintNodes(
  context: CanvasRenderingContext2D,
  picture: Picture,
  k: number,
  screen: Box,
): void {
  const { graph, layout, scene, colours } = picture;
  for (const { id, kind } of graph.nodes) {
    const box = layout.nodes.get(id);
    if (!box || !picture.isVisible('node', id) || !touches(box, screen)) continue;
    const health = scene.nodes.get(id)?.health ?? 'idle';
    const marks = scene.nodes.get(id)?.marks ?? [];
    context.globalAlpha = picture.isFaded('node', id) ? 0.25 : 1;
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 10);
    context.fillStyle = colours.raised;
    context.fill();
    const isSelected = picture.isSelected('node', id);
    const isUnwell = health === 'degraded' || health === 'failing';
    context.lineWidth = (isSelected || isUnwell ? 2 : 1) / k;
    context.strokeStyle = isSelected
      ? colours.accent
      : colours[isUnwell ? HEALTH_COLOUR[health] : 'line-strong'];
    context.stroke();
    const dot = Math.min(box.height / 4, 3 / k);
    context.beginPath();
    context.arc(box.x + dot * 2.4, box.y + box.height / 2, dot, 0, 2 * Math.PI);
    const isHurt = marks.some(({ tone }) => tone === 'injected');
    context.fillStyle = colours[isHurt ? 'injected' : HEALTH_COLOUR[health]];
    context.fill();
    if (k >= 0.14) paintName(context, kind === 'group' ? id.slice(6) : id, box, dot * 4.4, colours);
  }
  context.globalAlpha = 1;
}

function paintName(
  context: CanvasRenderingContext2D,
  name: string,
  box: Box,
  left: number,
  { text }: Colours,
): void {
  const room = box.width - left - 8;
  const size = Math.min(30, (room / name.length) * 1.75);
  context.font = `600 ${size}px 'Inter Variable', system-ui, sans-serif`;
  context.fillStyle = text;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(name, box.x + left, box.y + box.height / 2, room);
}

function touches(box: Box, screen: Box): boolean {
  return (
    contains(screen, box) ||
    (box.x < screen.x + screen.width &&
      box.x + box.width > screen.x &&
      box.y < screen.y + screen.height &&
      box.y + box.height > screen.y)
  );
}
