import { useMutation, useQuery } from '@tanstack/react-query';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { browserName } from './browser-name.ts';

export function Sessions() {
  const { data, error } = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => call('listSessions', undefined, { signal }),
  });
  return (
    <Section
      title="Sessions"
      about="Where you are signed in. One that you do not know is a reason to change the password."
    >
      {error && <p className="text-bad">{wordsOf(error)}</p>}
      {data === undefined ? (
        <Skeleton className="h-14" />
      ) : (
        <ul className="rounded-l border border-line">
          {data.items.map((session) => (
            <Session key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Session({ session }: { readonly session: ItemOf<'listSessions'> }) {
  const end = useMutation({
    mutationFn: () => call('endSession', { params: { id: session.id } }),
    onSuccess: () => tell('Session ended'),
    onError: (error) => tell(wordsOf(error), { look: 'failed' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="truncate" title={session.agent}>
          {browserName(session.agent)} {session.current && <Chip look="good">this one</Chip>}
        </p>
        <p className="text-small text-muted">
          {session.address}, signed in <Ago at={session.createdAt} />, last seen <Ago at={session.lastSeenAt} />
        </p>
      </div>
      {!session.current && (
        <Button isBusy={end.isPending} onClick={() => end.mutate()}>
          End
        </Button>
      )}
    </li>
  );
}
