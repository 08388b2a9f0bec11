import { classNames } from './class-names.ts';
import { distance, moment } from './duration.ts';

/** When something was, or will be, from here; the exact moment under the pointer. */
export function Ago({ at, className }: { readonly at: string; readonly className?: string }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={moment(date)} className={classNames('whitespace-nowrap', className)}>
      {distance(date, new Date())}
    </time>
  );
}

/** By when something has to be done; red and in words when that is over. */
export function Due({ at, isOver }: { readonly at: string | null; readonly isOver?: boolean }) {
  if (at === null) return <span className="text-faint">no date</span>;
  const isLate = isOver ?? Date.parse(at) < Date.now();
  return (
    <time
      dateTime={at}
      title={moment(new Date(at))}
      className={classNames('whitespace-nowrap', isLate && 'font-medium text-bad')}
    >
      {isLate
        ? `overdue ${distance(new Date(at), new Date()).replace(' ago', '')}`
        : distance(new Date(at), new Date())}
    </time>
  );
}
