/** A stage that breaks an answer behind its head, or in the middle of its body. */
import type { ResponseHead } from '../../codec/http1/response-head.ts';
import { HOLDS_LITTLE } from '../../shaping/stage.ts';
import type { Stage } from '../../shaping/stage.ts';

export function createBreak(where: 'afterHead' | 'midBody', head: ResponseHead): Stage {
  let left = where === 'afterHead' ? 0 : middleOf(head);
  return {
    holds: HOLDS_LITTLE,
    write(chunk, at, out) {
      // Where the length is not told, the first piece of the body is as good as any for its middle.
      left ??= Math.floor(chunk.length / 2);
      const passing = chunk.subarray(0, left);
      if (passing.length > 0) out.write(passing, at);
      left -= passing.length;
      if (left === 0) out.cut('reset', at);
    },
    end: (at, out) => out.cut('reset', at),
  };
}

function middleOf({ contentLength }: ResponseHead): number | undefined {
  return contentLength < 0 ? undefined : Math.floor(contentLength / 2);
}
