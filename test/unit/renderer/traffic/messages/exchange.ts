/** Captured exchanges for tests; `given` changes what the test is about. */
import type {
  CapturedExchange,
  CapturedMessage,
} from '../../../../../src-main/api/contract/index.ts';

type Given<T> = Partial<Omit<T, 'body'>> & { readonly body?: string | Uint8Array };

export function message(given: Given<CapturedMessage> = {}): CapturedMessage {
  const { body = '', ...rest } = given;
  const bytes = Buffer.from(body as string);
  return {
    headers: [],
    lacks: '',
    bodyBytes: bytes.length,
    decoded: '',
    trailers: [],
    ...rest,
    body: bytes.toString('base64'),
  };
}

export function request(
  given: Given<CapturedExchange['request']> = {},
): CapturedExchange['request'] {
  const { method = 'GET', path = '/', host = 'shop', protocol = 'http/1.1' } = given;
  return { ...message(given), method, path, host, protocol };
}

export function exchange(
  asked: CapturedExchange['request'] = request(),
  answer: Given<CapturedMessage> & { readonly status?: number } = {},
): CapturedExchange {
  const { status = 200, ...rest } = answer;
  return {
    capture: 'c',
    spanId: 's',
    isFinal: true,
    masked: true,
    canReveal: false,
    request: asked,
    response: { ...message(rest), status },
  };
}
