import { Link, useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useMe } from '../../api/me.ts';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { Page, PageBody } from '../../shell/page.tsx';
import { AuditLog } from './audit.tsx';
import { Channels } from './channels.tsx';
import { Deadlines } from './deadlines.tsx';
import { Health } from './health.tsx';
import { ExceptionLimits } from './limits.tsx';
import { Messages } from './messages.tsx';
import { Ownership } from './ownership.tsx';
import { People } from './people.tsx';
import { Rights } from './rights.tsx';
import { administrationSectionRoute } from './route.ts';
import { NotificationRules } from './rules.tsx';
import { type SectionId, sections, visibleSections } from './sections.ts';
import { Teams } from './teams.tsx';
import { Tokens } from './tokens.tsx';
import { Trackers } from './trackers.tsx';
import { TrustRules } from './trust.tsx';

const CONTENT: Readonly<Record<SectionId, ComponentType>> = {
  people: People,
  teams: Teams,
  rights: Rights,
  tokens: Tokens,
  trust: TrustRules,
  channels: Channels,
  rules: NotificationRules,
  messages: Messages,
  trackers: Trackers,
  ownership: Ownership,
  deadlines: Deadlines,
  limits: ExceptionLimits,
  audit: AuditLog,
  health: Health,
};

/** Everything that is set once and looked at when something is wrong. */
export function Administration() {
  const { section } = administrationSectionRoute.useParams();
  const me = useMe();
  const navigate = useNavigate();
  const visible = visibleSections(me);
  const current = visible.find(({ id }) => id === section);
  const Content = current && CONTENT[current.id];
  return (
    <Page title="Administration">
      <div className="hidden border-b border-line px-4 py-2 max-md:block">
        <Select
          aria-label="Part"
          className="w-full"
          value={section}
          onChange={({ target }) =>
            void navigate({ to: '/administration/$section', params: { section: target.value } })
          }
          options={visible.map(({ id, title, group }) => ({ value: id, label: `${group}: ${title}` }))}
        />
      </div>
      <div className="flex min-h-0 flex-1">
        <nav
          aria-label="Administration"
          className="w-52 shrink-0 overflow-y-auto border-r border-line px-3 py-3 max-md:hidden"
        >
          {groups.map((group) => {
            const inGroup = visible.filter((one) => one.group === group);
            return (
              inGroup.length > 0 && (
                <div key={group} className="mb-3">
                  <p className="px-2 pb-1 text-small text-muted">{group}</p>
                  {inGroup.map(({ id, title }) => (
                    <Link
                      key={id}
                      to="/administration/$section"
                      params={{ section: id }}
                      aria-current={id === section ? 'page' : undefined}
                      className={classNames(
                        'flex h-7 items-center rounded-m px-2 hover:bg-hover',
                        id === section && 'bg-selected font-medium',
                      )}
                    >
                      {title}
                    </Link>
                  ))}
                </div>
              )
            );
          })}
        </nav>
        <PageBody key={section}>
          {Content ? (
            <Content />
          ) : (
            <EmptyState icon="administration" title="Not yours to see">
              <p>Somebody who administers this server can give you the right to.</p>
            </EmptyState>
          )}
        </PageBody>
      </div>
    </Page>
  );
}

const groups = [...new Set(sections.map(({ group }) => group))];
