import { controlPorts } from '../control-ports.ts';
import { isDebugVariable, isTrustVariable, untrustedPathEntry } from '../environment.ts';
import { isSystemDirectory } from '../system-directory.ts';
import { example, hitAtStep, imageConfigCheck } from './image-config-check.ts';
import { stepNumber } from './steps.ts';

const specification = 'https://specs.opencontainers.org/image-spec/config/';

const userRoot = imageConfigCheck({
  id: 'image-config-user-root',
  title: 'The image runs as root',
  severity: 'high',
  references: [specification, 'https://docs.docker.com/reference/dockerfile/#user'],
  aliases: ['CIS-DI-0001'],
  rationale:
    'Whoever breaks into the process is root in the container: free to change it, to use every capability it has, and nearer to the host.',
  remediation: 'Build the image with `USER` set to the number of an unprivileged user.',
  controls: ['AC-6', 'CM-6'],
  examples: {
    pass: [example({ User: '1000' }), example({ User: 'app:app' })],
    fail: [example({}), example({ User: '0:0' }), example({ User: 'root' }, ['USER app', 'USER root'])],
  },
  *evaluate({ config }) {
    const { user = '' } = config;
    if (user === '') yield hitAtStep(1, 'no user is set: the image runs as root');
    else if (/^(?:root|0{1,9})(?::|$)/.test(user)) yield hitAtStep(stepNumber(config, 'USER'), `the user is ${user}`);
  },
});

/** The number of `80/tcp`. */
function portOf(exposed: string): number {
  return Number(/^\d{1,5}/.exec(exposed)?.[0] ?? -1);
}

const exposeSsh = imageConfigCheck({
  id: 'image-config-expose-ssh',
  title: 'The port of SSH is exposed',
  severity: 'medium',
  references: [specification],
  rationale: 'A way to log in to a container is one more way to break in, with passwords and keys that nobody rotates.',
  remediation: 'Build the image without the port; use `docker exec` or `kubectl exec` to look inside.',
  controls: ['AC-17', 'CM-7'],
  examples: {
    pass: [example({ ExposedPorts: { '8080/tcp': {}, '2222/tcp': {} } })],
    fail: [example({ ExposedPorts: { '22/tcp': {} } }, ['EXPOSE map[22/tcp:{}]'])],
  },
  *evaluate({ config }) {
    const exposed = config.exposedPorts.find((port) => portOf(port) === 22);
    if (exposed !== undefined) yield hitAtStep(stepNumber(config, 'EXPOSE', '22'), `${exposed} is exposed`);
  },
});

const exposeControl = imageConfigCheck({
  id: 'image-config-expose-remote-control',
  title: 'A port for remote control or debugging is exposed',
  severity: 'medium',
  references: [specification],
  rationale: 'Whoever reaches the port can run commands, often without a password and without encryption.',
  remediation: 'Build the image without the port, and without the program that listens there.',
  controls: ['AC-17', 'CM-7', 'SC-8'],
  examples: {
    pass: [example({ ExposedPorts: { '8080/tcp': {} } })],
    fail: [example({ ExposedPorts: { '23/tcp': {} } }), example({ ExposedPorts: { '3389/tcp': {} } })],
  },
  *evaluate({ config }) {
    for (const exposed of config.exposedPorts) {
      const name = controlPorts.get(portOf(exposed));
      if (name !== undefined)
        yield hitAtStep(stepNumber(config, 'EXPOSE', `${portOf(exposed)}`), `${exposed} is exposed: ${name}`);
    }
  },
});

const noHealthcheck = imageConfigCheck({
  id: 'image-config-healthcheck-missing',
  title: 'Nothing says whether the container is well',
  severity: 'info',
  references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  aliases: ['CIS-DI-0006'],
  rationale:
    'An engine goes on sending requests to a process that hangs. Kubernetes has probes of its own and does not read the setting.',
  remediation: 'Add `HEALTHCHECK` to the Dockerfile, or probes where the image runs on Kubernetes.',
  controls: ['SI-13', 'CP-10'],
  examples: {
    pass: [example({ Healthcheck: { Test: ['CMD', '/healthy'] } })],
    fail: [example({}), example({ Healthcheck: { Test: ['NONE'] } })],
  },
  *evaluate({ config }) {
    if (!hasHealthcheck(config.healthcheck)) yield hitAtStep(1, 'there is no health check');
  },
});

function hasHealthcheck(healthcheck: unknown): boolean {
  if (typeof healthcheck !== 'object' || healthcheck === null || !('Test' in healthcheck)) return false;
  const { Test: test } = healthcheck;
  return Array.isArray(test) && test.length > 0 && test[0] !== 'NONE';
}

const sshServer = imageConfigCheck({
  id: 'image-config-ssh-server',
  title: 'The image starts an SSH or telnet server',
  severity: 'medium',
  references: [specification],
  rationale:
    'A way to log in to a container is one more way to break in, and its host keys are the same in every container.',
  remediation: 'Start the application alone; use `docker exec` or `kubectl exec` to look inside.',
  controls: ['AC-17', 'CM-7'],
  examples: {
    pass: [example({ Cmd: ['/app', 'sshd-report'] })],
    fail: [
      example({ Entrypoint: ['/usr/sbin/sshd', '-D'] }),
      example({ Cmd: ['/bin/sh', '-c', 'exec /usr/sbin/sshd -D'] }),
    ],
  },
  *evaluate({ config }) {
    const words = [...config.entrypoint, ...config.cmd].flatMap((word) => word.slice(0, 4096).split(/[\s;&|]/));
    const server = words.find((word) => /(?:^|\/)(?:sshd|dropbear|telnetd|in\.telnetd)$/.test(word));
    if (server !== undefined) yield hitAtStep(stepNumber(config, 'CMD', server), `${server} is started`);
  },
});

interface Variable {
  readonly name: string;
  readonly value: string;
}

function variablesOf(env: readonly string[]): Variable[] {
  return env.flatMap((entry) => {
    const equals = entry.indexOf('=');
    return equals < 1 ? [] : [{ name: entry.slice(0, equals), value: entry.slice(equals + 1) }];
  });
}

const writablePath = imageConfigCheck({
  id: 'image-config-path-writable',
  title: 'Programs are looked for where anybody may put them',
  severity: 'medium',
  references: ['https://cwe.mitre.org/data/definitions/426.html'],
  rationale: 'Whoever can write to the directory has their program run in place of the one that was meant.',
  remediation: 'Build the image with a `PATH` of whole paths that root alone can write to.',
  controls: ['CM-6', 'AC-6'],
  examples: {
    pass: [example({ Env: ['PATH=/usr/local/bin:/usr/bin:/bin'] }), example({ Env: ['PATH=c:\\Windows'] })],
    fail: [example({ Env: ['PATH=/usr/bin:/tmp/bin'] }), example({ Env: ['PATH=/usr/bin::/bin'] })],
  },
  *evaluate({ config }) {
    for (const { name, value } of variablesOf(config.env)) {
      if (name !== 'PATH' || value.includes('\\')) continue;
      const entry = untrustedPathEntry(value);
      if (entry !== undefined)
        yield hitAtStep(
          stepNumber(config, 'ENV', 'PATH'),
          `PATH has ${entry === '' ? 'an empty entry, the current directory' : entry}`,
        );
    }
  },
});

const tlsOff = imageConfigCheck({
  id: 'image-config-tls-verification-off',
  title: 'Certificates are not checked in the container',
  severity: 'high',
  references: ['https://cwe.mitre.org/data/definitions/295.html'],
  rationale: "Anybody on the way can answer in a server's place, read what the program sends and change what it gets.",
  remediation: 'Put the certificate authority into the image, and build it without the variable.',
  controls: ['SC-8', 'SC-23'],
  examples: {
    pass: [example({ Env: ['NODE_TLS_REJECT_UNAUTHORIZED=1'] })],
    fail: [example({ Env: ['NODE_TLS_REJECT_UNAUTHORIZED=0'] }, ['ENV NODE_TLS_REJECT_UNAUTHORIZED=0'])],
  },
  *evaluate({ config }) {
    for (const { name, value } of variablesOf(config.env)) {
      if (isTrustVariable(name, value))
        yield hitAtStep(stepNumber(config, 'ENV', name), `${name}=${value.slice(0, 60)}`);
    }
  },
});

const debugMode = imageConfigCheck({
  id: 'image-config-debug-mode',
  title: 'The image runs in debug or development mode',
  severity: 'medium',
  references: ['https://cwe.mitre.org/data/definitions/489.html'],
  rationale: 'Debug modes show source, settings and secrets in error pages, and some let whoever asks run code.',
  remediation: 'Build the image without the variable and set it where it is developed.',
  controls: ['CM-6', 'CM-7', 'SI-11'],
  examples: {
    pass: [example({ Env: ['NODE_ENV=production', 'FLASK_DEBUG=0'] })],
    fail: [example({ Env: ['FLASK_DEBUG=1'] }), example({ Env: ['NODE_ENV=development'] })],
  },
  *evaluate({ config }) {
    for (const { name, value } of variablesOf(config.env)) {
      if (isDebugVariable(name, value)) yield hitAtStep(stepNumber(config, 'ENV', name), `${name}=${value}`);
    }
  },
});

const systemVolume = imageConfigCheck({
  id: 'image-config-volume-system',
  title: 'A directory of the system is a volume',
  severity: 'medium',
  references: [specification],
  rationale:
    'The volume outlives the container and is shared: programs and settings of the system are then neither those of the image nor read-only.',
  remediation: 'Make only the directories of data volumes.',
  controls: ['CM-5', 'CM-6'],
  examples: {
    pass: [example({ Volumes: { '/var/lib/data': {} } })],
    fail: [example({ Volumes: { '/etc': {} } }), example({ Volumes: { '/var/run/docker.sock': {} } })],
  },
  *evaluate({ config }) {
    for (const volume of config.volumes) {
      if (isSystemDirectory(volume)) yield hitAtStep(stepNumber(config, 'VOLUME', volume), `${volume} is a volume`);
    }
  },
});

export const runTimeChecks = [
  userRoot,
  exposeSsh,
  exposeControl,
  noHealthcheck,
  sshServer,
  writablePath,
  tlsOff,
  debugMode,
  systemVolume,
];
