/** What a forecast says against a form: at its fields, and of the whole. Pure. */
import type { Forecast, Problem } from '../../src-main/api/contract/index.ts';
import type { Keys } from './draft.ts';

export interface FormProblems {
  at(keys: Keys): string | undefined;
  /** That no field shows. */
  readonly others: readonly string[];
  /** That the document does not have yet. */
  readonly warnings: readonly string[];
  readonly refused: boolean;
}

/** `shown`: the fields of the form, each with its keys joined by dots. */
export function problemsOf(
  forecast: Forecast | undefined,
  shown: ReadonlySet<string>,
): FormProblems {
  const { problems = [], known = [], path = [] } = forecast ?? {};
  const errors = problems.filter(({ severity }) => severity === 'error');
  const own = errors.map((problem) => ({ keys: keysWithin(problem, path), text: say(problem) }));
  const before = new Set(known.map(({ message }) => message));
  const owner = (keys: Keys | undefined): string | undefined =>
    keys?.map((_, i) => keys.slice(0, keys.length - i).join('.')).find((key) => shown.has(key));
  return {
    at: (keys) => own.find((one) => owner(one.keys) === keys.join('.'))?.text,
    others: own.flatMap(({ keys, text }) => (owner(keys) === undefined ? [text] : [])),
    warnings: problems.flatMap((problem) =>
      problem.severity === 'warning' && !before.has(problem.message) ? [say(problem)] : [],
    ),
    refused: errors.length > 0,
  };
}

/** Keys from the rule on; undefined where it is about something else. */
function keysWithin({ path = [] }: Problem, place: Forecast['path']): string[] | undefined {
  const within = path.length >= place.length && place.every((step, i) => path[i] === step);
  return within ? path.slice(place.length).map(String) : undefined;
}

function say({ message, advice }: Problem): string {
  return advice === undefined ? message : `${message}: ${advice}`;
}
