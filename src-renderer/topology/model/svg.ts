/** The graph as an SVG document that stands by itself. Pure. */
import { formatRate, formatShareShort } from '../../ui/format.ts';
import { pathOf } from './geometry.ts';
import type { Box } from './geometry.ts';
import type { Visible } from './filter.ts';
import type { Graph } from './graph.ts';
import type { Layout } from './layout.ts';
import { metricText } from './options.ts';
import type { Metric } from './options.ts';
import type { Scene, Shown } from './scene.ts';
import { fitsSearch } from './search.ts';
import { mirroredRate } from './totals.ts';

export interface SvgInput {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly scene: Scene;
  readonly visible: Visible | undefined;
  readonly metric: Metric;
  readonly search: string;
  /** By the names of tokens. */
  readonly colours: Readonly<Record<string, string>>;
}

const COLOUR: Record<Shown, string> = {
  idle: 'line-strong',
  ok: 'ok',
  degraded: 'warn',
  failing: 'bad',
  injected: 'injected',
};

export function toSvg(input: SvgInput): string {
  const { layout, colours } = input;
  const { x, y, width, height } = layout.bounds;
  const size = `width="${width.toFixed(0)}" height="${height.toFixed(0)}"`;
  const view = [x, y, width, height].map((value) => value.toFixed(1)).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${view}" font-family="Inter, system-ui, sans-serif">`,
    rect(layout.bounds, 0, `fill="${colours['bg']}"`),
    ...[...layout.groups].map(([name, box]) => groupOf(name, box, input)),
    ...linesOf(input),
    ...labelsOf(input),
    ...nodesOf(input),
    '</svg>',
    '',
  ].join('\n');
}

function groupOf(name: string, box: Box, { colours }: SvgInput): string {
  const frame = rect(box, 14, `fill="${colours['sunken']}" stroke="${colours['line']}"`);
  return (
    frame +
    text(
      name,
      box.x + 14,
      box.y + 20,
      `fill="${colours['muted']}" font-size="13" font-weight="600"`,
    )
  );
}

function linesOf({ graph, layout, scene, visible, search, colours }: SvgInput): string[] {
  return graph.edges.flatMap(({ id, from, to }) => {
    const place = layout.edges.get(id);
    if (!place || visible?.edges.has(id) === false) return [];
    const found = scene.edges.get(id);
    const health = found?.health ?? 'idle';
    const colour = colours[COLOUR[health]] ?? '';
    const width = (1.5 + Math.min(4, Math.log2(1 + (found?.edge?.rate ?? 0)) * 0.6)).toFixed(1);
    const dash = health === 'idle' ? ' stroke-dasharray="3 5"' : '';
    const faded = !fitsSearch(search, from) && !fitsSearch(search, to);
    const line = `<path d="${pathOf(place.curve)}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"${dash}/>`;
    const shadows =
      found?.edge && mirroredRate(found.edge) > 0
        ? `<path d="${pathOf(place.curve)}" fill="none" stroke="${colours['accent']}" stroke-width="2" stroke-linecap="round" stroke-dasharray="2 7"/>`
        : '';
    const end = place.curve.at(-1) ?? { x: 0, y: 0 };
    const back = end.x >= (place.curve.at(-2)?.x ?? 0) ? -8 : 8;
    const head = `<path d="M${end.x.toFixed(1)} ${end.y.toFixed(1)}l${back} -4v8Z" fill="${colour}"/>`;
    return [`<g opacity="${faded ? 0.12 : 0.7}">${line}${shadows}${head}</g>`];
  });
}

function labelsOf({ graph, layout, scene, visible, metric, colours }: SvgInput): string[] {
  return graph.edges.flatMap(({ id }) => {
    const box = layout.edges.get(id)?.label;
    const { edge, marks = [] } = scene.edges.get(id) ?? {};
    if (!box || visible?.edges.has(id) === false || (!edge && marks.length === 0)) return [];
    const [middle, top] = [box.x + box.width / 2, box.y];
    const plain = `text-anchor="middle" font-size="12"`;
    const failed = edge && edge.errorShare > 0 && metric !== 'errors';
    const second = edge
      ? metricText(edge, metric) + (failed ? ` ${formatShareShort(edge.errorShare)}` : '')
      : '';
    return [
      rect(box, 7, `fill="${colours['surface']}" stroke="${colours['line']}"`),
      text(
        edge ? formatRate(edge.rate) : 'idle',
        middle,
        top + 14,
        `${plain} font-weight="600" fill="${colours['text']}"`,
      ),
      text(second, middle, top + 28, `${plain} fill="${colours[failed ? 'bad' : 'muted']}"`),
      ...marks.map(({ tone, label }, i) => {
        const colour = colours[tone === 'info' ? 'muted' : tone];
        return `<circle cx="${(box.x + 8 * i).toFixed(1)}" cy="${box.y.toFixed(1)}" r="5" fill="${colour}"><title>${escaped(label)}</title></circle>`;
      }),
    ];
  });
}

function nodesOf({ graph, layout, scene, visible, search, colours }: SvgInput): string[] {
  return graph.nodes.flatMap(({ id, kind }) => {
    const box = layout.nodes.get(id);
    if (!box || visible?.nodes.has(id) === false) return [];
    const found = scene.nodes.get(id);
    const health = found?.health ?? 'idle';
    const isUnwell = health === 'degraded' || health === 'failing';
    const border = colours[isUnwell ? COLOUR[health] : 'line-strong'];
    const name = kind === 'group' ? id.slice('group:'.length) : id;
    const rate = found && found.rate > 0 ? formatRate(found.rate) : 'idle';
    const parts = [
      rect(box, 10, `fill="${colours['raised']}" stroke="${border}"`),
      `<circle cx="${(box.x + 15).toFixed(1)}" cy="${(box.y + 21).toFixed(1)}" r="4" fill="${colours[COLOUR[health]]}"/>`,
      text(
        name,
        box.x + 26,
        box.y + 26,
        `font-size="${name.length > 13 ? 12 : 14}" font-weight="600" fill="${colours['text']}"`,
      ),
      text(rate, box.x + 26, box.y + 46, `font-size="12" fill="${colours['muted']}"`),
    ];
    return [`<g opacity="${fitsSearch(search, id) ? 1 : 0.25}">${parts.join('')}</g>`];
  });
}

function rect({ x, y, width, height }: Box, radius: number, style: string): string {
  const [left, top, wide, high] = [x, y, width, height].map((value) => value.toFixed(1));
  return `<rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="${radius}" ${style}/>`;
}

function text(content: string, x: number, y: number, style: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${style}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
