/** The proxy answers by itself (Envoy: direct_response). */
import type { RouteConfig } from '../../config.ts';
import { HopFlag } from '../../hop.ts';
import type { RequestAction, RequestFilter } from './request-filter.ts';

export function createDirectResponse({ directResponse }: RouteConfig): RequestFilter | undefined {
  if (!directResponse) return undefined;
  const { status, headers = {}, body = '' } = directResponse;
  const isTyped = body === '' || Object.hasOwn(headers, 'content-type');
  const answer: RequestAction = {
    kind: 'respond',
    status,
    code: '',
    message: '',
    headers: [
      ...Object.entries(headers),
      ...(isTyped ? [] : [['content-type', 'text/plain'] as const]),
    ],
    body,
    flags: HopFlag.DIRECT_RESPONSE,
    rule: '',
  };
  return { onRequest: () => answer };
}
