/** Kubernetes objects to the text of a file. */
import { stringify } from 'yaml';
import type { Mesh } from '../../spec/mesh.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Kubernetes reads YAML 1.1, where a bare `on` or `yes` is a switch: such words are quoted. */
const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/** One file: a line that says what it is, then the objects, in the order given. */
export function manifestFile(mesh: Mesh, target: string, manifests: readonly Manifest[]): string {
  const head = `# Mesh "${mesh.name}" for ${target}, exported by Faultline.\n`;
  const documents = manifests.map((one) => stringify(one, OPTIONS));
  return head + documents.join('---\n');
}

/** Five digits are the most that Gateway API takes of one unit. */
const MOST_DIGITS = 99_999;

/**
 * Go's durations, as Istio and Gateway API write them; both know whole milliseconds only, and Istio
 * nothing below one. `ms`: milliseconds, above 0.
 */
export function goDuration(ms: number): string {
  const whole = Math.max(1, Math.round(ms));
  const rest = whole % 1000;
  const seconds = (whole - rest) / 1000;
  if (rest === 0) return `${seconds}s`;
  return whole <= MOST_DIGITS ? `${whole}ms` : `${seconds}s${rest}ms`;
}
