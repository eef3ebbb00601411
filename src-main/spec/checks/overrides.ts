/** An override that takes everything leaves nothing to those behind it, nor to the split. */
import type { Finding } from '../document/finding.ts';
import type { RequestMatch } from '../mesh.ts';
import type { Check } from './check.ts';

export const overrides: Check = ({ mesh }) =>
  Object.entries(mesh.traffic).flatMap(([name, policy]): Finding[] => {
    const all = policy.overrides.findIndex(({ match }) => takesAll(match));
    const version = policy.overrides[all]?.version;
    if (version === undefined) return [];
    return [
      {
        code: 'unreachable-override',
        severity: 'warning',
        message: `this override sends every request to ${version}: what follows it, and the split, never act`,
        advice: 'say which requests are meant by path, method or headers',
        path: ['traffic', name, 'overrides', all],
        at: 'key',
      },
    ];
  });

function takesAll({ path = '/', method, headers = {} }: RequestMatch): boolean {
  return path === '/' && method === undefined && Object.keys(headers).length === 0;
}
