import { z } from 'zod';
import { parseUpload } from '#intake/index.ts';
import { enqueue, findRegistry } from '#storage/index.ts';
import { openSecrets } from '../../registries/access.ts';
import { isVerified, repositoriesIn } from '../../registries/notification.ts';
import { POLL_REGISTRY } from '../../registries/poll.ts';
import { RequestProblem } from '../../request-problem.ts';
import { type Route, route } from '../../route.ts';
import { byId } from '../accounts/rights.ts';

const MAX_BYTES = 1024 * 1024;
/** Of one notification; of more the whole registry is looked through. */
const MAX_REPOSITORIES = 50;

const notify = route({
  id: 'notifyRegistry',
  method: 'POST',
  path: '/api/v1/registries/{id}/notifications',
  summary:
    'What a registry tells of pushes and removals, in the form of distribution, Harbor or GitHub packages, verified by the secret of notifications',
  permission: 'anyone',
  params: byId,
  search: z.object({}),
  body: z.instanceof(Buffer, { message: 'It is empty.' }),
  answer: z.object({ repositories: z.number().int() }),
  status: 202,
  maxBody: MAX_BYTES,
  takesBytes: true,
  idempotency: 'own',
  async handle({ params: { id }, body, headers }, { query, secrets, now }) {
    const registry = await findRegistry(query, id);
    const secret = registry && openSecrets(secrets, registry).notificationSecret;
    // Whether there is such a registry is nobody's business who does not know its secret.
    if (registry === undefined || !isVerified(body, headers, secret))
      throw new RequestProblem(401, 'not-authenticated', 'The secret of notifications is missing or wrong.');
    const json = parseUpload(body.toString('utf8'));
    const repositories = json.ok ? repositoriesIn(json.value) : undefined;
    if (repositories === undefined)
      throw new RequestProblem(
        422,
        'unreadable-notification',
        'It is of no form that is read: distribution, Harbor, GitHub packages.',
      );
    const isAll = repositories.length > MAX_REPOSITORIES;
    const payloads = isAll ? [{ registry: id }] : repositories.map((repository) => ({ registry: id, repository }));
    for (const payload of payloads) {
      const key = 'repository' in payload ? `${id} ${payload.repository}` : id;
      await enqueue(query, { kind: POLL_REGISTRY, payload, runAt: now(), key });
    }
    return { repositories: repositories.length };
  },
});

export const registryNotificationRoutes: readonly Route[] = [notify];
