/** Examples of checks: bundles of evidence with the parts that matter. */
export function machine(parts: object): string {
  return JSON.stringify(
    { schema: 'plimsoll.evidence.v1', collectedAt: '2026-11-24T00:00:00Z', hostname: 'docker-1', ...parts },
    null,
    1,
  );
}

/** A running dockerd. @param settings members of its `daemon.json` */
export function daemonWith(settings: object, ...options: readonly string[]): string {
  return machine(daemonParts(settings, options));
}

export function daemonParts(settings: object, options: readonly string[] = []): object {
  const dockerd = { pid: 700, parent: 1, uid: 0, name: 'dockerd', arguments: ['/usr/bin/dockerd', ...options] };
  const content = JSON.stringify(settings);
  return { processes: [dockerd], files: [fileFact('/etc/docker/daemon.json', { content })] };
}

/** What the engine says of itself. @param more of the engine: containers, networks */
export function engineWith(info: object, more: object = {}): string {
  return machine({ docker: { address: 'unix:///run/docker.sock', info, ...more } });
}

export function fileFact(path: string, more: object = {}): object {
  return { path, type: 'file', mode: '0644', uid: 0, gid: 0, owner: 'root', group: 'root', ...more };
}
