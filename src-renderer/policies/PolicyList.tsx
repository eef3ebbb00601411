/** How calls to a service are treated: every rule of it, and what can be added. */
import { Signpost } from 'lucide-react';
import type { Place, PolicyKind } from '../../src-main/api/contract/index.ts';
import { engineStore, useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Panel.tsx';
import { AddMenu } from './AddMenu.tsx';
import { CONTROL_KINDS, controlOf } from './catalogue.ts';
import type { Subject } from './control.ts';
import { cleaned, freeName, valueAt, withValue } from './draft.ts';
import type { Mapping } from './draft.ts';
import { startEditing } from './editing.ts';
import { RuleRow, nameOf } from './RuleRow.tsx';
import { gatewayPoliciesOf, namesBeside, policiesOf } from './rules.ts';
import type { Rule } from './rules.ts';
import styles from './RuleList.module.css';
import { useSubject } from './subject.ts';

/** `from`: whoever looks, looks at the calls of this one; the rules are for all callers. */
export function PolicyList({ to, from }: { to: string; from?: string }) {
  const content = useEngine(({ document }) => document.content);
  const subject = useSubject(to, from);
  const rules = [
    ...policiesOf(content, to),
    ...(from === undefined || from === 'gateway' ? gatewayPoliciesOf(content, to) : []),
  ];
  const addable = CONTROL_KINDS.filter((kind) => canAdd(kind, rules, subject));
  return (
    <Section title={from === undefined ? 'Policies' : `Policies of ${to}`}>
      {rules.length === 0 && (
        <p className={styles.none}>
          None: calls wait for as long as they take, and are tried once.
        </p>
      )}
      <ul className={styles.list}>
        {rules.map((rule) => (
          <RuleRow key={`${rule.kind} ${nameOf(rule)}`} rule={rule} to={to} from={from} />
        ))}
      </ul>
      <div className={styles.add}>
        <AddMenu
          label="Policy"
          testId="add-policy"
          kinds={addable}
          onChoose={(kind) => startPolicy(kind, subject)}
        />
        <Button icon={Signpost} testId="add-route" onClick={() => startRoute(subject)}>
          Route
        </Button>
      </div>
      {rules
        .filter(({ kind }) => kind === 'route')
        .map((route) => (
          <div key={nameOf(route)} className={styles.route}>
            <AddMenu
              plain
              label={`Policy of route ${route.name}`}
              testId={`add-policy-${route.name}`}
              kinds={CONTROL_KINDS.filter((kind) => canStandIn(kind, route, subject))}
              onChoose={(kind) => startPolicy(kind, subject, route)}
            />
          </div>
        ))}
    </Section>
  );
}

/** Of most kinds there is one; and one version cannot be split. */
function canAdd(kind: PolicyKind, rules: readonly Rule[], { choices }: Subject): boolean {
  const { where } = controlOf(kind);
  if (where.in === 'fault') return false;
  if (kind === 'split' && choices.versions.length < 2) return false;
  const there = rules.filter((rule) => rule.kind === kind && rule.within === undefined).length;
  if (where.in === 'traffic') return there < where.keys.length;
  return where.in === 'service' ? there === 0 : true;
}

function canStandIn(kind: PolicyKind, { value }: Rule, { choices }: Subject): boolean {
  const { where } = controlOf(kind);
  if (kind === 'split' && choices.versions.length < 2) return false;
  if (where.in === 'items') return where.routes;
  if (where.in !== 'traffic' || !where.routes) return false;
  return where.keys.some((key) => valueAt(value, [key]) === undefined);
}

/** Opens the form of a new policy: of the service, or of one of its routes. */
function startPolicy(kind: PolicyKind, subject: Subject, route?: Rule): void {
  const { to, from } = subject;
  const place = placeFor(kind, route?.place ?? ['traffic', to], to);
  const start = controlOf(kind).start(subject);
  const last = place.at(-1);
  const name = typeof last === 'object' ? last.named : undefined;
  startEditing({
    kind,
    place,
    value: name === undefined ? start : (withValue(start, ['name'], name) ?? start),
    was: undefined,
    name: typeof last === 'string' ? last : undefined,
    within: route && `route ${route.name}`,
    to,
    from,
  });
}

function placeFor(kind: PolicyKind, within: Place, to: string): Place {
  const { where } = controlOf(kind);
  const content = engineStore.getState().state?.document.content ?? {};
  const there = cleaned(valueInContent(content as Mapping, within));
  switch (where.in) {
    case 'items': {
      const items = valueAt(there, [where.key]);
      return [...within, where.key, Array.isArray(items) ? items.length : 0];
    }
    case 'list': {
      const wanted = `${to}-${kind === 'rateLimit' ? 'limit' : 'callers'}`;
      const taken = namesBeside(content, [...where.path, { named: wanted }]);
      return [...where.path, { named: freeName(wanted, taken) }];
    }
    case 'service':
      return ['services', to, where.key];
    case 'traffic': {
      const free = where.keys.find((key) => valueAt(there, [key]) === undefined);
      return [...within, free ?? where.keys[0] ?? kind];
    }
    case 'fault':
      throw new Error(`${kind} is a fault, not a policy`);
  }
}

function valueInContent(content: Mapping, place: Place): unknown {
  return place.reduce<unknown>((found, step) => {
    if (Array.isArray(found)) {
      if (typeof step === 'object')
        return found.find((one: unknown) => (one as Mapping | null)?.['name'] === step.named);
      return found[Number(step)];
    }
    return valueAt(found as Mapping | undefined, [String(step)]);
  }, content);
}

function startRoute({ to, from }: Subject): void {
  const content = engineStore.getState().state?.document.content ?? {};
  const beside = ['traffic', to, 'routes', { named: '' }] as const;
  const name = freeName('route', namesBeside(content, beside));
  startEditing({
    kind: 'route',
    place: ['traffic', to, 'routes', { named: name }],
    value: { name, match: { path: '/' } },
    was: undefined,
    to,
    from,
  });
}
