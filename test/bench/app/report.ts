/** What was measured of the app, with what it is held to. */
import { median, quantile } from '../loads/measured.ts';
import type { FrameFigures } from './page-probe.ts';

export interface AppPlan {
  /** Of each measurement. */
  readonly seconds: number;
  /** How often the time from an event to its sight is taken. */
  readonly looks: number;
  /** How many of the sizes are run, and not only told of. */
  readonly running: number;
}

/** One look at the app. */
export interface SceneFigures {
  readonly scene: string;
  readonly frames: FrameFigures;
  /** Cores: of the page, and of what draws it (in software, where there is no graphics card). */
  readonly page: number;
  readonly drawing: number;
  /** How far things moved by themselves, as browsers score it; 0: nothing did. */
  readonly shift: number;
}

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** At most so much; absent: it is only told. */
  readonly goal?: number;
}

export interface AppReport {
  readonly scenes: readonly SceneFigures[];
  readonly figures: readonly Figure[];
}

export function paintFigure(mesh: string, value: number): Figure {
  return { what: `${mesh}: first paint`, value, unit: 'ms', goal: 1000 };
}

export function sightFigures(mesh: string, times: readonly number[]): Figure[] {
  const sorted = times.toSorted((a, b) => a - b);
  return [
    { what: `${mesh}: event to pixel, median`, value: median(sorted), unit: 'ms', goal: 250 },
    { what: `${mesh}: event to pixel, p95`, value: quantile(sorted, 0.95), unit: 'ms', goal: 250 },
  ];
}

/** Whatever misses its goal, in words. */
export function missed({ scenes, figures }: AppReport): string[] {
  return [
    ...scenes.flatMap(({ scene, frames, page, shift }) => [
      ...(frames.rate < LEAST_FRAMES ? [`${scene}: ${frames.rate.toFixed(1)} frames/s`] : []),
      ...(page > MOST_ACTIVE ? [`${scene}: ${page.toFixed(2)} of a core`] : []),
      ...(shift >= LEAST_SHIFT ? [`${scene}: a shift of ${shift.toFixed(4)}`] : []),
    ]),
    ...figures
      .filter(({ value, goal }) => goal !== undefined && !(value <= goal))
      .map(({ what, value, unit, goal }) => `${what}: ${said(value, unit)}, not ${goal} ${unit}`),
  ];
}

/** A screen gives 60; its clock and the page's are not the same. */
const LEAST_FRAMES = 59;
/** Less is a fraction of a pixel. */
const LEAST_SHIFT = 0.0001;
/** Of a core. */
const MOST_ACTIVE = 0.5;

export const SCENE_HEAD = [
  ...['scene', 'frames/s', 'work per frame', 'frames apart, p99'],
  ...['page, cores', 'drawing, cores', 'layout shift'],
];

export function sceneRows({ scenes }: AppReport): string[][] {
  return scenes.map(({ scene, frames, page, drawing, shift }) => [
    scene,
    frames.rate.toFixed(1),
    `${frames.work.toFixed(1)} ms`,
    `${frames.p99.toFixed(1)} ms`,
    page.toFixed(2),
    drawing.toFixed(2),
    shift.toFixed(4),
  ]);
}

export function figureRows({ figures }: AppReport): string[][] {
  return figures.map(({ what, value, unit, goal }) => [
    what,
    said(value, unit),
    goal === undefined ? '' : `at most ${goal} ${unit}`,
  ]);
}

function said(value: number, unit: string): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}
