/** Services of Ubuntu Pro that are enabled, of var/lib/ubuntu-advantage/status.json; undefined when it cannot be read. */
export function enabledProServices(text: string): string[] | undefined {
  const services = field(parseJson(text), 'services');
  if (!Array.isArray(services)) return undefined;
  return services
    .slice(0, 100)
    .filter((service) => field(service, 'status') === 'enabled')
    .map((service) => field(service, 'name'))
    .filter((name) => typeof name === 'string')
    .filter((name) => /^[a-z][a-z0-9-]{0,40}$/.test(name))
    .sort();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
