import type { Agent as HttpAgent, RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { HttpClientOptions } from './contract.ts';
import { isLoopback } from './loopback.ts';
import { platform } from './platform.ts';
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
  const direct = createPair(options, {});
  const proxied = createPair(options, { ...(options.proxyEnvironment ?? process.env) });
  return {
    transportFor(url) {
      // Nobody means a proxy elsewhere when they name their own machine.
      const pair = isLoopback(url.hostname) ? direct : proxied;
      return { agent: url.protocol === 'https:' ? pair.secure() : pair.plain() };
    },
    close() {
      direct.close();
      proxied.close();
    },
  };
}

interface AgentPair {
  plain(): HttpAgent;
  secure(): HttpsAgent;
  close(): void;
}

/** Made when needed: a TLS context takes time. */
function createPair(options: HttpClientOptions, proxyEnv: NodeJS.ProcessEnv): AgentPair {
  let plain: HttpAgent | undefined;
  let secure: HttpsAgent | undefined;
  const common = { keepAlive: true, proxyEnv };
  return {
    plain() {
      plain ??= new platform.http.Agent(common);
      return plain;
    },
    secure() {
      const rejectUnauthorized = options.insecure !== true;
      secure ??= new platform.https.Agent({
        ...common,
        secureContext: buildSecureContext(options),
        rejectUnauthorized,
      });
      return secure;
    },
    close() {
      plain?.destroy();
      secure?.destroy();
    },
  };
}
