import { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import { type ServerCertificate, serverCertificate, type TlsSettings } from './certificate.ts';

const HOUR_MS = 60 * 60_000;

/**
 * Looks every hour whether there is a newer certificate, and shows that one to new connections. What cannot be used is told to `onProblem`,
 * and the one before goes on. The function ends it.
 */
export function renewCertificate(
  server: FastifyInstance['server'],
  settings: TlsSettings,
  shown: ServerCertificate,
  onProblem: (message: string) => void,
  everyMs = HOUR_MS,
): () => void {
  let current = shown;
  const renew = async (): Promise<void> => {
    const found = await serverCertificate(settings, new Date());
    if (!found.ok) return onProblem(found.error);
    if (found.value.certificate === current.certificate) return;
    current = found.value;
    if (server instanceof Server)
      server.setSecureContext({ cert: current.certificate, key: current.key, minVersion: 'TLSv1.2' });
  };
  let isRenewing = false;
  const timer = setInterval(async () => {
    if (isRenewing) return;
    isRenewing = true;
    await renew();
    isRenewing = false;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
