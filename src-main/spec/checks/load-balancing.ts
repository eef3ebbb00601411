/** An algorithm goes with what it needs: a hash with one source for the consistent ones alone. */
import type { Finding } from '../document/finding.ts';
import type { Path } from '../document/tree.ts';
import type { LoadBalancing } from '../upstream.ts';
import type { Check, CheckSubject } from './check.ts';

const SOURCES = ['header', 'cookie', 'source'] as const;
const OF_COOKIES = ['ttl', 'path'] as const;

export const loadBalancing: Check = (subject) =>
  Object.entries(subject.mesh.traffic).flatMap(([name, policy]) => {
    const path: Path = ['traffic', name, 'loadBalancing'];
    if (!policy.loadBalancing) return [];
    return [
      ...checkHash(subject, path, policy.loadBalancing),
      ...checkSlowStart(subject, path, policy.loadBalancing),
    ];
  });

function isConsistent({ algorithm }: LoadBalancing): boolean {
  return algorithm === 'maglev' || algorithm === 'ringHash';
}

function checkHash({ has }: CheckSubject, path: Path, policy: LoadBalancing): Finding[] {
  const { algorithm } = policy;
  const at = [...path, 'hash'];
  if (!has(at)) {
    if (!isConsistent(policy)) return [];
    const message = `${algorithm} needs a "hash": what requests are told apart by`;
    return [{ code: 'missing-key', message, advice: 'such as hash: { header: x-user }', path }];
  }
  if (!isConsistent(policy)) {
    const message = `"hash" means nothing to ${algorithm}`;
    const advice = 'take maglev or ringHash, or remove it';
    return [{ code: 'wrong-value', message, advice, path: at, at: 'key' }];
  }
  const given = SOURCES.filter((key) => has([...at, key]));
  if (given.length !== 1) {
    const message = 'a "hash" names one of header, cookie and source';
    return [{ code: given.length === 0 ? 'missing-key' : 'wrong-value', message, path: at }];
  }
  if (given[0] === 'cookie') return [];
  return OF_COOKIES.filter((key) => has([...at, key])).map((key) => ({
    code: 'wrong-value',
    message: `"${key}" is for cookies`,
    path: [...at, key],
    at: 'key',
  }));
}

/** Envoy: a table that everybody must agree on leaves nothing to begin slowly with. */
function checkSlowStart({ has }: CheckSubject, path: Path, policy: LoadBalancing): Finding[] {
  const at = [...path, 'slowStart'];
  const { algorithm } = policy;
  if (!has(at) || algorithm === 'roundRobin' || algorithm === 'leastRequest') return [];
  const message = `"slowStart" means nothing to ${algorithm}`;
  const advice = 'take roundRobin or leastRequest, or remove it';
  return [{ code: 'wrong-value', message, advice, path: at, at: 'key' }];
}
