import { type ReactNode, useEffect } from 'react';

/** The head of a screen and what is under it. `title` is also the title of the window. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Plimsoll`;
  }, [title]);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-5 py-2 max-md:px-4">
        <h1 className="text-lead font-semibold">{title}</h1>
        {about && <div className="min-w-0 text-muted max-md:order-last">{about}</div>}
        {actions && <div className="ml-auto flex items-center gap-1.5">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** The content of a screen that scrolls as a whole, in a column that can be read. */
export function PageBody({ children, width = 'l' }: { readonly children: ReactNode; readonly width?: 'm' | 'l' }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className={`mx-auto flex flex-col gap-6 px-5 py-5 max-md:px-4 ${width === 'm' ? 'max-w-3xl' : 'max-w-6xl'}`}>
        {children}
      </div>
    </div>
  );
}

/** A part of a screen with a title. */
export function Section({
  title,
  about,
  actions,
  children,
}: {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-lead font-semibold">{title}</h2>
          {about && <p className="text-muted">{about}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
