import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { call } from '../../api/api.ts';
import { teamsQuery } from '../../api/lists.ts';
import { may, useMe } from '../../api/me.ts';
import { Chip } from '../../components/chip.tsx';
import { Select } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Progress } from '../../components/progress.tsx';
import { Page, PageBody, Section } from '../../shell/page.tsx';
import { learnRoute } from './route.ts';

/** Short lessons, those first that one's own findings call for. */
export function Learn() {
  const { team } = learnRoute.useSearch();
  const navigate = useNavigate();
  const teams = useQuery(teamsQuery).data ?? [];
  const query = useQuery({
    queryKey: ['lessons', 'list', team],
    queryFn: ({ signal }) => call('listLessons', { search: team ? { team } : {} }, { signal }),
  });
  const seesTeams = may(useMe(), 'metrics:read');
  return (
    <Page
      title="Learn"
      about="Five minutes each; those first that your findings call for"
      actions={
        <Select
          aria-label="Team"
          className="w-44"
          value={team ?? ''}
          onChange={({ target }) => void navigate({ to: '/learn', search: target.value ? { team: target.value } : {} })}
          options={[{ value: '', label: 'What I see' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      }
    >
      <PageBody>
        <Loaded query={query}>
          {({ items }) => (
            <ul className="grid gap-3 md:grid-cols-2 lg:grid-cols-3">
              {items.map(({ id, title, minutes, open, recent, completedAt }) => (
                <li key={id}>
                  <Link
                    to="/learn/$lesson"
                    params={{ lesson: id }}
                    className="flex h-full flex-col gap-2 rounded-l border border-line bg-surface px-4 py-3 hover:bg-hover"
                  >
                    <span className="font-semibold">{title}</span>
                    <span className="text-small text-muted">
                      {open === 0
                        ? 'None of your findings is about it'
                        : `${open.toLocaleString('en')} open findings, ${recent.toLocaleString('en')} of this month`}
                    </span>
                    <span className="mt-auto flex items-center gap-2 text-small text-muted">
                      {minutes} min {completedAt !== null && <Chip look="good">Done</Chip>}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
        {team !== undefined && seesTeams && <Completion team={team} />}
      </PageBody>
    </Page>
  );
}

/** Whether it helps: how many have done a lesson, and whether what it is about comes less often. */
function Completion({ team }: { readonly team: string }) {
  const query = useQuery({
    queryKey: ['lessons', 'completion', team],
    queryFn: ({ signal }) => call('getLessonCompletion', { params: { id: team } }, { signal }),
  });
  return (
    <Section
      title="Does it help?"
      about="Who has completed what, and how many new findings it is about came in the last 30 days and in the 30 before"
    >
      <Loaded query={query}>
        {({ members, lessons }) => (
          <PlainTable
            label="Lessons of the team"
            columns={[
              {
                id: 'title',
                title: 'Lesson',
                cell: ({ id, title }) => (
                  <Link className="text-link hover:underline" to="/learn/$lesson" params={{ lesson: id }}>
                    {title}
                  </Link>
                ),
              },
              {
                id: 'completed',
                title: 'Completed by',
                cell: ({ completed }) => (
                  <Progress
                    progress={members === 0 ? null : completed / members}
                    words={`${completed} of ${members}`}
                  />
                ),
              },
              {
                id: 'before',
                title: '30 days before',
                align: 'right',
                isWide: true,
                cell: ({ before }) => before.toLocaleString('en'),
              },
              {
                id: 'recent',
                title: 'Last 30 days',
                align: 'right',
                cell: ({ recent }) => recent.toLocaleString('en'),
              },
            ]}
            rows={lessons}
            idOf={({ id }) => id}
          />
        )}
      </Loaded>
    </Section>
  );
}
