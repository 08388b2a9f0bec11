/** Variables that turn the check of certificates off for everything that runs later. */
export function isTrustVariable(name: string, value: string): boolean {
  switch (name) {
    case 'NODE_TLS_REJECT_UNAUTHORIZED':
    case 'PYTHONHTTPSVERIFY':
      return value === '0';
    case 'GIT_SSL_NO_VERIFY':
      return value !== '' && value !== '0' && value !== 'false';
    case 'NPM_CONFIG_STRICT_SSL':
    case 'npm_config_strict_ssl':
      return value === 'false';
    case 'PIP_TRUSTED_HOST':
    case 'GOINSECURE':
      return value !== '';
    default:
      return false;
  }
}

/** Variables that switch a framework to development. */
export function isDebugVariable(name: string, value: string): boolean {
  if (/^(?:FLASK_DEBUG|DJANGO_DEBUG|WERKZEUG_DEBUG|APP_DEBUG|RAILS_DEBUG|DEBUG_MODE)$/.test(name))
    return /^(?:1|true|yes|on)$/i.test(value);
  return (
    /^(?:FLASK_ENV|NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|ASPNETCORE_ENVIRONMENT)$/.test(name) &&
    /^(?:dev|development|debug)$/i.test(value)
  );
}

/** The first entry of a PATH that is relative or that anybody may write to; variables at its beginning are taken for whole paths. */
export function untrustedPathEntry(path: string): string | undefined {
  return path
    .replaceAll(/\$\{[^}]{0,200}\}/g, '$X')
    .split(':')
    .find((entry) => !/^[/$~]/.test(entry) || /^\/(?:tmp|var\/tmp|dev\/shm)(?:\/|$)/.test(entry));
}
