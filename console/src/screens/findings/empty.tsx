import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { countQuery } from './data.ts';

/** Nothing found: because nothing was sent yet, because the filter is narrow, or because all is done. */
export function NoFindings({
  filter,
  isFault,
  onFilter,
}: {
  readonly filter: string;
  readonly isFault: boolean;
  readonly onFilter: (filter: string) => void;
}) {
  const all = useQuery(countQuery('')).data;
  if (isFault)
    return (
      <EmptyState icon="filter" title="The filter cannot be read">
        <p>What is wrong with it stands under it.</p>
      </EmptyState>
    );
  if (all?.count === 0)
    return (
      <EmptyState icon="findings" title="No report has come in yet">
        <p>Scan something and send it here; make the token under Your account.</p>
        <div className="w-full text-left">
          <CodeBlock label="Command" code={`plimsoll scan IMAGE --upload ${location.origin} --token TOKEN`} />
        </div>
      </EmptyState>
    );
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
