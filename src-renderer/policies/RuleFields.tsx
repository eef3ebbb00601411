/** The fields of a rule that is no fault of requests. */
import { controlOf } from './catalogue.ts';
import { Disclosure } from './fields/Disclosure.tsx';
import { useForm } from './fields/form-context.ts';
import { Fields, withShort } from './fields/GroupField.tsx';
import { FormContext } from './fields/form-context.ts';
import { SchemaField } from './fields/SchemaField.tsx';
import { SharesField } from './fields/SharesField.tsx';
import { titleOf } from './describe.ts';
import { layoutOf } from './form-fields.ts';
import styles from './PolicyForm.module.css';
import type { RuleKind } from './rules.ts';
import type { FieldSpec } from './schema/field-spec.ts';

interface RuleFieldsProps {
  readonly kind: Exclude<RuleKind, 'fault'>;
  readonly spec: FieldSpec;
  readonly name: string | undefined;
}

const FIRST = {
  instanceFault: [
    ...['action', 'version', 'index', 'share', 'headroomBytes', 'offset'],
    ...['delay', 'jitter', 'loss', 'reorder', 'from', 'folder', 'duration'],
  ],
  route: ['name', 'match'],
  capture: ['name', 'from', 'to', 'requests', 'masked', 'match'],
  healthThresholds: ['serverErrors', 'clientErrors', 'grpcErrors'],
  locality: [],
  priority: [],
} as const;

/** Fields that only one action of a fault of instances asks for. */
const ASKED_BY: Readonly<Record<string, string>> = {
  share: 'throttle',
  headroomBytes: 'memoryPressure',
  offset: 'clockSkew',
  delay: 'netem',
  jitter: 'netem',
  loss: 'netem',
  reorder: 'netem',
  from: 'partition',
  folder: 'diskFull',
};

/** Rules of a route stand for themselves, each in a form of its own. */
const ROUTE = ['name', 'match'];

export function RuleFields({ kind, spec }: RuleFieldsProps) {
  const form = useForm();
  if (kind === 'split') return <SharesField />;
  if (spec.kind !== 'group') {
    const label = isPlain(kind) ? titleOf({ kind, value: {} }) : controlOf(kind).title;
    return <SchemaField keys={[]} spec={spec} label={label} required />;
  }
  const known = isPlain(kind) ? FIRST[kind] : controlOf(kind).first;
  const shown = {
    ...spec,
    fields: spec.fields.filter(({ key }) => kind !== 'route' || ROUTE.includes(key)),
  };
  const { first, more } = layoutOf(shown, known);
  const action = form.value(['action']);
  const isAsked = ({ key }: { readonly key: string }): boolean =>
    !(key in ASKED_BY) || ASKED_BY[key] === action;
  const body = (
    <>
      {spec.description !== undefined && <p className={styles.about}>{spec.description}</p>}
      <Fields fields={first.filter(isAsked)} within={[]} />
      {more.length > 0 && (
        <Disclosure label="More" testId="policy-more">
          <Fields fields={more} within={[]} />
        </Disclosure>
      )}
    </>
  );
  if (spec.short === undefined) return body;
  return <FormContext value={withShort(form, [], spec.short)}>{body}</FormContext>;
}

/** Those that are no policy of the catalogue. */
function isPlain(kind: RuleFieldsProps['kind']): kind is keyof typeof FIRST {
  return kind in FIRST;
}
