import type { ReactNode } from 'react';

/** A part of the story. */
export function Part({
  title,
  aside,
  children,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-baseline gap-2">
        <h3 className="font-semibold">{title}</h3>
        {aside && <span className="ml-auto text-small text-muted">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
