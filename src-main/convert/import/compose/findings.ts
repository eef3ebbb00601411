/** What an import has to say of the files that it reads. */
import type { ProblemCode } from '../../../spec/errors.ts';
import type { Place } from './node.ts';

export interface ComposeFinding {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly advice?: string | undefined;
  readonly place: Place;
}

/** Collects findings; the same one twice (of a file that is read twice) is told once. */
export class Findings {
  readonly #all = new Map<string, ComposeFinding>();

  get all(): ComposeFinding[] {
    return [...this.#all.values()];
  }

  /** The stack cannot be run so. */
  error(code: ProblemCode, message: string, place: Place, advice?: string): void {
    this.#add({ code, severity: 'error', message, advice, place });
  }

  warn(code: ProblemCode, message: string, place: Place, advice?: string): void {
    this.#add({ code, severity: 'warning', message, advice, place });
  }

  /** Something that the mesh does without: what, and why. */
  leftOut(what: string, why: string, place: Place): void {
    this.warn('not-imported', `${what} is not taken over: ${why}`, place);
  }

  /** A value of the wrong kind, or one that means nothing. */
  wrong(message: string, place: Place, advice?: string): void {
    this.error('compose-value', message, place, advice);
  }

  #add(finding: ComposeFinding): void {
    const { code, message, place } = finding;
    const key = `${place.file}:${place.line}:${place.column} ${code} ${message}`;
    if (!this.#all.has(key)) this.#all.set(key, finding);
  }
}
