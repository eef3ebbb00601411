/**
 * The checked mesh: what a document means once every default is filled in and every rule holds. All
 * rooms (control, runtime, exports, the app) read this and nothing else of the document.
 */
import { z } from 'zod';
import { authorization } from './authorization.ts';
import { capture } from './capture.ts';
import { containerVolume, containerWorkload } from './container.ts';
import { distribution } from './distribution.ts';
import { rateLimitFields } from './rate-limit.ts';
import { healthThresholds } from './health-thresholds.ts';
import { faultKinds, faultScope, instanceFault } from './fault.ts';
import { requestMatch } from './request-match.ts';
import { routePolicy, trafficPolicy } from './route-policy.ts';

export * from './container.ts';
export * from './health-thresholds.ts';
export * from './request-match.ts';
export * from './retry.ts';
export * from './route-policy.ts';

const milliseconds = z.number().min(0);
const percent = z.number().min(0).max(100);

export const mtlsMode = z.enum(['strict', 'permissive', 'disabled']);

export const healthCheck = z.object({
  /** An HTTP path that must answer 2xx or 3xx; absent: the port must accept a connection. */
  path: z.string().optional(),
  interval: milliseconds,
  timeout: milliseconds,
  /** From the process's start; longer without one success is a failed start. */
  startTimeout: milliseconds,
  /** Failures in a row that make a ready instance unhealthy. */
  unhealthyThreshold: z.number().int().min(1),
});

/** A request that a stub makes to answer one. */
export const stubCall = z.object({
  service: z.string(),
  method: z.string(),
  /** With its query. */
  path: z.string(),
  /** Of the requests that it answers. */
  percentage: percent,
  /** Without it the stub itself fails (502). */
  required: z.boolean(),
});

/** What a stub does with the requests of a path and method. */
export const stubResponse = z.object({
  /** Prefix by segment. */
  path: z.string(),
  /** Absent: all. */
  method: z.string().optional(),
  /** Besides the time of its calls; absent: none. */
  latency: distribution.optional(),
  /** Shares of 100 together. */
  statuses: z.array(z.object({ status: z.number().int(), percentage: percent })).min(1),
  headers: z.record(z.string(), z.string()),
  /** Absent: JSON that tells who answered, and what its calls gave. */
  body: z.string().optional(),
  calls: z.array(stubCall),
  /** All calls at once instead of one after the other. */
  parallel: z.boolean(),
});

/** A service that answers as the document says: not written yet, or one of hundreds. */
export const stub = z.object({
  /** First match wins; what none is for gets 404. */
  responses: z.array(stubResponse).min(1),
  /** Requests worked on at once; the others wait. Absent: no limit. */
  concurrency: z.number().int().min(1).optional(),
});

/** What an instance is. */
export const workload = z.discriminatedUnion('runtime', [
  z.object({
    runtime: z.literal('process'),
    /** Program and arguments. */
    command: z.array(z.string()).min(1),
    /** Absolute. */
    workingFolder: z.string(),
    env: z.record(z.string(), z.string()),
  }),
  z.object({ runtime: z.literal('stub'), stub }),
  containerWorkload,
]);

/** A version of a service: what its instances run. */
export const version = z.object({
  name: z.string(),
  replicas: z.number().int().min(0),
  workload,
  /** The ways to run it that the document knows of; absent: only the one that it runs by. */
  runtimes: z.array(z.enum(['process', 'docker'])).exactOptional(),
  /**
   * The port the program listens on (given to it as PORT); 0: a free one is chosen for a process, and
   * a container has the first one that its image exposes.
   */
  port: z.number().int().min(0).max(65535),
  health: healthCheck,
  /** `region/zone/subzone`, one for each replica in turn; absent: nobody knows. */
  localities: z.array(z.string()).exactOptional(),
  /** One for each replica in turn; absent: 0, the first choice. */
  priorities: z.array(z.number().int()).exactOptional(),
});

/** What a service's port speaks, in Istio's words for it. */
export const serviceProtocol = z.enum(['http', 'http2', 'grpc', 'tcp', 'tls']);

/** A port besides the first one, which is the version's. */
export const additionalPort = z.object({
  port: z.number().int().min(1).max(65535),
  /** Absent: found out from the first bytes of each connection. */
  protocol: serviceProtocol.exactOptional(),
});

/** A port of this machine that leads to a port of the service, through the gateway. */
export const publishedPort = z.object({
  /** Of the service; absent: its first one. */
  port: z.number().int().min(1).max(65535).exactOptional(),
  /** On this machine; 0: any free one. */
  hostPort: z.number().int().min(0).max(65535),
  /** The address to listen at; absent: loopback. */
  host: z.string().exactOptional(),
});

/** What must have come about before a service is started. */
export const dependency = z.object({
  service: z.string(),
  /** `completed`: it has run to its end, with exit code 0. */
  condition: z.enum(['started', 'healthy', 'completed']),
});

export const service = z.object({
  name: z.string(),
  /** Absent: found out from the first bytes of each connection. */
  protocol: serviceProtocol.optional(),
  /** What its callers may speak; absent: the mesh's mode. */
  mtls: mtlsMode.optional(),
  labels: z.record(z.string(), z.string()).exactOptional(),
  /** Absent: Kiali's. */
  healthThresholds: healthThresholds.exactOptional(),
  /** Names of the services it may call. */
  calls: z.array(z.string()),
  /** Names of more services that it may call, though nobody says that it does. Absent: none. */
  reaches: z.array(z.string()).exactOptional(),
  /** Other names that callers in containers know it by. Absent: none. */
  aliases: z.array(z.string()).exactOptional(),
  /** Besides the version's; absent: none. */
  ports: z.array(additionalPort).exactOptional(),
  publish: z.array(publishedPort).exactOptional(),
  dependsOn: z.array(dependency).exactOptional(),
  /** In the document's order; at least one. */
  versions: z.array(version).min(1),
});

export const gatewayRoute = z.object({
  name: z.string(),
  host: z.string().optional(),
  /** Prefix by segment. */
  path: z.string(),
  /** What must hold besides host and prefix; absent: nothing. */
  match: requestMatch.exactOptional(),
  service: z.string(),
  /** Wins over what the service says; absent: nothing of its own. */
  policy: routePolicy.exactOptional(),
});

/** Connections at a port of the gateway that go to a service as they are. */
export const gatewayTcpRoute = z.object({
  name: z.string(),
  port: z.number().int().min(0).max(65535),
  /** Only TLS that asks for this name; absent: all connections. */
  host: z.string().optional(),
  service: z.string(),
});

export const gateway = z.object({
  port: z.number().int().min(0).max(65535),
  routes: z.array(gatewayRoute),
  tcp: z.array(gatewayTcpRoute).exactOptional(),
  /** Where TLS ends: the same routes at another port. Absent: nowhere. */
  tls: z
    .object({
      port: z.number().int().min(0).max(65535),
      /** Absolute paths of PEM files; absent: a certificate of the mesh's CA. */
      files: z.object({ certificate: z.string(), key: z.string() }).exactOptional(),
    })
    .exactOptional(),
  /** `region/zone/subzone`; absent: nobody knows. */
  locality: z.string().exactOptional(),
});

export const fault = z.object({
  /** Unique in the mesh. */
  name: z.string(),
  enabled: z.boolean(),
  /** The caller, `gateway` included; absent: all callers. */
  from: z.string().optional(),
  to: z.string(),
  match: requestMatch,
  random: z.boolean(),
  ...faultKinds,
  ...faultScope,
});

/** How often a service may be called. */
export const rateLimit = z.object({ ...rateLimitFields, match: requestMatch });

/** The built-in source of traffic. */
export const visitors = z.object({
  enabled: z.boolean(),
  /** Journeys begun per second. */
  rate: z.number().min(0),
  /** Requests in the order a visitor makes them; one journey = all of them, with one cookie jar. */
  requests: z
    .array(
      z.object({
        method: z.string(),
        path: z.string(),
        body: z.string().optional(),
        headers: z.record(z.string(), z.string()),
        /** Share of the visitors that make this request. */
        share: percent,
      }),
    )
    .min(1),
});

/** What the proxies bear of a caller; what is absent has the data plane's default. */
export const limits = z.object({
  headBytes: z.number().int().exactOptional(),
  headerCount: z.number().int().exactOptional(),
  /** 0: no limit. */
  bodyBytes: z.number().int().exactOptional(),
  retryBufferBytes: z.number().int().exactOptional(),
  headTimeout: milliseconds.exactOptional(),
  bodyIdleTimeout: milliseconds.exactOptional(),
  keepAliveTimeout: milliseconds.exactOptional(),
  /** 0: for ever. */
  tunnelIdleTimeout: milliseconds.exactOptional(),
  detectionTimeout: milliseconds.exactOptional(),
  concurrentStreams: z.number().int().exactOptional(),
  connections: z.number().int().exactOptional(),
  /** 0: no limit of its own. */
  connectionsPerCaller: z.number().int().exactOptional(),
});

export const mesh = z.object({
  name: z.string(),
  namespace: z.string(),
  mtls: mtlsMode,
  gateway,
  services: z.array(service),
  /** By the called service's name; services without an entry have the defaults. */
  traffic: z.record(z.string(), trafficPolicy),
  faults: z.array(fault),
  /** Absent: none. */
  instanceFaults: z.array(instanceFault).exactOptional(),
  /** Absent: random faults are not the same in every run. */
  seed: z.number().int().exactOptional(),
  authorization: authorization.optional(),
  rateLimits: z.array(rateLimit).exactOptional(),
  limits: limits.optional(),
  /** Absent: nothing. */
  capture: z.array(capture).exactOptional(),
  visitors: visitors.optional(),
  /** Volumes of which more is known than their names. Absent: none. */
  volumes: z.array(containerVolume).exactOptional(),
});

export type Mesh = z.infer<typeof mesh>;
export type Service = z.infer<typeof service>;
export type MtlsMode = z.infer<typeof mtlsMode>;
export type ServiceProtocol = z.infer<typeof serviceProtocol>;
export type Stub = z.infer<typeof stub>;
export type StubCall = z.infer<typeof stubCall>;
export type StubResponse = z.infer<typeof stubResponse>;
export type AdditionalPort = z.infer<typeof additionalPort>;
export type PublishedPort = z.infer<typeof publishedPort>;
export type Dependency = z.infer<typeof dependency>;
export type Workload = z.infer<typeof workload>;
export type Version = z.infer<typeof version>;
export type HealthCheck = z.infer<typeof healthCheck>;
export type Fault = z.infer<typeof fault>;
export type RateLimit = z.infer<typeof rateLimit>;
export type GatewayRoute = z.infer<typeof gatewayRoute>;
export type GatewayTcpRoute = z.infer<typeof gatewayTcpRoute>;
export type Limits = z.infer<typeof limits>;
export type Visitors = z.infer<typeof visitors>;
