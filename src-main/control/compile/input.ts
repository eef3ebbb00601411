/** All that a configuration is compiled from: compile is a pure function of it. */
import type { Leaf } from '../../identity/leaf.ts';
import type { RedirectMeans } from '../../pod/messages.ts';
import type { FaultyCertificate, FaultyIdentity, ServerCertificate } from '../../proxy/config.ts';
import type { Mesh, Service, Version } from '../../spec/mesh.ts';

/** Where a proxy is: on the engine's machine, or in a pod. They reach others by other addresses. */
export type Viewpoint = 'host' | 'pod';

/** Of an inbound listener. */
export interface EndpointAddress {
  readonly host: string;
  readonly port: number;
}

/** An instance that requests may be sent to. */
export interface ReadyEndpoint {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  /** Among the replicas of its version. */
  readonly index: number;
  /** Its sidecar's inbound listener, as the engine's machine reaches it. */
  readonly host: string;
  readonly port: number;
  /** As pods reach it; absent: they cannot. */
  readonly pod?: EndpointAddress;
  /** Its listeners for ports besides the service's first, by port. Absent: there are none. */
  readonly ports?: Readonly<Record<number, EndpointAddresses>>;
}

/** By viewpoint. */
export interface EndpointAddresses {
  readonly host: EndpointAddress;
  /** Absent: pods do not get there. */
  readonly pod?: EndpointAddress;
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
  /** Absent: no instance is a pod. */
  readonly pods?: PodsInput;
  /** When faults were enabled, by name: wall time, milliseconds since 1970. */
  readonly faultsSince: ReadonlyMap<string, number>;
}

/** What pods and the other proxies must know of each other. */
export interface PodsInput {
  /** An address of this machine that pods reach; absent: there is none, or they need none. */
  readonly hostAddress?: string;
  /** The address by which pods know a service, of 127.7.0.0/16: always the same one. */
  virtualAddress(service: string): string;
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
  /** By what its pod's traffic is caught; absent: it is no pod. */
  readonly redirect?: RedirectMeans;
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
  /** Absent: the engine's machine. */
  readonly viewpoint?: Viewpoint;
  /** `region/zone/subzone`; absent: nobody knows. */
  readonly locality?: string | undefined;
}

export const GATEWAY = 'gateway';
