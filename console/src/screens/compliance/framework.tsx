import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { address } from '../../api/api.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { Page } from '../../shell/page.tsx';
import { TeamChoice } from './compliance.tsx';
import { frameworkQuery } from './data.ts';
import { RequirementPanel } from './requirement.tsx';
import { frameworkRoute } from './route.ts';
import type { FrameworkSearch } from './search.ts';
import { StateBar, StateMark } from './state.tsx';
import { type Assessment, countOf, type Requirement, states, stateWords } from './words.ts';

/** One standard, requirement by requirement, with the evidence beside it. */
export function Framework() {
  const { framework } = frameworkRoute.useParams();
  const search = frameworkRoute.useSearch();
  const navigate = useNavigate();
  const query = useQuery(frameworkQuery(framework, search.team));
  const go = (change: FrameworkSearch, replace = false) =>
    void navigate({ to: '/compliance/$framework', params: { framework }, search: change, replace });
  const { clause: _, ...rest } = search;
  const open = query.data?.requirements.find(({ clause }) => clause === search.clause);
  return (
    <Page
      title={query.data?.title ?? 'Compliance'}
      about={
        <Link className="hover:underline" to="/compliance" search={search.team ? { team: search.team } : {}}>
          All standards
        </Link>
      }
      actions={
        <>
          <TeamChoice
            team={search.team}
            onChoose={(team) => go({ ...(search.state && { state: search.state }), ...(team && { team }) })}
          />
          <Export framework={framework} team={search.team} />
        </>
      }
    >
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto" tabIndex={0} role="region" aria-label="Requirements">
          <Loaded query={query} rows={12}>
            {(assessment) => (
              <Requirements
                assessment={assessment}
                search={search}
                onState={(state) => go({ ...(search.team && { team: search.team }), ...(state && { state }) })}
                onOpen={(clause) => go({ ...rest, clause })}
              />
            )}
          </Loaded>
        </div>
        {open && query.data && (
          <RequirementPanel
            key={open.clause}
            assessment={query.data}
            requirement={open}
            team={search.team}
            onClose={() => go(rest)}
          />
        )}
      </div>
    </Page>
  );
}

interface RequirementsProps {
  readonly assessment: Assessment;
  readonly search: FrameworkSearch;
  readonly onState: (state: FrameworkSearch['state']) => void;
  readonly onOpen: (clause: string) => void;
}

function Requirements({ assessment, search, onState, onOpen }: RequirementsProps) {
  const { summary, requirements, assets, assetsLookedAt } = assessment;
  const shown = requirements.filter(({ state }) => search.state === undefined || state === search.state);
  const sections = [...Map.groupBy(shown, ({ section }) => section)];
  return (
    <div className="flex flex-col gap-5 px-5 py-4 max-md:px-4">
      <div className="flex flex-col gap-2">
        <StateBar summary={summary} />
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">State</legend>
          <StateButton
            label="All"
            count={summary.requirements}
            isOn={search.state === undefined}
            onPress={() => onState(undefined)}
          />
          {states.map((state) => (
            <StateButton
              key={state}
              label={stateWords[state].label}
              count={countOf(summary, state)}
              isOn={search.state === state}
              onPress={() => onState(state)}
            />
          ))}
        </fieldset>
        <p className="text-small text-muted">
          By reports of {assetsLookedAt.toLocaleString('en')} of {assets.toLocaleString('en')} assets, and what people
          say.
        </p>
      </div>
      {sections.map(([section, list]) => (
        <section key={section} className="flex flex-col gap-2">
          <h2 className="font-semibold">{section}</h2>
          <ul className="overflow-hidden rounded-l border border-line">
            {list.map((requirement) => (
              <li key={requirement.clause} className="border-b border-line last:border-0">
                <RequirementRow
                  requirement={requirement}
                  isOpen={requirement.clause === search.clause}
                  onOpen={() => onOpen(requirement.clause)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {shown.length === 0 && <p className="text-muted">No requirement is in this state.</p>}
    </div>
  );
}

interface StateButtonProps {
  readonly label: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly onPress: () => void;
}

function StateButton({ label, count, isOn, onPress }: StateButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className={classNames(
        'rounded-m border px-2.5 py-1 text-small max-md:min-h-10',
        isOn
          ? 'border-accent bg-selected font-medium text-ink'
          : 'border-line text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {label} <span className="tabular-nums">{count}</span>
    </button>
  );
}

function RequirementRow({
  requirement,
  isOpen,
  onOpen,
}: {
  readonly requirement: Requirement;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { clause, title, state, counts } = requirement;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onOpen}
      className={classNames(
        'grid w-full items-center gap-x-4 gap-y-1 px-4 py-2 text-left hover:bg-hover md:grid-cols-[5rem_minmax(0,1fr)_auto_8rem]',
        isOpen && 'bg-selected',
      )}
    >
      <span className="font-mono text-small text-muted">{clause}</span>
      <span className="min-w-0">{title}</span>
      <span className="text-small text-muted md:text-right">
        {counts.failing === 0 ? '' : `${counts.failing.toLocaleString('en')} findings`}
      </span>
      <span className="md:text-right">
        <StateMark state={state} />
      </span>
    </button>
  );
}

const FORMATS = [
  { format: 'html', label: 'A page to pass on (HTML)' },
  { format: 'oscal', label: 'OSCAL assessment results' },
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
] as const;

function Export({ framework, team }: { readonly framework: string; readonly team: string | undefined }) {
  return (
    <Menu trigger={<Button icon="download">Export</Button>}>
      {FORMATS.map(({ format, label }) => (
        <MenuItem
          key={format}
          icon="download"
          onSelect={() =>
            window.location.assign(
              address('exportCompliance', { params: { framework }, search: { format, ...(team && { team }) } }),
            )
          }
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
