import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  addRegistry,
  changeRegistry,
  enqueue,
  findRegistry,
  listRegistries,
  listRegistryImages,
  removeRegistry,
} from '#storage/index.ts';
import { unlessTaken } from '../../notifications/reach.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { openSecrets, type RegistrySecrets, registrySecrets, sealSecrets } from '../../registries/access.ts';
import { POLL_REGISTRY } from '../../registries/poll.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name, needUnlimited } from '../accounts/rights.ts';

const url = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.parse(text)?.pathname === '/', 'Only scheme and host: https://registry.example')
  .transform((text) => new URL(text).origin);

const patterns = z.array(z.string().min(1).max(300)).max(200);

const settings = {
  repositories: patterns
    .min(1)
    .meta({ description: 'Names and patterns: team/app, team/**; * stands for anything but a slash' }),
  tags: patterns.default(['**']).meta({ description: 'Patterns of tags to scan' }),
  excludedTags: patterns.default([]),
  everyMinutes: z.number().int().min(1).max(10_080).default(60),
  rescanDays: z.number().int().min(1).max(365).nullable().default(30),
};

const registry = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  enabled: z.boolean(),
  repositories: z.array(z.string()),
  tags: z.array(z.string()),
  excludedTags: z.array(z.string()),
  everyMinutes: z.number().int(),
  rescanDays: z.number().int().nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  hasNotificationSecret: z.boolean(),
  polledAt: z.iso.datetime().nullable().meta({ description: 'When it was last looked through whole' }),
  error: z.string().nullable().meta({ description: 'Why the newest look failed; null: it did not' }),
  images: z.number().int(),
  waiting: z.number().int().meta({ description: 'Images that are to be scanned' }),
  failed: z.number().int().meta({ description: 'Images whose newest scan failed' }),
});

const list = route({
  id: 'listRegistries',
  method: 'GET',
  path: '/api/v1/registries',
  summary: 'Registries that are watched, and how that goes',
  permission: 'system:read',
  ...nothing,
  answer: z.object({ items: z.array(registry) }),
  async handle({ principal }, { query, secrets }) {
    needUnlimited(known(principal), 'system:read');
    const rows = await listRegistries(query);
    return {
      items: rows.map((row) => {
        const { username, password, notificationSecret } = openSecrets(secrets, row);
        const { id, name: called, url: at, enabled, error, images, waiting, failed, polled_at } = row;
        return {
          ...{ id, name: called, url: at, enabled, error, images, waiting, failed },
          repositories: [...row.settings.repositories],
          tags: [...row.settings.tags],
          excludedTags: [...row.settings.excludedTags],
          everyMinutes: row.settings.everyMinutes,
          rescanDays: row.settings.rescanDays,
          username: username ?? null,
          hasPassword: password !== undefined,
          hasNotificationSecret: notificationSecret !== undefined,
          polledAt: polled_at?.toISOString() ?? null,
        };
      }),
    };
  },
});

const add = route({
  id: 'addRegistry',
  method: 'POST',
  path: '/api/v1/registries',
  summary:
    'Watches a registry: its new images are scanned, what its tags no longer name ends; its secrets are never shown again',
  permission: 'system:write',
  ...nothing,
  // Its name is taken the second time; what the password was is kept nowhere else.
  idempotency: 'own',
  body: z.strictObject({ name, url, enabled: z.boolean().default(true), ...settings, ...registrySecrets.shape }),
  answer: z.object({ id: z.uuid() }),
  status: 201,
  async handle({ body, principal }, context) {
    needUnlimited(known(principal), 'system:write');
    const { name: called, url: at, enabled, username, password, notificationSecret, ...rest } = body;
    const id = randomUUID();
    const sealed = sealSecrets(context.secrets, id, given({ username, password, notificationSecret }));
    return audited(context, known(principal), async (query) => {
      await unlessTaken(() =>
        addRegistry(query, { id, name: called, url: at, enabled, settings: rest, sealed }, context.now()),
      );
      return { answer: { id }, action: 'registry.add', subject: `registry ${id}`, details: { name: called, url: at } };
    });
  },
});

/** Without what is not there. */
function given(
  secrets: { readonly [Name in keyof RegistrySecrets]: RegistrySecrets[Name] | undefined },
): RegistrySecrets {
  return registrySecrets.parse(Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined)));
}

const change = route({
  id: 'changeRegistry',
  method: 'PATCH',
  path: '/api/v1/registries/{id}',
  summary: 'Changes how a registry is watched; what is not given stays, its secrets too; it is looked through anew',
  permission: 'system:write',
  ...nothing,
  params: byId,
  body: z.strictObject({
    name: name.optional(),
    enabled: z.boolean().optional(),
    repositories: settings.repositories.optional(),
    tags: patterns.optional(),
    excludedTags: patterns.optional(),
    everyMinutes: z.number().int().min(1).max(10_080).optional(),
    rescanDays: z.number().int().min(1).max(365).nullable().optional(),
    ...registrySecrets.shape,
  }),
  answer: z.object({ id: z.uuid() }),
  async handle({ params: { id }, body, principal }, context) {
    needUnlimited(known(principal), 'system:write');
    return audited(context, known(principal), async (query) => {
      const found = await findRegistry(query, id);
      if (found === undefined) throw notFound('registry');
      const { name: called, enabled, username, password, notificationSecret, ...rest } = body;
      const asked = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const secrets = { ...openSecrets(context.secrets, found), ...given({ username, password, notificationSecret }) };
      const changed = {
        settings: { ...found.settings, ...asked },
        sealed: sealSecrets(context.secrets, id, secrets),
        ...(called !== undefined && { name: called }),
        ...(enabled !== undefined && { enabled }),
      };
      await unlessTaken(() => changeRegistry(query, id, changed, context.now()));
      return {
        answer: { id },
        action: 'registry.change',
        subject: `registry ${id}`,
        details: { changed: Object.keys(body) },
      };
    });
  },
});

const remove = route({
  id: 'removeRegistry',
  method: 'DELETE',
  path: '/api/v1/registries/{id}',
  summary: 'Watches a registry no longer; images that were scanned and their findings stay',
  permission: 'system:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  async handle({ params: { id }, principal }, context) {
    needUnlimited(known(principal), 'system:write');
    return audited(context, known(principal), async (query) => {
      if (!(await findRegistry(query, id))) throw notFound('registry');
      await removeRegistry(query, id);
      return { answer: undefined, action: 'registry.remove', subject: `registry ${id}` };
    });
  },
});

const poll = route({
  id: 'pollRegistry',
  method: 'POST',
  path: '/api/v1/registries/{id}/poll',
  summary: 'Has a registry looked through now',
  permission: 'system:write',
  ...nothing,
  params: byId,
  answer: z.object({ id: z.uuid() }),
  status: 202,
  async handle({ params: { id }, principal }, { query, now }) {
    needUnlimited(known(principal), 'system:write');
    if (!(await findRegistry(query, id))) throw notFound('registry');
    await enqueue(query, { kind: POLL_REGISTRY, payload: { registry: id }, runAt: now(), key: id });
    return { id };
  },
});

const images = route({
  id: 'listRegistryImages',
  method: 'GET',
  path: '/api/v1/registries/{id}/images',
  summary: 'Images that the tags of a watched registry name, with what came of their scans',
  permission: 'system:read',
  ...nothing,
  params: byId,
  search: z.object({ ...pageSearch, state: z.enum(['waiting', 'done', 'failed']).optional() }),
  answer: pageOf(
    z.object({
      repository: z.string(),
      digest: z.string(),
      tags: z.array(z.string()),
      state: z.enum(['waiting', 'done', 'failed']),
      foundAt: z.iso.datetime(),
      scannedAt: z.iso.datetime().nullable(),
      error: z.string().nullable(),
    }),
  ),
  async handle({ params: { id }, search: { limit, cursor, state }, principal }, { query }) {
    needUnlimited(known(principal), 'system:read');
    const after = readCursor(cursor, z.object({ repository: z.string(), digest: z.string() }));
    const rows = await listRegistryImages(query, id, state, { after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ repository, digest }) => ({ repository, digest }),
      ({ repository, digest, tags, scan_state, found_at, scanned_at, error }) => ({
        ...{ repository, digest, tags: [...tags], state: scan_state, error },
        foundAt: found_at.toISOString(),
        scannedAt: scanned_at?.toISOString() ?? null,
      }),
    );
  },
});

export const registryRoutes: readonly Route[] = [list, add, change, remove, poll, images];
