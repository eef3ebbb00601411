/** A document that fits the schema to the mesh that it means: every default filled in. */
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { Limits, Mesh, Visitors } from '../mesh.ts';
import type { MeshDocument } from '../schema/document.ts';
import { readFault, readInstanceFault } from './fault-text.ts';
import { normalizeAuthorization } from './normalize-authorization.ts';
import { normalizeCapture } from './normalize-capture.ts';
import { normalizeGateway } from './normalize-gateway.ts';
import { normalizeRateLimit } from './normalize-rate-limit.ts';
import { normalizeMatch } from './normalize-match.ts';
import { normalizeService } from './normalize-service.ts';
import { normalizeTraffic } from './normalize-traffic.ts';
import { normalizeVolume } from './normalize-container.ts';
import type { RuntimeChoice } from './normalize-workload.ts';

export const DEFAULT_VISITOR_RATE = 5;

export interface NormalizeOptions {
  /** Absolute; relative paths are taken from there. */
  readonly folder: string;
  /** Instead of the document's. */
  readonly runtime?: RuntimeChoice | undefined;
}

export function normalize(document: MeshDocument, options: NormalizeOptions): Mesh {
  const {
    authorization,
    capture,
    gateway,
    traffic,
    faults,
    instanceFaults,
    seed,
    limits,
    rateLimits,
    visitors,
    volumes,
  } = document;
  const context = {
    folder: options.folder,
    mesh: document.mesh,
    runtime: options.runtime ?? document.runtime,
    container: document.container,
  };
  return {
    name: document.mesh,
    namespace: document.namespace ?? 'default',
    mtls: document.mtls ?? 'strict',
    gateway: normalizeGateway(gateway, options.folder),
    services: Object.entries(document.services ?? {}).map(([name, one]) =>
      normalizeService(name, one, context),
    ),
    traffic: Object.fromEntries(
      Object.entries(traffic ?? {}).map(([name, one]) => [name, normalizeTraffic(one ?? {})]),
    ),
    faults: (faults ?? []).map((one) => readFault(one, normalizeMatch(one.match ?? {}))),
    ...(instanceFaults && { instanceFaults: instanceFaults.map(readInstanceFault) }),
    ...(seed !== undefined && { seed }),
    ...(rateLimits && {
      rateLimits: rateLimits.map((one) => normalizeRateLimit(one, normalizeMatch(one.match ?? {}))),
    }),
    ...(authorization && { authorization: normalizeAuthorization(authorization) }),
    ...(limits && { limits: normalizeLimits(limits) }),
    ...(capture && {
      capture: capture.map((one) => normalizeCapture(one, normalizeMatch(one.match ?? {}))),
    }),
    ...(visitors && { visitors: normalizeVisitors(visitors) }),
    ...(volumes && { volumes: Object.entries(volumes).map(normalizeVolume) }),
  };
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}

type LimitsInput = NonNullable<MeshDocument['limits']>;

function normalizeLimits(input: LimitsInput): Limits {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, typeof value === 'string' ? ms(value) : value]),
  );
}

function normalizeVisitors(input: NonNullable<MeshDocument['visitors']>): Visitors {
  return {
    enabled: input.enabled ?? true,
    rate: input.rate ?? DEFAULT_VISITOR_RATE,
    requests: input.requests.map((request) => {
      if (typeof request === 'string') {
        const [method = 'GET', path = '/'] = request.split(' ');
        return { method, path, headers: {}, share: 100 };
      }
      const { method = 'GET', path, body, headers = {}, share = 100 } = request;
      return { method, path, headers, share, ...(body !== undefined && { body }) };
    }),
  };
}
