import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';
import { SkeletonRows } from './skeleton.tsx';

/** What a query says of itself. */
interface Loading<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** The three states of what comes from the server: on its way, failed, there. */
export function Loaded<Data>({
  query,
  rows = 6,
  children,
}: {
  readonly query: Loading<Data>;
  /** Lines of the skeleton. */
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  return query.error ? (
    <Failure error={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <SkeletonRows rows={rows} />
  );
}
