import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { classNames } from '../../components/class-names.ts';
import { inputLook } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { type Completion, caretPlace, completed, completions } from './completion.ts';
import { knownValuesQuery, languageQuery } from './data.ts';

/**
 * The filter as text, with what can be written next. Enter applies it, Tab takes the completion that is marked, Escape puts back what was
 * applied. What is wrong with it is said by the server, under the bar.
 */
export function QueryBar({
  filter,
  fault,
  input,
  onApply,
}: {
  readonly filter: string;
  readonly fault: string | undefined;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onApply: (filter: string) => void;
}) {
  const id = useId();
  const bar = useQueryBar(filter, input, onApply);
  const { text, offered, marked } = bar;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const handled = handleKey(event, {
      count: offered.length,
      marked,
      mark: bar.setMarked,
      take: bar.take,
      apply: () => bar.apply(text),
      close: () => {
        if (offered.length > 0) return bar.setOpen(false);
        bar.setText(filter);
        input.current?.blur();
      },
    });
    if (handled) event.preventDefault();
  };
  return (
    <div className="relative min-w-0 flex-1 max-md:order-first max-md:basis-full">
      <Icon name="filter" className="pointer-events-none absolute top-2 left-2.5 max-md:top-3 text-muted" />
      <input
        ref={input}
        role="combobox"
        aria-label="Filter of findings"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={marked >= 0 ? `${id}-${marked}` : undefined}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        maxLength={4000}
        placeholder="All findings. Try severity>=high team:shop"
        className={classNames(inputLook, 'pr-14 pl-8 font-mono text-small')}
        value={text}
        onChange={(event) => {
          bar.setText(event.target.value);
          bar.setCaret(event.target.selectionStart ?? event.target.value.length);
          bar.setOpen(true);
          bar.setMarked(-1);
        }}
        onSelect={(event) => bar.setCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => bar.setOpen(true)}
        onBlur={() => bar.setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? (
        <kbd className="absolute top-1.5 right-2 max-md:hidden">/</kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the filter"
          onClick={() => bar.apply('')}
          className="absolute top-1 right-1 rounded-s p-1 max-md:top-2 text-muted hover:bg-hover hover:text-ink"
        >
          <Icon name="close" />
        </button>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} role="alert" className="mt-1 text-small text-bad">
          {fault}
        </p>
      )}
      <Offered id={id} offered={offered} marked={marked} onTake={bar.take} />
    </div>
  );
}

/** What is typed, what is offered for it, and what follows from taking or applying it. */
function useQueryBar(filter: string, input: RefObject<HTMLInputElement | null>, onApply: (filter: string) => void) {
  const [text, setText] = useState(filter);
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  useEffect(() => setText(filter), [filter]);

  const language = useQuery({ ...languageQuery, enabled: isOpen }).data;
  const place = caretPlace(text, caret);
  const isValue = place.kind === 'value';
  const known = useQuery({
    ...knownValuesQuery(isValue ? place.field : '', isValue ? place.typed : ''),
    enabled: isOpen && isValue,
  }).data;
  const offered = isOpen && language ? completions(text, caret, language.fields, known ?? []) : [];

  const apply = (next: string) => {
    setOpen(false);
    setMarked(-1);
    onApply(next.trim());
  };
  const take = (index: number) => {
    const chosen = offered[index];
    if (chosen === undefined) return;
    const next = completed(text, chosen);
    setText(next.text);
    setCaret(next.caret);
    setMarked(-1);
    if (!chosen.isOpen) onApply(next.text.trim());
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  return { text, offered, marked, setText, setCaret, setOpen, setMarked, apply, take };
}

interface OfferedProps {
  readonly id: string;
  readonly offered: readonly Completion[];
  readonly marked: number;
  readonly onTake: (index: number) => void;
}

function Offered({ id, offered, marked, onTake }: OfferedProps) {
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="What can be written here"
      className={classNames(
        'rise absolute top-full left-0 z-30 mt-1 w-full max-w-xl rounded-m border border-line bg-raised p-1 shadow-float',
        offered.length === 0 && 'hidden',
      )}
    >
      {offered.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
        <div
          key={option.label}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === marked}
          // Before the field loses the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
          className={classNames(
            'flex cursor-pointer items-baseline gap-3 rounded-s px-2 py-1 max-md:py-2.5',
            index === marked ? 'bg-selected' : 'hover:bg-hover',
          )}
        >
          <span className="font-mono text-small">{option.label}</span>
          <span className="min-w-0 flex-1 truncate text-small text-muted">{option.about}</span>
        </div>
      ))}
    </div>
  );
}

interface KeyTargets {
  readonly count: number;
  readonly marked: number;
  readonly mark: (index: number) => void;
  readonly take: (index: number) => void;
  readonly apply: () => void;
  readonly close: () => void;
}

/** Whether the key was one of ours. */
function handleKey({ key, shiftKey }: KeyboardEvent, { count, marked, mark, take, apply, close }: KeyTargets): boolean {
  if (key === 'ArrowDown' && count > 0) mark((marked + 1) % count);
  else if (key === 'ArrowUp' && count > 0) mark(marked <= 0 ? count - 1 : marked - 1);
  else if (key === 'Enter') marked >= 0 ? take(marked) : apply();
  else if (key === 'Tab' && !shiftKey && marked >= 0) take(marked);
  else if (key === 'Escape') close();
  else return false;
  return true;
}
