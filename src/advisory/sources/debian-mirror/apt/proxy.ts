import type { AptSettings } from './apt-conf.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy settings of apt as the environment variables that the HTTP client reads, over those of `environment`.
 * Undefined when apt has none of its own. `DIRECT` for a scheme or host means no proxy, as in apt.conf(5).
 */
export function aptProxyEnvironment(settings: AptSettings, environment: Environment): Environment | undefined {
  const http = settings.get('acquire::http::proxy');
  const https = settings.get('acquire::https::proxy') ?? http;
  const direct = [...settings]
    .map(([name, value]) => (value === 'DIRECT' ? /^acquire::https?::proxy::(.+)$/.exec(name)?.[1] : undefined))
    .filter((host) => host !== undefined);
  if (http === undefined && https === undefined && direct.length === 0) return undefined;
  const without = [environment['no_proxy'] ?? environment['NO_PROXY'], ...direct].filter(Boolean).join(',');
  return {
    ...environment,
    ...proxyVariables('http', http),
    ...proxyVariables('https', https),
    no_proxy: without,
    NO_PROXY: without,
  };
}

function proxyVariables(scheme: 'http' | 'https', proxy: string | undefined): Environment {
  if (proxy === undefined) return {};
  const value = proxy === 'DIRECT' || proxy === 'false' ? '' : proxy;
  return { [`${scheme}_proxy`]: value, [`${scheme.toUpperCase()}_PROXY`]: value };
}
