/** Where the filter of requests is typed: completed as one types, and told where it is wrong. */
import { Filter, History, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FilterProblem } from '../../src-main/api/contract/index.ts';
import { complete } from './filter-completion.ts';
import type { Completions, KnownValues } from './filter-completion.ts';
import { readHistory, remember } from './filter-history.ts';
import styles from './FilterField.module.css';

export const FILTER_FIELD = 'request-filter';

interface FilterFieldProps {
  readonly text: string;
  readonly problems: readonly FilterProblem[];
  readonly known: KnownValues;
  onChange(text: string): void;
}

/** What is offered: completions of the term at the caret, or earlier filters where there is no text. */
interface Offer extends Completions {
  readonly isHistory: boolean;
}

const NONE: Offer = { from: 0, to: 0, options: [], isHistory: false };

export function FilterField({ text, problems, known, onChange }: FilterFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const [offer, setOffer] = useState(NONE);
  const [chosen, setChosen] = useState(-1);
  const isOpen = offer.options.length > 0;

  const suggest = (value: string, caret: number): void => {
    setChosen(-1);
    setOffer(
      value === '' ? historyOffer(known) : { ...complete(value, caret, known), isHistory: false },
    );
  };
  const close = (): void => setOffer(NONE);
  const accept = (index: number): void => {
    const option = offer.options[index];
    if (!option) return;
    const isDone = offer.isHistory || !option.text.endsWith(':');
    const put = isDone && !offer.isHistory ? `${option.text} ` : option.text;
    const next = text.slice(0, offer.from) + put + text.slice(offer.to).trimStart();
    const caret = offer.from + put.length;
    onChange(next);
    if (isDone) close();
    else suggest(next, caret);
    input.current?.focus();
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
  };
  const onKey = (event: KeyboardEvent): void => {
    const handled = pressed(event.key, {
      isOpen,
      count: offer.options.length,
      chosen,
      choose: setChosen,
      accept,
      close,
      open: () => suggest(text, input.current?.selectionStart ?? text.length),
      done: () => remember(text),
    });
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.field} data-wrong={problems.length > 0 || undefined}>
      <Filter size={13} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        <Marks text={text} problems={problems} />
        <input
          ref={input}
          id={FILTER_FIELD}
          role="combobox"
          aria-label="Filter requests"
          aria-expanded={isOpen}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen < 0 ? undefined : `${list}-${chosen}`}
          aria-invalid={problems.length > 0}
          aria-describedby={`${list}-problem`}
          autoComplete="off"
          spellCheck={false}
          placeholder="status:>=500 service:payments latency:>200ms -fault:*"
          value={text}
          onChange={({ target }) => {
            onChange(target.value);
            suggest(target.value, target.selectionStart ?? target.value.length);
          }}
          onFocus={() => text === '' && suggest('', 0)}
          onClick={({ currentTarget }) => suggest(text, currentTarget.selectionStart ?? 0)}
          onBlur={() => {
            close();
            remember(text);
          }}
          onKeyDown={onKey}
        />
      </div>
      {text !== '' && (
        <Clear
          onClear={() => {
            onChange('');
            input.current?.focus();
          }}
        />
      )}
      <p id={`${list}-problem`} role="status" className={styles.problem}>
        {isOpen ? '' : (problems[0]?.message ?? '')}
      </p>
      <OfferList id={list} offer={offer} chosen={chosen} onChoose={setChosen} onAccept={accept} />
    </div>
  );
}

function Clear({ onClear }: { onClear(): void }) {
  return (
    <button type="button" className={styles.clear} aria-label="Clear the filter" onClick={onClear}>
      <X size={13} aria-hidden />
    </button>
  );
}

interface OfferListProps {
  readonly id: string;
  readonly offer: Offer;
  readonly chosen: number;
  onChoose(index: number): void;
  onAccept(index: number): void;
}

function OfferList({ id, offer, chosen, onChoose, onAccept }: OfferListProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Completions"
      hidden={offer.options.length === 0}
      className={styles.list}
    >
      {offer.options.map((option, i) => (
        <li
          key={option.text}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === chosen}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onAccept(i)}
          onPointerEnter={() => onChoose(i)}
        >
          {offer.isHistory && <History size={12} aria-hidden />}
          <code className="mono">{option.text}</code>
          <span>{option.detail}</span>
        </li>
      ))}
    </ul>
  );
}

interface Keys {
  readonly isOpen: boolean;
  readonly count: number;
  readonly chosen: number;
  choose(index: number): void;
  accept(index: number): void;
  close(): void;
  open(): void;
  done(): void;
}

/** WAI-ARIA's combobox with a listbox; false: the key means what it always does. */
function pressed(key: string, keys: Keys): boolean {
  const { isOpen, count, chosen } = keys;
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const step = key === 'ArrowDown' ? 1 : -1;
    if (isOpen) keys.choose(chosen < 0 && step < 0 ? count - 1 : (chosen + step + count) % count);
    else keys.open();
    return true;
  }
  if (key === 'Enter') {
    if (isOpen && chosen >= 0) keys.accept(chosen);
    else keys.close();
    keys.done();
    return true;
  }
  if (key === 'Tab' && isOpen && chosen >= 0) {
    keys.accept(chosen);
    return true;
  }
  if (key === 'Escape' && isOpen) {
    keys.close();
    return true;
  }
  return false;
}

function historyOffer(known: KnownValues): Offer {
  const earlier = readHistory()
    .slice(0, 8)
    .map((text) => ({ text, detail: '' }));
  if (earlier.length > 0) return { from: 0, to: 0, options: earlier, isHistory: true };
  return { ...complete('', 0, known), isHistory: false };
}

/** The same text under the field's own, with what is wrong underlined. */
function Marks({ text, problems }: { text: string; problems: readonly FilterProblem[] }) {
  const parts = problems.map(({ from, to }, i) => {
    const before = text.slice(problems[i - 1]?.to ?? 0, from);
    return { before, wrong: text.slice(from, Math.max(to, from + 1)) || ' ' };
  });
  return (
    <div className={styles.marks} aria-hidden>
      {parts.map(({ before, wrong }, i) => (
        <span key={i}>
          {before}
          <u>{wrong}</u>
        </span>
      ))}
    </div>
  );
}
