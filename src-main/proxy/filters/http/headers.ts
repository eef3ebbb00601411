/** Headers put into, changed in and taken out of a head (Envoy: header manipulation). */
import type { RouteConfig } from '../../config.ts';
import type { HeaderOperations } from '../../config/route-actions.ts';
import type { RequestFilter } from './request-filter.ts';

interface Fields {
  readonly names: string[];
  readonly values: string[];
}

/** Of answers; a request's are changed when it is sent (`rewrite.ts`). */
export function createResponseHeaders({ responseHeaders }: RouteConfig): RequestFilter | undefined {
  if (!responseHeaders) return undefined;
  return { onResponse: (head) => ({ ...head, ...applyOperations(head, responseHeaders) }) };
}

/** New lists; those given stay as they are. */
export function applyOperations(
  { names, values }: Readonly<Fields>,
  { add = {}, set = {}, remove = [] }: HeaderOperations,
): Fields {
  const result: Fields = { names: [], values: [] };
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (remove.includes(name) || Object.hasOwn(set, name)) continue;
    result.names.push(name);
    result.values.push(values[i] as string);
  }
  for (const [name, value] of [...Object.entries(set), ...Object.entries(add)]) {
    result.names.push(name);
    result.values.push(value);
  }
  return result;
}
