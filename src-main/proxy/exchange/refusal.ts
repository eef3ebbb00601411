/** The hop of a request that was refused before there was an exchange for it. */
import type { FailureCode } from '../failures.ts';
import { failureOf } from '../failures.ts';
import type { ExchangeContext } from './context.ts';
import { newHop } from './hop-draft.ts';
import type { HopDownstream } from './hop-draft.ts';

export function recordRefusal(
  context: ExchangeContext,
  downstream: HopDownstream,
  code: FailureCode,
): void {
  const trace = context.services.ids.newTrace();
  const hop = newHop(context, downstream, { trace, requestId: '', method: '', path: '' });
  const failure = failureOf(code);
  hop.failure = code;
  hop.flags |= failure.flags;
  hop.status = failure.status;
  context.services.hops.write(hop);
}
