import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { countQuery } from './data.ts';

/** Whether nothing at all was found yet: that is not the same as nothing being wrong. */
export function useHasFindings(): boolean | undefined {
  const all = useQuery(countQuery('')).data;
  return all && all.count > 0;
}

/** How the first report comes here. */
export function NoReportYet() {
  return (
    <EmptyState icon="findings" title="Nothing is known yet">
      <p>
        No report with findings has come in that you may see: that does not mean that nothing is wrong. Make a token
        with reports:upload under{' '}
        <Link to="/account" className="text-link underline">
          your account
        </Link>
        , then scan something and send it.
      </p>
      <div className="w-full text-left">
        <CodeBlock label="Command" code={`export PLIMSOLL_TOKEN=…\nplimsoll scan IMAGE --upload ${location.origin}`} />
      </div>
    </EmptyState>
  );
}

interface NoFindingsProps {
  readonly filter: string;
  readonly isFault: boolean;
  readonly onFilter: (filter: string) => void;
}

/** Nothing found: because nothing was sent yet, because the filter cannot be read, or because nothing matches it. */
export function NoFindings({ filter, isFault, onFilter }: NoFindingsProps) {
  const hasFindings = useHasFindings();
  if (isFault)
    return (
      <EmptyState icon="filter" title="The filter cannot be read">
        <p>What is wrong with it stands under it.</p>
      </EmptyState>
    );
  if (hasFindings === false) return <NoReportYet />;
  return (
    <EmptyState
      icon="check"
      title="Nothing matches"
      action={<Button onClick={() => onFilter('')}>Show all findings</Button>}
    >
      <p className="font-mono text-small break-all">{filter}</p>
      <p>Take a term away, or look at what is fixed: is:fixed.</p>
    </EmptyState>
  );
}
