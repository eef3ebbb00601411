/** A proxy's configuration as it may be read: as YAML, keys and secrets masked. Pure. */
import { stringify } from 'yaml';
import type { ProxyConfig } from '../../proxy/config.ts';
import { MASK, isSecretName, maskPasswords, maskValue } from './secrets.ts';

/** What the proxy runs, in the words of the seam between control and data plane. */
export function configurationText(config: ProxyConfig): string {
  return stringify(masked(config), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Keys under which headers stand by name. */
const HEADER_RECORDS = new Set(['add', 'set', 'headers']);
/** Keys under which stands what the neighbour `name` names: a header, a cookie, a parameter. */
const VALUES = new Set(['value', 'values']);

function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskPasswords(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const { name } = value as { name?: unknown };
  const isSecret = typeof name === 'string' && isSecretName(name);
  const entries = Object.entries(value).map(([key, one]: [string, unknown]) => {
    if (key === 'privateKey' || (isSecret && VALUES.has(key))) return [key, MASK];
    return [key, HEADER_RECORDS.has(key) ? maskedHeaders(one) : masked(one)];
  });
  return Object.fromEntries(entries);
}

function maskedHeaders(headers: unknown): unknown {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    return masked(headers);
  }
  const entries = Object.entries(headers).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? maskValue(name, value) : masked(value),
  ]);
  return Object.fromEntries(entries);
}
