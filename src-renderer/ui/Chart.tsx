/** A few lines over time. */
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useStore } from 'zustand';
import { themeStore } from '../app/theme.ts';
import styles from './Chart.module.css';

export interface ChartLine {
  readonly label: string;
  /** A token's name, without the dashes. */
  readonly colour: string;
  readonly values: readonly number[];
  readonly filled?: boolean;
}

/** A moment that a line is drawn at. */
export interface ChartMark {
  /** Seconds since 1970. */
  readonly at: number;
  /** A token's name, without the dashes. */
  readonly colour: string;
}

interface ChartProps {
  readonly label: string;
  readonly marks?: readonly ChartMark[];
  /** A moment that is looked at, in seconds since 1970. */
  readonly chosen?: number | undefined;
  /** Pixels. */
  readonly height?: number;
  /** The scale reaches at least this far, so that noise does not look like a mountain. */
  readonly least?: number;
  /** Seconds since 1970. */
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
  format(value: number): string;
}

const HEIGHT = 108;
const NO_MARKS: readonly ChartMark[] = [];

export function Chart({
  label,
  at,
  lines,
  marks = NO_MARKS,
  chosen,
  height = HEIGHT,
  least = 0.001,
  format,
}: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useStore(themeStore, ({ shown }) => shown);
  const shape = lines.map((line) => line.label).join();
  const data = useRef<uPlot.AlignedData>([[]]);
  data.current = [[...at], ...lines.map(({ values }) => [...values])];
  const marked = useRef({ marks, chosen });
  marked.current = { marks, chosen };
  /** The place of the pointer among the values. */
  const [pointed, setPointed] = useState<number>();

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const size = (): { width: number; height: number } => ({ width: element.clientWidth, height });
    const made = new uPlot(
      {
        ...options(lines, least, format),
        ...size(),
        hooks: {
          drawClear: [(drawn) => drawMarks(drawn, marked.current)],
          setCursor: [({ cursor }) => setPointed(cursor.idx ?? undefined)],
        },
      },
      data.current,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // Colours come from the theme, and a plot is made for a set of lines; figures come by setData.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `lines` and `format` are new each time, alike
  }, [theme, shape, height]);

  useEffect(() => plot.current?.setData(data.current), [at]);
  useEffect(() => plot.current?.redraw(false), [marks, chosen]);
  const shown = pointed !== undefined && pointed < at.length ? pointed : at.length - 1;

  return (
    <figure className={styles.chart}>
      <figcaption>
        <span>
          {label}
          {shown < at.length - 1 && <span className="num"> at {clock(at[shown] ?? 0)}</span>}
        </span>
        <span className={`${styles.now} num`}>
          {lines.map((line) => (
            <span key={line.label} style={{ color: `var(--${line.colour})` }}>
              {line.label} {format(line.values[shown] ?? 0)}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={place} role="img" aria-label={`${label} over time`} />
    </figure>
  );
}

function drawMarks(
  plot: uPlot,
  { marks, chosen }: { marks: readonly ChartMark[]; chosen: number | undefined },
): void {
  const { ctx, bbox } = plot;
  const style = getComputedStyle(document.documentElement);
  const draw = (at: number, colour: string, dash: number[], width: number): void => {
    const x = Math.round(plot.valToPos(at, 'x', true)) + 0.5;
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.strokeStyle = style.getPropertyValue(`--${colour}`);
    ctx.lineWidth = width * devicePixelRatio;
    ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  };
  ctx.save();
  for (const { at, colour } of marks) draw(at, colour, [3, 3], 1);
  if (chosen !== undefined) draw(chosen, 'text', [], 1.5);
  ctx.restore();
}

function options(
  lines: readonly ChartLine[],
  least: number,
  format: (value: number) => string,
): Omit<uPlot.Options, 'width' | 'height'> {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`);
  const axis = {
    stroke: colour('muted'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    font: '10px "Inter Variable"',
  };
  return {
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    padding: [6, 4, 0, 0],
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(max * 1.1, least)] } },
    axes: [
      { ...axis, size: 20, space: 70, values: (_plot, seconds) => seconds.map(clock) },
      { ...axis, size: 48, space: 28, values: (_plot, values) => values.map(format) },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: colour(line.colour),
        width: 1.5,
        points: { show: false },
        ...(line.filled && { fill: `color-mix(in srgb, ${colour(line.colour)} 14%, transparent)` }),
      })),
    ],
  };
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 8);
}
