/** What the engine's thread and the stubs' worker say to each other. */
import type { Stub } from '../../spec/mesh.ts';

/** One instance of a stub, as the worker needs it. */
export interface StubInstance {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly stub: Stub;
  readonly http2: boolean;
  readonly port: number;
  /** `http://host:port` of each service that it may call, which leads to its own sidecar. */
  readonly callees: Readonly<Record<string, string>>;
}

export type ToStubWorker =
  /** Listens; answered by `listening` or `failed`. A known one changes what it does, and keeps its port. */
  | { readonly type: 'start'; readonly instance: StubInstance }
  /** Answered by `stopped`. */
  | { readonly type: 'stop'; readonly id: string };

export type FromStubWorker =
  | { readonly type: 'listening'; readonly id: string }
  | { readonly type: 'failed'; readonly id: string; readonly reason: string }
  | { readonly type: 'stopped'; readonly id: string };
