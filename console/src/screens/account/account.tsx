import { useMe } from '../../api/me.ts';
import { Chip } from '../../components/chip.tsx';
import { Page, PageBody, Section } from '../../shell/page.tsx';
import { Appearance } from './appearance.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';

/** How somebody signs in, where they are signed in, and what acts in their name. */
export function Account() {
  const me = useMe();
  return (
    <Page title="Your account">
      <PageBody width="m">
        <Section title={me.name} about={me.email ?? undefined}>
          <dl className="grid grid-cols-[6rem_1fr] gap-y-1.5">
            <dt className="text-muted">Teams</dt>
            <dd className="flex flex-wrap gap-1.5">
              {me.teams.length === 0 ? 'none' : me.teams.map(({ id, name }) => <Chip key={id}>{name}</Chip>)}
            </dd>
            <dt className="text-muted">You may</dt>
            <dd className="flex flex-wrap gap-1.5">
              {[...new Set(me.grants.flatMap(({ permissions }) => permissions))].sort().map((permission) => (
                <Chip key={permission}>{permission}</Chip>
              ))}
            </dd>
          </dl>
        </Section>
        <Passkeys />
        <SecondFactor me={me} />
        <Password />
        <Sessions />
        <Tokens me={me} />
        <Appearance />
      </PageBody>
    </Page>
  );
}
