/** The contract of a filter that acts on each try of a request. See README.md beside this folder. */
import type { Milliseconds } from '../../../base/units.ts';
import type { HopFlag } from '../../hop.ts';
import type { RequestView } from '../../router/match.ts';

type Flag = (typeof HopFlag)[keyof typeof HopFlag];

/** What a filter wants done with a try; undefined: nothing, go on. */
export type Action =
  | {
      readonly kind: 'delay';
      readonly duration: Milliseconds;
      /** The fault's name, for the hop. */
      readonly fault: string;
      readonly flag: Flag;
    }
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly fault: string;
      readonly flag: Flag;
    };

export interface TryFilter {
  /** Decides for one try. Never waits and never touches a socket: the exchange does as it is told. */
  apply(request: RequestView): Action | undefined;
}
