/** The contract of a check: one rule that looks across the whole mesh. */
import type { Finding } from '../document/finding.ts';
import type { Mesh } from '../mesh.ts';

export interface CheckSubject {
  readonly mesh: Mesh;
  /** The document has a value at this path. */
  has(path: readonly (string | number)[]): boolean;
  /** The value there is a list. */
  isList(path: readonly (string | number)[]): boolean;
  /** Whether a folder exists; absent where nobody can tell. */
  readonly folderExists: ((path: string) => boolean) | undefined;
}

export type Check = (subject: CheckSubject) => Finding[];

/** Names of the services that the gateway leads to. */
export function gatewayServices({ gateway, services }: Mesh): string[] {
  const published = services.filter(({ publish = [] }) => publish.length > 0);
  return [
    ...[...gateway.routes, ...(gateway.tcp ?? [])].map(({ service }) => service),
    ...published.map(({ name }) => name),
  ];
}

export function serviceNames(mesh: Mesh): string[] {
  return mesh.services.map(({ name }) => name);
}
