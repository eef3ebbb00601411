/** A captured exchange as the app gets it: bodies as text. */
import type { CapturedExchange, CapturedMessage } from '../api/contract/index.ts';
import type { KeptExchange, KeptMessage } from '../telemetry/capture/kept-exchange.ts';

/** @param shown as it is to be seen @param isMaskedForGood its secrets were never kept */
export function exchangeView(shown: KeptExchange, isMaskedForGood: boolean): CapturedExchange {
  const { capture, spanId, isFinal, masked, request, response } = shown;
  const { method, path, host, protocol } = request;
  return {
    capture,
    spanId,
    isFinal,
    masked,
    canReveal: !isMaskedForGood,
    request: { method, path, host, protocol, ...messageView(request) },
    ...(response && { response: { status: response.status, ...messageView(response) } }),
  };
}

function messageView(message: KeptMessage): CapturedMessage {
  const { headers, body, lacks, bodyBytes, decoded, trailers } = message;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return { headers, body: bytes.toString('base64'), lacks, bodyBytes, decoded, trailers };
}
