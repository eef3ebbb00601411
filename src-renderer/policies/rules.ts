/** The rules of a document, found where they stand. Pure. */
import { FAULT_KINDS } from '../../src-main/api/contract/index.ts';
import type { FaultKind, Place, PolicyKind, Written } from '../../src-main/api/contract/index.ts';
import { CONTROL_KINDS, controlOf } from './catalogue.ts';
import { cleaned, isMapping, valueAt } from './draft.ts';
import type { Mapping } from './draft.ts';
import type { SettingKind } from './settings.ts';

export type RuleKind = PolicyKind | SettingKind | 'fault' | 'instanceFault' | 'route' | 'capture';

export interface Rule {
  readonly kind: RuleKind;
  readonly place: Place;
  /** As it is written. */
  readonly value: Written;
  readonly enabled: boolean;
  /** Where it is one of several. */
  readonly name?: string;
  /** Only for this route: `route search`, `the gateway’s route to storefront`. */
  readonly within?: string;
}

type Content = Readonly<Record<string, unknown>>;

function listAt(content: Content, keys: readonly string[]): Mapping[] {
  const found = valueAt(content as Mapping, keys);
  return Array.isArray(found) ? found.map((one) => (isMapping(one) ? one : {})) : [];
}

function ruleOf(kind: RuleKind, place: Place, value: Mapping): Rule {
  return {
    kind,
    place,
    value: cleaned(value) as Written,
    enabled: value['enabled'] !== false,
    name: String(value['name']),
  };
}

function named(kind: RuleKind, path: readonly string[], items: readonly Mapping[]): Rule[] {
  return items.map((one) => ruleOf(kind, [...path, { named: String(one['name']) }], one));
}

export function faultRules(content: Content): Rule[] {
  return named('fault', ['faults'], listAt(content, ['faults']));
}

/** Faults that act on calls from one service to another. */
export function faultsOfEdge(content: Content, from: string, to: string): Rule[] {
  return faultRules(content).filter(({ value }) => {
    const fault = value as Mapping;
    return fault['to'] === to && (fault['from'] ?? from) === from;
  });
}

/** Faults that act on calls to a service, whoever calls. */
export function faultsOfService(content: Content, to: string): Rule[] {
  return faultRules(content).filter(({ value }) => (value as Mapping)['to'] === to);
}

export function instanceFaultRules(content: Content, service?: string): Rule[] {
  const all = named('instanceFault', ['instanceFaults'], listAt(content, ['instanceFaults']));
  return all.filter(
    ({ value }) => service === undefined || (value as Mapping)['service'] === service,
  );
}

export function captureRules(content: Content): Rule[] {
  return named('capture', ['capture'], listAt(content, ['capture']));
}

/** Captures that take requests on their way to a service; from one caller, where one is named. */
export function capturesOf(content: Content, to: string, from?: string): Rule[] {
  return captureRules(content).filter(({ value }) => {
    const { from: caller = from, to: callee = to } = value as Mapping;
    return callee === to && (from === undefined || caller === from);
  });
}

/** What the fault does, in the order in which it acts. */
export function kindsOf(fault: Written): FaultKind[] {
  return FAULT_KINDS.filter((kind) => valueAt(fault, [kind]) !== undefined);
}

/** Everything but faults that says how calls to the service are treated, in the menus' order. */
export function policiesOf(content: Content, service: string): Rule[] {
  const traffic = valueAt(content as Mapping, ['traffic', service]);
  return [
    ...policiesAt(['traffic', service], traffic),
    ...listAt(content, ['traffic', service, 'routes']).flatMap((route) => {
      const name = String(route['name']);
      const place: Place = ['traffic', service, 'routes', { named: name }];
      const own = policiesAt(place, route).map((one) => ({ ...one, within: `route ${name}` }));
      return [ruleOf('route', place, route), ...own];
    }),
    ...named('rateLimit', ['rateLimits'], listAt(content, ['rateLimits'])).filter(
      ({ value }) => (value as Mapping)['to'] === service,
    ),
    ...mtlsOf(content, service),
    ...named(
      'authorization',
      ['authorization', 'policies'],
      listAt(content, ['authorization', 'policies']),
    ).filter(({ value }) => ((value as Mapping)['service'] ?? service) === service),
  ];
}

/** What the gateway's routes to the service say of their own. */
export function gatewayPoliciesOf(content: Content, service: string): Rule[] {
  return listAt(content, ['gateway', 'routes']).flatMap((route, i) => {
    if (route['service'] !== service) return [];
    const path = typeof route['path'] === 'string' ? ` ${route['path']}` : '';
    const within = `gateway route${path}`;
    return policiesAt(['gateway', 'routes', i], route).map((one) => ({ ...one, within }));
  });
}

function policiesAt(place: Place, policies: unknown): Rule[] {
  if (!isMapping(policies)) return [];
  const off = policies['disabled'];
  const isOn = (key: string): boolean => !(Array.isArray(off) && off.includes(key));
  return CONTROL_KINDS.flatMap((kind): Rule[] => {
    const { where } = controlOf(kind);
    if (where.in === 'traffic') {
      return where.keys.flatMap((key) => {
        const value = cleaned(policies[key]);
        if (value === undefined) return [];
        const name = where.keys.length > 1 ? { name: key } : {};
        return [{ kind, place: [...place, key], value, enabled: isOn(key), ...name }];
      });
    }
    if (where.in !== 'items') return [];
    const items = policies[where.key];
    if (!Array.isArray(items)) return [];
    return items.flatMap((item, i) => {
      const value = cleaned(item);
      if (value === undefined) return [];
      return [{ kind, place: [...place, where.key, i], value, enabled: isOn(where.key) }];
    });
  });
}

function mtlsOf(content: Content, service: string): Rule[] {
  const mode = cleaned(valueAt(content as Mapping, ['services', service, 'mtls']));
  if (mode === undefined) return [];
  return [{ kind: 'mtls', place: ['services', service, 'mtls'], value: mode, enabled: true }];
}

/** Whether the rule can stay in the document while it is off; what cannot is changed or removed. */
export function canSwitch({ kind, place }: Rule): boolean {
  if (place[0] === 'services' || kind === 'route') return false;
  return typeof place.at(-1) !== 'number';
}

/** The names of all items of the list that a named rule stands in. */
export function namesBeside(content: Content, place: Place): string[] {
  const keys = place.slice(0, -1).map(String);
  return listAt(content, keys).map((one) => String(one['name']));
}
