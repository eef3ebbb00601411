/** JSON as a tree: what is closed is not there yet, so that a great one costs little. */
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { readJson, sizeText } from './json.ts';
import type { JsonEntry, JsonNode } from './json.ts';
import styles from './Messages.module.css';

/** Levels that are open at first. */
const OPEN = 2;
/** Of one level; more are shown on demand. */
const AT_ONCE = 100;

/** @param text whole JSON */
export function JsonTree({ text }: { text: string }) {
  const root = useMemo(() => readJson(text), [text]);
  return (
    <ul className={styles.tree} data-testid="json-tree">
      <Entry name={undefined} value={root} depth={0} />
    </ul>
  );
}

interface EntryProps {
  /** Undefined: it is the whole. */
  readonly name: string | undefined;
  readonly value: JsonNode;
  readonly depth: number;
}

function Entry({ name, value, depth }: EntryProps) {
  const [open, setOpen] = useState(depth < OPEN);
  const label = name === undefined ? null : <span className={styles.key}>{name}: </span>;
  if (value.kind !== 'object' && value.kind !== 'array') {
    return (
      <li className={styles.leaf}>
        {label}
        <span data-kind={value.kind}>{value.text}</span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className={styles.twig}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={11} aria-hidden data-open={open || undefined} />
        {label}
        <span className={styles.faint}>{`${brackets(value)} ${sizeText(value)}`}</span>
      </button>
      {open && value.entries.length > 0 && <Entries entries={value.entries} depth={depth + 1} />}
    </li>
  );
}

function brackets({ kind }: JsonNode): string {
  return kind === 'object' ? '{ }' : '[ ]';
}

function Entries({ entries, depth }: { entries: readonly JsonEntry[]; depth: number }) {
  const [shown, setShown] = useState(AT_ONCE);
  const left = entries.length - shown;
  return (
    <ul>
      {entries.slice(0, shown).map(({ key, value }, i) => (
        <Entry key={i} name={key} value={value} depth={depth} />
      ))}
      {left > 0 && (
        <li>
          <button type="button" className={styles.link} onClick={() => setShown(shown + AT_ONCE)}>
            {`${left.toLocaleString('en')} more`}
          </button>
        </li>
      )}
    </ul>
  );
}
