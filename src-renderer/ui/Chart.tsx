/** A few lines over time. */
import { useEffect, useRef } from 'react';
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

interface ChartProps {
  readonly label: string;
  /** Seconds since 1970. */
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
  format(value: number): string;
}

const HEIGHT = 108;

export function Chart({ label, at, lines, format }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useStore(themeStore, ({ shown }) => shown);
  const shape = lines.map((line) => line.label).join();
  const data = useRef<uPlot.AlignedData>([[]]);
  data.current = [[...at], ...lines.map(({ values }) => [...values])];

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(options(element.clientWidth, lines, format), data.current, element);
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // Colours come from the theme, and a plot is made for a set of lines; figures come by setData.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `lines` and `format` are new each time, alike
  }, [theme, shape]);

  useEffect(() => plot.current?.setData(data.current), [at]);

  return (
    <figure className={styles.chart}>
      <figcaption>
        <span>{label}</span>
        <span className={`${styles.now} num`}>
          {lines.map((line) => (
            <span key={line.label} style={{ color: `var(--${line.colour})` }}>
              {line.label} {format(line.values.at(-1) ?? 0)}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={place} role="img" aria-label={`${label} over time`} />
    </figure>
  );
}

function options(
  width: number,
  lines: readonly ChartLine[],
  format: (value: number) => string,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`);
  const axis = {
    stroke: colour('muted'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    font: '10px "Inter Variable"',
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 4, 0, 0],
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(max * 1.1, 0.001)] } },
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
