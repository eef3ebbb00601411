/** A health check asks for one thing. */
import type { Finding } from '../document/finding.ts';
import type { Check } from './check.ts';

const KINDS = ['path', 'tcp', 'grpc'] as const;

export const healthCheck: Check = ({ mesh, has }) =>
  Object.keys(mesh.traffic).flatMap((name): Finding[] => {
    const path = ['traffic', name, 'healthCheck'];
    if (!has(path)) return [];
    const given = KINDS.filter((key) => has([...path, key]));
    if (given.length !== 1) {
      const message = 'a health check is made by one of path, tcp and grpc';
      return [{ code: given.length === 0 ? 'missing-key' : 'wrong-value', message, path }];
    }
    const statuses = [...path, 'expectedStatuses'];
    if (given[0] === 'path' || !has(statuses)) return [];
    const message = '"expectedStatuses" goes with a path';
    return [{ code: 'wrong-value', message, path: statuses, at: 'key' }];
  });
