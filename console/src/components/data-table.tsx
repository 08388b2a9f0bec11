import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import { Skeleton } from './skeleton.tsx';
import { Tooltip } from './tooltip.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly title: ReactNode;
  /** What it means, where the title alone does not say; in words, as the title may be a button. */
  readonly about?: string;
  /** A track of the grid: `6rem`, or `minmax(12rem, 1fr)` for what takes the room that is left. In rem: the table is as wide as all of them at least. */
  readonly width: string;
  /** What the server calls this order; absent where it cannot sort by it. */
  readonly sort?: string;
  readonly align?: 'right';
  readonly cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  /** Of the whole table, read aloud. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** How many rows there are, loaded or not. */
  readonly count: number;
  /** Undefined where it is not loaded yet: a skeleton stands there. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly idOf: (row: Row) => string;
  /** Called with the last row that is on the screen, to load what comes next. */
  readonly onReach?: (index: number) => void;
  readonly density?: 'compact' | 'comfortable';
  /** Where the keyboard is. */
  readonly cursor?: number;
  readonly onCursor?: (index: number) => void;
  /** Enter or a click. */
  readonly onOpen?: (row: Row, index: number) => void;
  /** The one that is open beside the table. */
  readonly openId?: string | undefined;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (row: Row, index: number, isRange: boolean) => void;
  readonly sort?: { readonly by: string; readonly isReversed: boolean };
  readonly onSort?: (by: string) => void;
  /** On narrow screens, instead of the columns: two or three lines. */
  readonly card?: (row: Row) => ReactNode;
  readonly isNarrow?: boolean;
}

const HEIGHTS = { compact: 32, comfortable: 42, card: 84 } as const;
const PAGE_ROWS = 15;
const SELECTION_REM = 2.25;

/**
 * A table of any length: only what is on the screen is in the page, and a screen reader is told where it is among how many. One stop of
 * Tab; arrows, j and k, Page Up and Down, Home and End walk, Enter opens, x selects.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    count,
    rowAt,
    onReach,
    density = 'compact',
    cursor = 0,
    onCursor,
    isNarrow = false,
    card,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isCards = isNarrow && card !== undefined;
  const height = HEIGHTS[isCards ? 'card' : density];
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights have to be measured anew
  useEffect(() => virtual.measure(), [virtual, height]);
  useEffect(() => onReach?.(last), [onReach, last]);
  useEffect(() => {
    if (cursor < count) virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [virtual, cursor, count]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event, cursor, count);
    if (to !== undefined) {
      event.preventDefault();
      onCursor?.(to);
      return;
    }
    const row = rowAt(cursor);
    if (row === undefined || event.target !== event.currentTarget) return;
    if (event.key === 'Enter') props.onOpen?.(row, cursor);
    else if (event.key === 'x' || event.key === ' ') props.onSelect?.(row, cursor, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const tracks = isCards
    ? 'minmax(0,1fr)'
    : `${props.onSelect ? `${SELECTION_REM}rem ` : ''}${columns.map(({ width }) => width).join(' ')}`;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable={props.onSelect !== undefined}
      aria-activedescendant={items.some(({ index }) => index === cursor) ? `row-${cursor}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/table relative min-h-0 flex-1 overflow-auto bg-surface outline-none"
    >
      <div style={{ minWidth: isCards ? undefined : `${leastRem(tracks)}rem` }}>
        {!isCards && <Head {...props} tracks={tracks} />}
        <div className="relative" style={{ height: virtual.getTotalSize() }} role="rowgroup">
          {items.map(({ index, start }) => (
            <TableRow
              key={index}
              {...props}
              index={index}
              start={start}
              height={height}
              tracks={tracks}
              isCards={isCards}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The first length of each track: what it has at least. */
function leastRem(tracks: string): number {
  return tracks.split(/ (?![^(]*\))/).reduce((sum, track) => sum + Number(/[\d.]+(?=rem)/.exec(track)?.[0] ?? 0), 0);
}

/** Where a key leads; undefined when it leads nowhere. */
function target({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, from: number, count: number): number | undefined {
  if (ctrlKey || metaKey || altKey || count === 0) return undefined;
  const steps = new Map([
    ['ArrowDown', 1],
    ['j', 1],
    ['ArrowUp', -1],
    ['k', -1],
    ['PageDown', PAGE_ROWS],
    ['PageUp', -PAGE_ROWS],
    ['Home', -count],
    ['End', count],
  ]);
  const step = steps.get(key);
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, from + step));
}

function Head<Row>({ columns, sort, onSort, onSelect, tracks }: DataTableProps<Row> & { readonly tracks: string }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface text-small text-muted">
      <div role="row" aria-rowindex={1} className="grid h-8 items-center" style={{ gridTemplateColumns: tracks }}>
        {onSelect && (
          <span role="columnheader" className="px-2">
            <span className="sr-only">Selected</span>
          </span>
        )}
        {columns.map((column) => {
          const isSorted = sort !== undefined && column.sort === sort.by;
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={isSorted ? (sort.isReversed ? 'ascending' : 'descending') : undefined}
              className={classNames('flex min-w-0 items-center px-2', column.align === 'right' && 'justify-end')}
            >
              {column.sort !== undefined && onSort ? (
                <SortButton
                  column={column}
                  isSorted={isSorted}
                  isReversed={sort?.isReversed ?? false}
                  onSort={onSort}
                />
              ) : (
                <span className="truncate">{column.title}</span>
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}

function SortButton<Row>({
  column: { title, about, sort },
  isSorted,
  isReversed,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly isSorted: boolean;
  readonly isReversed: boolean;
  readonly onSort: (by: string) => void;
}) {
  const button = (
    <button
      type="button"
      onClick={() => sort && onSort(sort)}
      className={classNames(
        'flex h-6 min-w-0 items-center gap-0.5 rounded-s hover:text-ink',
        isSorted && 'font-medium text-ink',
        about !== undefined && 'term',
      )}
    >
      <span className="truncate">{title}</span>
      {isSorted && <Icon name={isReversed ? 'up' : 'down'} className="size-3.5" />}
    </button>
  );
  return about === undefined ? button : <Tooltip text={about}>{button}</Tooltip>;
}

type RowProps<Row> = DataTableProps<Row> & {
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly tracks: string;
  readonly isCards: boolean;
};

/** Scrolling draws the rows that come in, not those that are there already. */
const TableRow = memo(PlainRow) as typeof PlainRow;

function PlainRow<Row>({ index, start, height, tracks, isCards, ...props }: RowProps<Row>) {
  const { columns, rowAt, idOf, cursor = 0, onCursor, onOpen, openId, selected, onSelect, card } = props;
  const row = rowAt(index);
  const id = row === undefined ? undefined : idOf(row);
  const isSelected = id !== undefined && (selected?.has(id) ?? false);
  const isOpen = id !== undefined && id === openId;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the whole table
    <div
      role="row"
      id={`row-${index}`}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={onSelect ? isSelected : undefined}
      onClick={() => {
        onCursor?.(index);
        if (row !== undefined) onOpen?.(row, index);
      }}
      className={classNames(
        'absolute inset-x-0 top-0 grid items-center border-b border-line outline-none',
        onOpen && 'cursor-pointer hover:bg-hover',
        (isOpen || isSelected) && 'bg-selected',
        index === cursor &&
          'before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent group-focus-visible/table:outline-2 group-focus-visible/table:-outline-offset-2 group-focus-visible/table:outline-focus',
      )}
      style={{ height, transform: `translateY(${start}px)`, gridTemplateColumns: tracks }}
    >
      {onSelect && !isCards && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: x selects the row of the cursor
        <span
          role="gridcell"
          tabIndex={-1}
          className="flex h-full items-center justify-center"
          onClick={(event) => event.stopPropagation()}
        >
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label="Select this row"
            className="size-4 accent-accent"
            disabled={row === undefined}
            checked={isSelected}
            onChange={(event) =>
              row !== undefined &&
              onSelect(row, index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
            }
          />
        </span>
      )}
      {isCards ? (
        <div role="gridcell" tabIndex={-1} className="min-w-0 px-4">
          {row === undefined ? <Skeleton className="w-2/3" /> : card?.(row)}
        </div>
      ) : (
        columns.map((column) => (
          <span
            key={column.id}
            role="gridcell"
            tabIndex={-1}
            className={classNames('min-w-0 truncate px-2', column.align === 'right' && 'text-right')}
          >
            {row === undefined ? <Skeleton className="w-3/4" /> : column.cell(row)}
          </span>
        ))
      )}
    </div>
  );
}
