/** A request's head between HTTP/2 (RFC 9113 §8.3.1) and the form that exchanges know. */
import type { OutgoingRequest } from '../../exchange/streams.ts';
import { ProtocolError, bad, isMethod } from '../http1/head.ts';
import type { RequestHead } from '../http1/request-head.ts';
import { endsWithHop, oursAt } from '../http1/serialize.ts';
import { addFields, newFields, readValue } from './fields.ts';
import type { Http2Fields } from './fields.ts';

/** As in HTTP/1.1: visible ASCII, no fragment. */
const PATH = /^(?:\/[\x21-\x22\x24-\x7e]*|\*)$/;
const HOST = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=%]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?$/;
const DIGITS = /^[0-9]{1,15}$/;
const COLON = 0x3a;

/**
 * @param fields names and values in turn, as node:http2 gives them (its `rawHeaders`).
 * @param complete the request has no body: its head ended the stream.
 * @throws ProtocolError where the request could not be written as HTTP/1.1 without another meaning.
 */
export function readRequestFields(
  fields: readonly string[],
  complete: boolean,
  mostHeaders: number,
): RequestHead {
  const pseudo = Object.create(null) as Record<string, string>;
  const names: string[] = [];
  const values: string[] = [];
  const found: Found = { host: undefined, length: undefined, expectContinue: false };
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] as string;
    const value = readValue(name, fields[i + 1] as string);
    if (name.charCodeAt(0) === COLON) {
      pseudo[name] = value;
      continue;
    }
    takeNoted(found, name, value);
    takeField(names, values, name, value);
  }
  if (names.length > mostHeaders) throw new ProtocolError('head-too-large', 'too many headers');
  const { method, path } = requestLine(pseudo);
  const { contentLength, chunked } = framing(found.length, complete);
  return {
    method,
    path,
    host: hostOf(pseudo[':authority'], found.host),
    minorVersion: 1,
    names,
    values,
    contentLength,
    chunked,
    close: false,
    nominated: undefined,
    upgrade: '',
    expectContinue: found.expectContinue,
  };
}

/** Fields that mean something to the message itself, as they are read. */
interface Found {
  host: string | undefined;
  length: string | undefined;
  expectContinue: boolean;
}

function takeNoted(found: Found, name: string, value: string): void {
  if (name === 'host') {
    if (found.host !== undefined) throw bad('Host is given twice');
    found.host = value;
  } else if (name === 'content-length') {
    if (found.length !== undefined) throw bad('Content-Length is given twice');
    found.length = value;
  } else if (name === 'expect') {
    if (value.toLowerCase() !== '100-continue') {
      throw new ProtocolError('unsupported-expectation', 'the expectation is not 100-continue');
    }
    found.expectContinue = true;
  }
}

/** RFC 9113 §8.2.3: the crumbs of a cookie are one field again where HTTP/1.1 may come next. */
function takeField(names: string[], values: string[], name: string, value: string): void {
  const at = name === 'cookie' ? names.indexOf('cookie') : -1;
  if (at >= 0) {
    values[at] = [values[at], value].filter((crumb) => crumb !== '').join('; ');
    return;
  }
  names.push(name);
  values.push(value);
}

function requestLine(pseudo: Record<string, string>): { method: string; path: string } {
  const { ':method': method = '', ':path': path = '' } = pseudo;
  if (method === 'CONNECT') throw new ProtocolError('unsupported-upgrade', 'CONNECT is refused');
  if (!isMethod(method)) throw bad('the method is not written in capitals');
  if (!PATH.test(path)) throw bad(':path is not the path of a request');
  if (path === '*' && method !== 'OPTIONS') throw bad('* is a target of OPTIONS only');
  return { method, path };
}

/** RFC 9113 §8.3.1: a Host beside :authority must say the same. */
function hostOf(authority: string | undefined, given: string | undefined): string {
  const host = authority ?? given;
  if (host === undefined) throw bad(':authority is missing');
  if (authority !== undefined && given !== undefined && given !== authority) {
    throw bad(':authority and Host differ');
  }
  if (!HOST.test(host)) throw bad(':authority is not a host name with an optional port');
  return host;
}

function framing(
  length: string | undefined,
  complete: boolean,
): { contentLength: number; chunked: boolean } {
  if (length !== undefined && !DIGITS.test(length)) throw bad('Content-Length is not a number');
  if (complete) {
    if (length !== undefined && Number(length) > 0) throw bad('the body that is told is missing');
    return { contentLength: length === undefined ? -1 : 0, chunked: false };
  }
  const contentLength = length === undefined ? -1 : Number(length);
  return { contentLength, chunked: contentLength < 0 };
}

/** The fields of the request as it goes upstream. */
export function requestFields(request: OutgoingRequest): Http2Fields {
  const { head } = request;
  const gateway = request.direction === 'gateway';
  const ours = oursAt(request.direction);
  const fields = newFields();
  fields[':method'] = head.method;
  fields[':scheme'] = 'http';
  // HTTP/1.0 may have none, and an empty one is refused.
  if (head.host !== '') fields[':authority'] = head.host;
  fields[':path'] = head.path;
  addFields(fields, head.names, head.values, (name) => {
    return name === 'content-length' || ours.has(name) || endsWithHop(head, name);
  });
  if (head.contentLength >= 0) fields['content-length'] = String(head.contentLength);
  // The only value that means anything here, and gRPC servers look for it (RFC 9113 §8.2.2).
  if (asksForTrailers(head)) fields['te'] = 'trailers';
  if (gateway) {
    fields['x-forwarded-for'] = [...all(head, 'x-forwarded-for'), request.remoteAddress].join(', ');
    fields['x-forwarded-proto'] = request.scheme;
  }
  const [name, value] = request.clientCertificate.trimEnd().split(': ');
  if (name && value !== undefined) fields[name] = value;
  fields['x-request-id'] = request.requestId;
  fields['traceparent'] = request.traceparent;
  return fields;
}

function asksForTrailers(head: RequestHead): boolean {
  return all(head, 'te').some((value) => /(?:^|,)\s*trailers\s*(?:,|$)/i.test(value));
}

function all(head: RequestHead, name: string): string[] {
  return head.values.filter((_, i) => head.names[i] === name);
}
