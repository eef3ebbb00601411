/** All that a configuration is compiled from: compile is a pure function of it. */
import type { Leaf } from '../../identity/leaf.ts';
import type { FaultyCertificate, FaultyIdentity, ServerCertificate } from '../../proxy/config.ts';
import type { Mesh, Service, Version } from '../../spec/mesh.ts';

/** An instance that requests may be sent to. */
export interface ReadyEndpoint {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  /** Among the replicas of its version. */
  readonly index: number;
  readonly host: string;
  /** Of its sidecar's inbound listener. */
  readonly port: number;
}

/** An instance that is paused, killed, slowed down … on purpose. */
export interface FaultyInstance {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  /** Names of the faults; at least one. */
  readonly faults: readonly string[];
}

export interface CompileInput {
  readonly mesh: Mesh;
  readonly endpoints: readonly ReadyEndpoint[];
  /** The SPIFFE ID that instances of a service must prove. */
  spiffeId(service: string): string;
  readonly trustBundle: string;
  /** A certificate that is wrong on purpose: the same one as long as it serves. */
  faultyLeaf(service: string, flaw: FaultyIdentity): FaultyCertificate;
  /**
   * Services whose mode of mutual TLS is changing: they take either until all their callers know of
   * it. Absent: none.
   */
  readonly inTransition?: ReadonlySet<string>;
  /** Captures that have as many requests as they are to have, by name. Absent: none. */
  readonly spentCaptures?: ReadonlySet<string>;
  /** Instances that faults act on. Absent: none. */
  readonly faultyInstances?: readonly FaultyInstance[];
  /** When faults were enabled, by name: wall time, milliseconds since 1970. */
  readonly faultsSince: ReadonlyMap<string, number>;
}

/** The sidecar's side of an instance. */
export interface SidecarInput {
  readonly id: string;
  readonly service: Service;
  readonly version: Version;
  /** Among the replicas of its version. */
  readonly index: number;
  /** Where the workload listens. */
  readonly workloadPort: number;
  readonly leaf: Leaf;
  /** Ports that its listeners had before, by listener name: kept over a restart of the worker. */
  readonly ports: Readonly<Record<string, number>>;
}

export interface GatewayInput {
  readonly leaf: Leaf;
  /** What its TLS shows, where the document names one; else its leaf. */
  readonly certificate?: ServerCertificate | undefined;
}

/** Who asks, where a route or a fault depends on it. */
export interface Caller {
  /** A service's name or `gateway`. */
  readonly service: string;
  /** Of the workload; empty for the gateway. */
  readonly version: string;
  /** `region/zone/subzone`; absent: nobody knows. */
  readonly locality?: string | undefined;
}

export const GATEWAY = 'gateway';
