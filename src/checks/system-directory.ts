const system = /^\/(?:proc|sys|dev|boot|etc|bin|sbin|lib|lib64|usr\/(?:bin|sbin|lib|lib64)|var\/run|run)(?:\/|$)/;
/** A package's own corner of the system, such as /etc/nginx. */
const corner = /^\/(?:etc|usr\/lib|lib|run|var\/run)\/[^/]/;

/** Whether a directory, or a socket that commands the host, is the system's and no application's. */
export function isSystemDirectory(path: string): boolean {
  return path === '/' || path.endsWith('/docker.sock') || (system.test(path) && !corner.test(path));
}
