/** Local rate limits (Envoy: local_ratelimit): so many requests in a time, of each caller or of all. */
import type { Milliseconds } from '../../../base/units.ts';
import type { ResponseHead } from '../../codec/http1/response-head.ts';
import { HopFlag } from '../../hop.ts';
import type { RateLimit } from '../../rate-limit/rate-limit.ts';
import type { TokenBucket } from '../../rate-limit/token-bucket.ts';
import type { RequestAction, RequestContext, RequestFilter } from './request-filter.ts';

type Header = readonly [name: string, value: string];
interface Held {
  readonly limit: RateLimit;
  readonly bucket: TokenBucket;
}

/** Undefined where there is none. */
export function createRateLimitFilter(limits: readonly RateLimit[]): RequestFilter | undefined {
  if (limits.length === 0) return undefined;
  const tells = limits.some(({ config }) => config.headers);
  return {
    onRequest(request) {
      const now = request.clock.now();
      const held = heldBy(limits, request, now);
      // A request that one of them refuses costs the others nothing.
      const empty = held.find(({ bucket }) => bucket.tokens(now) < 1);
      if (empty) return refusal(empty, now);
      for (const { bucket } of held) bucket.take(now);
      return undefined;
    },
    ...(tells && { onResponse: (head, request) => withHeaders(limits, head, request) }),
  };
}

function heldBy(limits: readonly RateLimit[], request: RequestContext, now: Milliseconds): Held[] {
  return limits.flatMap((limit) => {
    const bucket = limit.bucketOf(request, now);
    return bucket ? [{ limit, bucket }] : [];
  });
}

function refusal(held: Held, now: Milliseconds): RequestAction {
  const { headers, name } = held.limit.config;
  return {
    kind: 'respond',
    status: 429,
    code: 'rate-limited',
    message: 'local_rate_limited',
    headers: [['x-envoy-ratelimited', 'true'], ...(headers ? headersOf(held, now) : [])],
    flags: HopFlag.RATE_LIMITED,
    rule: name,
  };
}

/** Of the limit that leaves the least. */
function withHeaders(
  limits: readonly RateLimit[],
  head: ResponseHead,
  request: RequestContext,
): ResponseHead {
  const now = request.clock.now();
  const telling = heldBy(limits, request, now).filter(({ limit }) => limit.config.headers);
  const [least] = telling.toSorted((a, b) => a.bucket.tokens(now) - b.bucket.tokens(now));
  if (!least) return head;
  const added = headersOf(least, now);
  const names = [...head.names, ...added.map(([name]) => name)];
  return { ...head, names, values: [...head.values, ...added.map(([, value]) => value)] };
}

/** As Envoy sends them (enable_x_ratelimit_headers); the time until the next fill is in seconds. */
function headersOf({ bucket, limit }: Held, now: Milliseconds): Header[] {
  return [
    ['x-ratelimit-limit', String(limit.config.maxTokens)],
    ['x-ratelimit-remaining', String(bucket.tokens(now))],
    ['x-ratelimit-reset', String(Math.ceil(bucket.nextFill(now) / 1000))],
  ];
}
