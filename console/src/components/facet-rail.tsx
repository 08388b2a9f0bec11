import { type ReactNode, useState } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import { Skeleton } from './skeleton.tsx';

export interface FacetValue {
  /** What stands in the filter. */
  readonly value: string;
  readonly label: ReactNode;
  /** Undefined while it is being counted. */
  readonly count: number | undefined;
}

export interface Facet {
  readonly id: string;
  readonly title: string;
  readonly values: readonly FacetValue[];
  readonly chosen: ReadonlySet<string>;
}

const FEW = 7;

/** What the list is made of, with counts: a click narrows it. Several values of one facet are alternatives. */
export function FacetRail({
  facets,
  isExact,
  onToggle,
}: {
  readonly facets: readonly Facet[];
  readonly isExact: boolean;
  readonly onToggle: (facet: string, value: string) => void;
}) {
  return (
    <div className="flex flex-col gap-4 py-3">
      {facets.length === 0 && <p className="px-4 text-small text-muted">Nothing to narrow.</p>}
      {!isExact && <p className="px-4 text-small text-muted">Counts are of the first 10,000 that the filter finds.</p>}
      {facets.map((facet) => (
        <FacetGroup key={facet.id} facet={facet} onToggle={onToggle} />
      ))}
    </div>
  );
}

function FacetGroup({
  facet,
  onToggle,
}: {
  readonly facet: Facet;
  readonly onToggle: (facet: string, value: string) => void;
}) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? facet.values : facet.values.slice(0, FEW);
  const hidden = facet.values.length - shown.length;
  return (
    <fieldset className="min-w-0 px-2">
      <legend className="mb-1 px-2 text-small font-medium text-muted">{facet.title}</legend>
      {shown.map(({ value, label, count }) => {
        const isChosen = facet.chosen.has(value);
        return (
          <button
            key={value}
            type="button"
            aria-pressed={isChosen}
            onClick={() => onToggle(facet.id, value)}
            className={classNames(
              'flex h-7 w-full items-center gap-2 rounded-s px-2 text-left hover:bg-hover max-md:h-10',
              isChosen && 'bg-selected hover:bg-selected',
            )}
          >
            <span className="flex size-3.5 shrink-0 items-center justify-center rounded-[3px] border border-line-strong">
              {isChosen && <Icon name="check" className="size-3" />}
            </span>
            <span className="min-w-0 flex-1 truncate">{label}</span>
            {count === undefined ? (
              <Skeleton className="w-6" />
            ) : (
              <span className="text-small text-muted">{count.toLocaleString('en')}</span>
            )}
          </button>
        );
      })}
      {(hidden > 0 || isWhole) && (
        <button
          type="button"
          onClick={() => setWhole(!isWhole)}
          className="h-7 rounded-s px-2 text-small text-link hover:underline"
        >
          {isWhole ? 'Fewer' : `${hidden} more`}
        </button>
      )}
    </fieldset>
  );
}
