import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestProblem } from '../request-problem.ts';
import { consolePolicy } from './policy.ts';
import { unbuiltPage } from './unbuilt-page.ts';

const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8}\.\w+$/;
const YEAR = 'public, max-age=31536000, immutable';

/**
 * Hands out the console: its files under their names, and its first page for every other address outside of the API, where the console
 * itself then shows the right screen. Without a built console that page says how to build it.
 */
export async function registerConsole(application: FastifyInstance, directory: string): Promise<void> {
  const isBuilt = existsSync(join(directory, 'index.html'));
  if (isBuilt)
    await application.register(files, {
      root: directory,
      index: 'index.html',
      dotfiles: 'ignore',
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        for (const [name, value] of consolePolicy) reply.header(name, value);
        reply.header('cache-control', HASHED.test(path.replace(/\.(?:br|gz)$/, '')) ? YEAR : 'no-cache');
      },
    });
  application.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request)) throw new RequestProblem(404, 'not-found', 'There is nothing at this address.');
    return isBuilt ? reply.sendFile('index.html') : sendUnbuilt(reply);
  });
}

/** Programs that mistype an address of the API get a problem; browsers that open a link get the console. */
function isPage({ method, url, headers }: FastifyRequest): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && !/^\/(?:api|assets)(?:[/?]|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}

async function sendUnbuilt(reply: FastifyReply): Promise<void> {
  for (const [name, value] of consolePolicy) reply.header(name, value);
  await reply.status(503).type('text/html; charset=utf-8').send(unbuiltPage);
}
