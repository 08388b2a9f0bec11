import { useState } from 'react';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FacetRail } from '../../components/facet-rail.tsx';
import { SeverityMark, severities } from '../../components/severity.tsx';
import { Stat } from '../../components/stat.tsx';
import { Section } from '../../shell/page.tsx';

interface Example {
  readonly id: string;
  readonly severity: string;
  readonly title: string;
}

const ROWS = 100_000;
const rowAt = (index: number): Example => ({
  id: String(index),
  severity: severities[index % severities.length] ?? 'unknown',
  title: `Row ${(index + 1).toLocaleString('en')}`,
});
const columns: readonly Column<Example>[] = [
  { id: 'severity', title: 'Severity', width: '7rem', cell: ({ severity }) => <SeverityMark severity={severity} /> },
  { id: 'title', title: 'Title', width: 'minmax(12rem,1fr)', cell: ({ title }) => title },
];
const BARS = [12, 18, 9, 22, 14] as const;

export function Lists() {
  const [cursor, setCursor] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['critical']));
  return (
    <>
      <Section
        title="Table and facets"
        about="100,000 rows of which only those on the screen are in the page. j and k, arrows, Page Down, End."
      >
        <div className="flex h-72 overflow-hidden rounded-l border border-line">
          <div className="w-52 shrink-0 overflow-y-auto border-r border-line max-md:hidden">
            <FacetRail
              isExact
              facets={[
                {
                  id: 'severity',
                  title: 'Severity',
                  chosen,
                  values: severities.map((severity, index) => ({
                    value: severity,
                    label: <SeverityMark severity={severity} />,
                    count: (index + 1) * 137,
                  })),
                },
              ]}
              onToggle={(_, value) => setChosen((before) => new Set(before).symmetricDifference(new Set([value])))}
            />
          </div>
          <DataTable
            label="Example"
            columns={columns}
            count={ROWS}
            rowAt={rowAt}
            idOf={({ id }) => id}
            cursor={cursor}
            onCursor={setCursor}
          />
        </div>
      </Section>
      <Section
        title="Figures and charts"
        about="A figure says what it counts and of how many. A chart has the same as a table beside it."
      >
        <div className="grid gap-3 sm:grid-cols-3">
          <Stat label="Overdue" value="12" look="bad" detail="of 340 open" />
          <Stat label="Fixed this week" value="48" look="good" detail="proven gone" />
          <Stat label="Signed images" value="unknown" detail="no registry is connected" />
        </div>
        <ChartFrame
          title="Opened by week"
          about="Of all assets that you see."
          chart={
            <div className="flex h-32 items-end gap-2">
              {BARS.map((height, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they do not move
                <span key={index} className="w-8 bg-accent" style={{ height: `${height * 4}%` }} />
              ))}
            </div>
          }
          table={{ head: ['Week', 'Opened'], rows: BARS.map((opened, index) => [`${index + 41}`, opened]) }}
        />
      </Section>
    </>
  );
}
