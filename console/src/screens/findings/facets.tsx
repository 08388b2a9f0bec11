import { type Facet, FacetRail, type FacetValue } from '../../components/facet-rail.tsx';
import { capital, SeverityMark, severities, severityOf, stateLabel } from '../../components/severity.tsx';
import { type FacetName, facetFields, useFacetCounts } from './data.ts';
import { chosenValues, toggledValue, withoutFields } from './filter-text.ts';

const TITLES: Readonly<Record<FacetName, string>> = {
  severity: 'Severity',
  state: 'State',
  kind: 'Kind',
  team: 'Team',
  'asset-kind': 'Kind of asset',
  exposure: 'Exposure',
  package: 'Package',
};

/** The facets of a filter; what is clicked is written into it. */
export function FindingFacets({
  filter,
  onFilter,
}: {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}) {
  const { counts, isExact } = useFacetCounts(filter);
  const facets = (Object.keys(facetFields) as FacetName[]).map((name): Facet => {
    const chosen = chosenValues(filter, name);
    return { id: name, title: TITLES[name], chosen, values: valuesOf(name, counts.get(name) ?? [], chosen) };
  });
  return (
    <FacetRail
      facets={facets.filter(({ values }) => values.length > 0)}
      isExact={isExact}
      onToggle={(name, value) => onFilter(toggled(filter, name, value))}
    />
  );
}

function toggled(filter: string, name: string, value: string): string {
  // is:open and state:fixed find nothing together: whoever chooses a state means that one.
  const base = name === 'state' ? withoutFields(filter, ['is']) : filter;
  return toggledValue(base, name, value);
}

function valuesOf(
  name: FacetName,
  counted: readonly { readonly value: string | null; readonly count: number }[],
  chosen: ReadonlySet<string>,
): readonly FacetValue[] {
  const found = counted.map(({ value, count }) => ({ value: value ?? 'none', count }));
  const missing = [...chosen]
    .filter((value) => found.every((one) => one.value !== value))
    .map((value) => ({ value, count: 0 }));
  const all = [...found, ...missing];
  const ordered = name === 'severity' ? all.toSorted((one, other) => rankOf(one.value) - rankOf(other.value)) : all;
  return ordered.map(({ value, count }) => ({ value, count, label: labelOf(name, value) }));
}

function rankOf(severity: string): number {
  return severities.indexOf(severityOf(severity));
}

function labelOf(name: FacetName, value: string) {
  if (name === 'severity') return <SeverityMark severity={value} />;
  if (name === 'state') return stateLabel(value);
  if (value === 'none') return <span className="text-warn">Nobody</span>;
  return name === 'team' || name === 'package' ? value : capital(value);
}
