import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/api.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Ago } from '../../components/time.tsx';
import { BindDialog } from './bind.tsx';
import { type Binding, placeWords } from './data.ts';
import { ActionChip } from './policies.tsx';

/** One policy: why, what to do, what passes and what fails, where it holds, and its text. */
export function PolicyPanel({
  id,
  bindings,
  onClose,
}: {
  readonly id: string;
  readonly bindings: readonly Binding[];
  readonly onClose: () => void;
}) {
  const me = useMe();
  const [pack = '', name = ''] = id.split('/');
  const [isBinding, setBinding] = useState(false);
  const query = useQuery({
    queryKey: ['policies', 'one', id],
    queryFn: ({ signal }) => call('getPolicy', { params: { pack, name } }, { signal }),
  });
  const mine = bindings.filter(({ policy }) => policy === id || policy === pack);
  const policy = query.data;
  return (
    <SidePanel
      label="The policy"
      onClose={onClose}
      header={
        <div className="flex flex-col gap-2">
          {policy && (
            <div className="text-small">
              <SeverityMark severity={policy.severity} />
            </div>
          )}
          <h2 className="text-title leading-6 font-semibold break-words">{policy?.title ?? id}</h2>
          <p className="font-mono text-small text-muted">{id}</p>
          {may(me, 'policies:write') && (
            <Button look="primary" className="self-start" onClick={() => setBinding(true)}>
              Put in force
            </Button>
          )}
        </div>
      }
    >
      <Loaded query={query}>
        {({ why, remediation, examples, source, versions }) => (
          <div
            role="region"
            aria-label="Policy"
            tabIndex={0}
            className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-4"
          >
            <Part title="Why">{why}</Part>
            <Part title="What to do">{remediation}</Part>
            <Part title="In force">
              {mine.length === 0 ? (
                <p className="text-muted">
                  Nowhere yet. Begin with a note: it says what would be denied and denies nothing.
                </p>
              ) : (
                <ul className="flex flex-col gap-1">
                  {mine.map((one) => (
                    <li key={one.id} className="flex flex-wrap items-center gap-2">
                      <ActionChip action={one.action} /> for {placeWords(one)}
                    </li>
                  ))}
                </ul>
              )}
            </Part>
            {(['fail', 'pass'] as const).map((expected) => (
              <Part key={expected} title={expected === 'fail' ? 'What it denies' : 'What it lets through'}>
                <div className="flex flex-col gap-2">
                  {examples
                    .filter((one) => one.expected === expected)
                    .map((one) => (
                      <CodeBlock key={one.name} label={one.name} code={one.text} />
                    ))}
                </div>
              </Part>
            ))}
            <Part title="Its text">
              <CodeBlock label={`${name}.yaml`} code={source} />
            </Part>
            {versions.length > 0 && (
              <Part title="Versions">
                <ul>
                  {versions.map(({ version, authorName, createdAt }) => (
                    <li key={version}>
                      {version} by {authorName} <Ago at={createdAt} className="text-muted" />
                    </li>
                  ))}
                </ul>
              </Part>
            )}
          </div>
        )}
      </Loaded>
      {isBinding && <BindDialog policy={id} onClose={() => setBinding(false)} />}
    </SidePanel>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-semibold">{title}</h3>
      <div className="min-w-0 break-words">{children}</div>
    </section>
  );
}
