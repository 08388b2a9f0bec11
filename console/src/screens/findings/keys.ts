import type { RefObject } from 'react';
import { useShortcuts } from '../../shell/shortcuts.ts';
import type { Actions } from './actions.ts';
import type { Finding } from './data.ts';

interface FindingKeys {
  readonly cursor: number;
  readonly count: number;
  readonly moveTo: (index: number) => void;
  /** The selected ones, or the one of the cursor. */
  readonly aimed: readonly Finding[];
  readonly actions: Actions;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onOpen: () => void;
  readonly onSelect: () => void;
  readonly onFacets: () => void;
  readonly onEscape: () => void;
}

/** The whole screen without a mouse. */
export function useFindingKeys({
  cursor,
  count,
  moveTo,
  aimed,
  actions,
  input,
  onOpen,
  onSelect,
  onFacets,
  onEscape,
}: FindingKeys): void {
  useShortcuts('Findings', [
    { keys: 'j', label: 'Next finding', run: () => moveTo(Math.min(count - 1, cursor + 1)) },
    { keys: 'k', label: 'Finding before', run: () => moveTo(Math.max(0, cursor - 1)) },
    { keys: 'Enter', label: 'Open its story', run: onOpen },
    { keys: 'x', label: 'Select it', run: onSelect },
    { keys: 'a', label: 'Assign to me', run: () => actions.assignToMe(aimed) },
    { keys: 'A', label: 'Assign to somebody', run: () => actions.assign(aimed) },
    { keys: 's', label: 'Start on it', run: () => actions.start(aimed) },
    { keys: 'd', label: 'Set another date', run: () => actions.due(aimed) },
    { keys: 'e', label: 'Request an exception', run: () => actions.except(aimed) },
    { keys: '/', label: 'Filter', run: () => input.current?.focus() },
    { keys: 'f', label: 'Facets on or off', run: onFacets },
    { keys: 'Escape', label: 'Select nothing, close the story', run: onEscape },
  ]);
}
