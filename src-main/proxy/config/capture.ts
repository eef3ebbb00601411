/** Which requests' messages a caller's proxy keeps. Part of the seam (`../config.ts`). */
import type { Bytes, Milliseconds, Percent } from '../../base/units.ts';
import type { RouteMatch } from '../config.ts';

export interface CaptureConfig {
  /** The document's name of it. */
  readonly name: string;
  readonly match: RouteMatch;
  readonly percentage: Percent;
  /** Of each body; the rest is only counted. */
  readonly bodyBytes: Bytes;
  /** This proxy captures no more than so many; absent: any number. */
  readonly requests?: number;
  /** By the wall clock, milliseconds since 1970; absent: for ever. */
  readonly until?: Milliseconds;
}
