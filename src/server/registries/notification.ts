import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What distribution's registry sends: https://distribution.github.io/distribution/about/notifications/ */
const distribution = z.object({
  events: z.array(z.object({ action: z.string(), target: z.object({ repository: z.string().max(300) }) })).max(1000),
});

/** https://goharbor.io/docs/latest/working-with-projects/project-configuration/configure-webhooks/ */
const harbor = z.object({
  type: z.string(),
  event_data: z.object({ repository: z.object({ repo_full_name: z.string().max(300) }) }),
});

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#registry_package */
const github = z.object({
  action: z.string(),
  registry_package: z.object({ name: z.string().max(200), namespace: z.string().max(200) }),
});

/** Repositories in which something has happened; undefined: it is of no kind that is read. Pure. */
export function repositoriesIn(document: unknown): readonly string[] | undefined {
  const pushed = distribution.safeParse(document);
  if (pushed.success) {
    const changing = pushed.data.events.filter(({ action }) => action === 'push' || action === 'delete');
    return [...new Set(changing.map(({ target }) => target.repository))];
  }
  const ofHarbor = harbor.safeParse(document);
  if (ofHarbor.success) return [ofHarbor.data.event_data.repository.repo_full_name];
  const ofGithub = github.safeParse(document);
  if (!ofGithub.success) return undefined;
  const { namespace, name } = ofGithub.data.registry_package;
  return [`${namespace}/${name}`.toLowerCase()];
}

/**
 * Whether whoever sends it knows the secret: as `Authorization`, with or without `Bearer`, which distribution and Harbor are configured to
 * send, or as a signature of the body, which GitHub sends.
 */
export function isVerified(
  body: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  secret: string | undefined,
): boolean {
  if (secret === undefined || secret === '') return false;
  const signature = headers['x-hub-signature-256'];
  if (signature !== undefined)
    return isSame(signature, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  return isSame((headers['authorization'] ?? '').replace(/^Bearer /i, ''), secret);
}

/** Takes as long whatever is wrong. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
