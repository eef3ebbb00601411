/** Completion and explanations in the editor, from the document's JSON Schema. */
import { autocompletion, startCompletion } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorState, Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { EditorView, Tooltip } from '@codemirror/view';
import documentSchema from '../../schema/faultline.schema.json';
import { engineStore } from '../engine/store.ts';
import { descriptionOf, schemasAt, summaryOf } from './schema/json-schema.ts';
import type { JsonSchema, Path } from './schema/json-schema.ts';
import { suggestionsAt } from './schema/suggestions.ts';
import type { Names, Suggestion } from './schema/suggestions.ts';
import { placeAt } from './schema/yaml-place.ts';

const SCHEMA = documentSchema as unknown as JsonSchema;
const ICONS = { key: 'property', value: 'enum', name: 'variable' } as const;

export const schemaHelp: Extension = [
  autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 60 }),
  hoverTooltip(explain, { hoverTime: 350 }),
];

function complete(context: CompletionContext): CompletionResult | null {
  const place = placeAt(context.state.doc.toString(), context.pos);
  if (!place || (place.typed === '' && !context.explicit)) return null;
  // Behind a comma in brackets what is typed begins with the gap.
  const gap = place.typed.length - place.typed.trimStart().length;
  const options = suggestionsAt(SCHEMA, place, names()).map(toCompletion);
  if (options.length === 0) return null;
  return { from: place.from + gap, options, validFor: /^[\w./-]*$/ };
}

function toCompletion(suggestion: Suggestion): Completion {
  const { label, kind, detail, description, insert, isRequired } = suggestion;
  return {
    label,
    type: ICONS[kind],
    detail: isRequired ? `${detail} · required` : detail,
    boost: isRequired ? 2 : 0,
    ...(description !== undefined && { info: description }),
    apply: (view, _completion, from, to) => put(view, insert, from, to),
  };
}

/** What follows a key is offered at once; a key that has its colon already gets no second one. */
function put(view: EditorView, insert: string, from: number, to: number): void {
  const hasColon = view.state.sliceDoc(to, to + 1) === ':';
  const text = hasColon ? (/^[^:]*/.exec(insert)?.[0] ?? insert) : insert;
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  if (text !== insert || !/[\s-]$/.test(insert)) return;
  startCompletion(view);
}

function names(): Names {
  const services = engineStore.getState().state?.document.mesh.services ?? [];
  return {
    services: services.map(({ name, versions }) => ({
      name,
      versions: versions.map((version) => version.name),
    })),
  };
}

function explain({ state }: EditorView, pos: number): Tooltip | null {
  const found = explanationAt(state, pos);
  return (
    found && { pos: found.from, end: found.to, above: true, create: () => ({ dom: tip(found) }) }
  );
}

interface Explanation {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly usual: string | undefined;
}

/** Of the key that stands at `pos`, or of the key whose value does. */
function explanationAt(state: EditorState, pos: number): Explanation | null {
  const word = state.wordAt(pos);
  if (!word) return null;
  const text = state.doc.toString();
  const place = placeAt(text, word.to);
  if (!place) return null;
  const isKey = text[word.to] === ':' && place.kind !== 'value';
  const path: Path = isKey ? [...place.path, place.typed] : place.path;
  const schemas = schemasAt(SCHEMA, path);
  const description = descriptionOf(schemas);
  if (description === undefined) return null;
  const usual = schemas.find((schema) => schema.default !== undefined)?.default;
  return {
    from: word.from,
    to: word.to,
    name: path.filter((part) => typeof part === 'string').join('.'),
    summary: summaryOf(schemas),
    description,
    usual: usual === undefined ? undefined : JSON.stringify(usual),
  };
}

function tip({ name, summary, description, usual }: Explanation): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-explanation';
  const line = (className: string, text: string): void => {
    const element = document.createElement('div');
    element.className = className;
    element.textContent = text;
    dom.append(element);
  };
  line('cm-explanation-name', name);
  line('cm-explanation-text', description);
  line('cm-explanation-kind', usual === undefined ? summary : `${summary} · default ${usual}`);
  return dom;
}
