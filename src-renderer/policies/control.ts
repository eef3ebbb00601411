/** What the app knows of a kind of policy, besides what the schema says of its fields. */
import type { LucideIcon } from 'lucide-react';
import type {
  FaultKind,
  MeshDocument,
  PolicyKind,
  Written,
} from '../../src-main/api/contract/index.ts';

type FaultInput = NonNullable<MeshDocument['faults']>[number];
type TrafficInput = NonNullable<NonNullable<MeshDocument['traffic']>[string]>;

/** Policies whose key in the document is not their name, or that stand elsewhere. */
interface Elsewhere {
  override: NonNullable<TrafficInput['overrides']>[number];
  headers: NonNullable<TrafficInput['requestHeaders']>;
  mtls: NonNullable<NonNullable<MeshDocument['services']>[string]['mtls']>;
  authorization: NonNullable<MeshDocument['authorization']>['policies'][number];
  rateLimit: NonNullable<MeshDocument['rateLimits']>[number];
}

/** As it is written in the document. */
export type ValueOf<K extends PolicyKind> = K extends keyof Elsewhere
  ? Elsewhere[K]
  : K extends FaultKind
    ? NonNullable<FaultInput[K]>
    : K extends keyof TrafficInput
      ? NonNullable<TrafficInput[K]>
      : never;

/** Where a rule of the kind can stand. */
export type Where =
  | { readonly in: 'fault' }
  /** A key of `traffic.<service>`; `routes`: of its routes and the gateway's as well. */
  | { readonly in: 'traffic'; readonly keys: readonly string[]; readonly routes: boolean }
  /** One of a list that is such a key. */
  | { readonly in: 'items'; readonly key: string; readonly routes: boolean }
  /** One of a list of named rules for the whole mesh, each for one service. */
  | { readonly in: 'list'; readonly path: readonly string[]; readonly service: 'to' | 'service' }
  | { readonly in: 'service'; readonly key: string };

/** Headings of the menus, in their order. */
export const GROUPS = [
  'Late',
  'Wrong answers',
  'Broken bytes',
  'No connection',
  'Identity',
  'Who gets it',
  'When it fails',
  'Load',
  'What is changed',
  'Who may call',
] as const;
export type Group = (typeof GROUPS)[number];

/** What the schema does not say of a field. */
export interface FieldHint {
  readonly label?: string;
  /** Behind the number. */
  readonly unit?: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** A list to choose from, or to be reminded by. */
  readonly from?: keyof Choices;
  readonly words?: Readonly<Record<string, string>>;
  /** Several lines. */
  readonly long?: boolean;
  /** Of its keys one at most is given. */
  readonly oneOf?: boolean;
}

/** By keys from the rule on, joined with dots. */
export type FieldHints = Readonly<Record<string, FieldHint>>;

/** Names of the mesh that a form offers. */
export interface Choices {
  readonly services: readonly string[];
  readonly versions: readonly string[];
  readonly callers: readonly string[];
  /** The gateway and all services. */
  readonly everyCaller: readonly string[];
  readonly callerVersions: readonly string[];
  readonly instances: readonly string[];
  readonly routes: readonly string[];
  readonly methods: readonly string[];
}

/** Of whom a rule speaks. */
export interface Subject {
  /** The called service. */
  readonly to: string;
  /** Where the rule is for one caller. */
  readonly from?: string | undefined;
  readonly choices: Choices;
  /** Of calls to the service, in milliseconds. */
  readonly timeout?: number | undefined;
}

export interface Control<K extends PolicyKind> {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly group: Group;
  readonly where: Where;
  /** Fields that are shown at once, in this order; the others stand under “More”. */
  readonly first: readonly string[];
  readonly fields?: FieldHints;
  /** What a new one begins with. */
  start(subject: Subject): ValueOf<K>;
  /** In a list: `300ms on 50 %`. It may be half typed. */
  say(value: ValueOf<K>): string;
  /** Behind “50 % of the calls”: `wait 300ms longer`. */
  effect(value: ValueOf<K>): string;
  /** What may surprise. */
  warn?(value: ValueOf<K>, subject: Subject): string[];
}

/** A control whose kind is not known where it is used. */
export interface AnyControl extends Omit<Control<PolicyKind>, 'start' | 'say' | 'effect' | 'warn'> {
  start(subject: Subject): Written;
  say(value: Written): string;
  effect(value: Written): string;
  warn?(value: Written, subject: Subject): string[];
}
