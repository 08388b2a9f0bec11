import { classNames } from './class-names.ts';

/** The shape of what is on its way. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden="true" className={classNames('skeleton h-4', className)} />;
}

/** A list that is on its way. */
export function SkeletonRows({ rows = 12, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3.5 p-5">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={row} className="flex gap-4">
          <Skeleton className="w-20" />
          <Skeleton className={row % 3 === 0 ? 'w-2/5' : row % 3 === 1 ? 'w-1/2' : 'w-1/3'} />
          <Skeleton className="ml-auto w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
