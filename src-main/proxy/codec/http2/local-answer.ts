/** Answers of the proxy's own over HTTP/2; to gRPC they are trailers-only. */
import type { LocalAnswer } from '../../exchange/streams.ts';
import { encodeGrpcMessage, grpcStatusOfHttp } from '../../grpc/status.ts';
import { isBodiless } from '../http1/kinds.ts';
import { addFields, newFields } from './fields.ts';
import type { Http2Fields } from './fields.ts';

/** @param grpc the request was one of gRPC: its caller reads a status in a head that ends the stream. */
export function localAnswerFields(
  answer: LocalAnswer,
  method: string,
  grpc: boolean,
): { readonly fields: Http2Fields; readonly body: string } {
  const fields = newFields();
  fields[':status'] = String(grpc ? 200 : answer.status);
  fields['server'] = 'faultline';
  if (answer.code !== '') fields['x-faultline-failure'] = answer.code;
  if (answer.faults !== '') fields['x-faultline-fault'] = answer.faults;
  for (const [name, value] of answer.headers ?? []) {
    addFields(fields, [name], [value], (one) => one === 'content-length' || one.startsWith(':'));
  }
  if (grpc) {
    fields['content-type'] = 'application/grpc';
    fields['grpc-status'] = String(answer.grpcStatus ?? grpcStatusOfHttp(answer.status));
    fields['grpc-message'] = encodeGrpcMessage(`faultline: ${answer.message} (${answer.code})`);
    return { fields, body: '' };
  }
  if (isBodiless(method, answer.status)) return { fields, body: '' };
  const body = answer.body ?? `faultline: ${answer.message} (${answer.code})\n`;
  if (answer.body === undefined) fields['content-type'] = 'text/plain; charset=utf-8';
  fields['content-length'] = String(Buffer.byteLength(body));
  return { fields, body };
}
