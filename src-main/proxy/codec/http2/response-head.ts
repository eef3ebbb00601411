/** A response's head between HTTP/2 (RFC 9113 §8.3.2) and the form that exchanges know. */
import { bad } from '../http1/head.ts';
import type { ResponseHead } from '../http1/response-head.ts';
import { addFields, newFields, readValue } from './fields.ts';
import type { Http2Fields } from './fields.ts';

const DIGITS = /^[0-9]{1,15}$/;

/**
 * @param fields names and values in turn, as node:http2 gives them.
 * @param complete the head ended the stream: a gRPC error without trailers of its own, for one.
 * @throws ProtocolError where the answer could not be written as HTTP/1.1.
 */
export function readResponseFields(fields: readonly string[], complete: boolean): ResponseHead {
  const names: string[] = [];
  const values: string[] = [];
  let status = 0;
  let contentLength = -1;
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] as string;
    const value = readValue(name, fields[i + 1] as string);
    if (name === ':status') status = Number(value);
    if (name.startsWith(':')) continue;
    if (name === 'content-length') {
      if (contentLength >= 0 || !DIGITS.test(value)) throw bad('Content-Length is not one number');
      contentLength = Number(value);
    }
    names.push(name);
    values.push(value);
  }
  if (complete && contentLength < 0) contentLength = 0;
  if (!(status >= 100 && status <= 599)) throw bad(':status is missing');
  return {
    status,
    reason: '',
    minorVersion: 1,
    names,
    values,
    contentLength,
    chunked: contentLength < 0,
    close: false,
    nominated: undefined,
    upgrade: '',
  };
}

/** The fields of an answer as the caller gets it. */
export function responseFields(head: ResponseHead): Http2Fields {
  const fields = newFields();
  // RFC 9110 §15: what is above 599 is no status, and to be taken for a 5xx; node:http2 throws at it.
  fields[':status'] = String(head.status > 599 ? 502 : head.status);
  const nominated = head.nominated ?? [];
  addFields(fields, head.names, head.values, (name) => {
    return (name === 'content-length' && head.status === 204) || nominated.includes(name);
  });
  return fields;
}
