import type { ReactNode } from 'react';
import { Mark } from '../../shell/mark.tsx';

/** The page of somebody who is not signed in yet. */
export function Frame({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className="flex min-h-full items-center justify-center px-4 py-10">
      <div className="flex w-full max-w-sm flex-col gap-5">
        <div className="flex items-center gap-2 text-title font-semibold">
          <Mark />
          Plimsoll
        </div>
        <div className="flex flex-col gap-4 rounded-l border border-line bg-surface p-6">
          <div>
            <h1 className="text-title font-semibold">{title}</h1>
            {about && <p className="mt-1 text-muted">{about}</p>}
          </div>
          {children}
        </div>
      </div>
    </main>
  );
}
