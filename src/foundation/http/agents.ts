import { Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpClientOptions } from './contract.ts';
import { buildSecureContext } from './trust.ts';

/** How a request reaches its server: the agent that keeps connections, or the path of a Unix socket. */
export type Transport = Pick<RequestOptions, 'agent' | 'socketPath'>;

export interface Agents {
  transportFor(url: URL): Transport;
  close(): void;
}

export function createAgents(options: HttpClientOptions): Agents {
  const { socketPath } = options;
  if (socketPath !== undefined) return { transportFor: () => ({ socketPath, agent: false }), close: () => undefined };
  const common = { keepAlive: true, proxyEnv: { ...(options.proxyEnvironment ?? process.env) } };
  const plain = new HttpAgent(common);
  let secure: HttpsAgent | undefined;
  const openSecure = () =>
    new HttpsAgent({
      ...common,
      secureContext: buildSecureContext(options),
      rejectUnauthorized: options.insecure !== true,
    });
  return {
    transportFor(url) {
      if (url.protocol !== 'https:') return { agent: plain };
      secure ??= openSecure();
      return { agent: secure };
    },
    close() {
      plain.destroy();
      secure?.destroy();
    },
  };
}
