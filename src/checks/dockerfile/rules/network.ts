import { controlPorts } from '../../control-ports.ts';
import type { Dockerfile, Word } from '../document.ts';
import {
  buildCommands,
  dockerfileCheck,
  documentation,
  hadolint,
  hitAt,
  instructionsOf,
  shippedInstructions,
} from '../rule.ts';

interface Port {
  readonly word: Word;
  /** First and last number of the range. */
  readonly from: number;
  readonly to: number;
}

function portsIn(dockerfile: Dockerfile): Port[] {
  return shippedInstructions(dockerfile, 'EXPOSE').flatMap(({ words }) =>
    words.flatMap((word) => {
      const found = /^(\d{1,9})(?:-(\d{1,9}))?(?:\/[a-z]{1,10})?$/i.exec(word.value);
      const from = Number(found?.[1]);
      return found ? [{ word, from, to: found[2] === undefined ? from : Number(found[2]) }] : [];
    }),
  );
}

const exposeSsh = dockerfileCheck({
  id: 'dockerfile-expose-ssh',
  title: 'The port of SSH is exposed',
  severity: 'medium',
  references: [documentation('expose')],
  aliases: ['DS-0004'],
  rationale: 'A way to log in to a container is one more way to break in, with passwords and keys that nobody rotates.',
  remediation: 'Take the port out; use `docker exec` or `kubectl exec` to look inside.',
  controls: ['AC-17', 'CM-7'],
  examples: {
    pass: ['FROM debian:12\nEXPOSE 8080/tcp 2222\n'],
    fail: [
      'FROM debian:12\nEXPOSE 80 22/tcp\n',
      'ARG P=22\nFROM debian:12\nARG P\nEXPOSE $P\n',
      'FROM debian:12\nEXPOSE 20-25\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { word, from, to } of portsIn(dockerfile)) {
      if (from <= 22 && 22 <= to) yield hitAt(dockerfile, word, `EXPOSE ${word.value}`);
    }
  },
});

const exposeControl = dockerfileCheck({
  id: 'dockerfile-expose-remote-control',
  title: 'A port for remote control or debugging is exposed',
  severity: 'medium',
  references: [documentation('expose')],
  rationale: 'Whoever reaches the port can run commands, often without a password and without encryption.',
  remediation: 'Take the port out, and the program that listens there.',
  controls: ['AC-17', 'CM-7', 'SC-8'],
  examples: {
    pass: ['FROM debian:12\nEXPOSE 8080\n'],
    fail: ['FROM debian:12\nEXPOSE 23\n', 'FROM docker:28\nEXPOSE 2375/tcp\n'],
  },
  *evaluate(dockerfile) {
    for (const { word, from, to } of portsIn(dockerfile)) {
      const name = from === to ? controlPorts.get(from) : undefined;
      if (name !== undefined) yield hitAt(dockerfile, word, `EXPOSE ${word.value}: ${name}`);
    }
  },
});

const invalidPort = dockerfileCheck({
  id: 'dockerfile-expose-invalid',
  title: 'An exposed port does not exist',
  severity: 'medium',
  references: [documentation('expose'), hadolint('DL3011')],
  aliases: ['DS-0008', 'DL3011'],
  rationale: 'Ports are numbers from 0 to 65535: with another one the image is not built or nothing can be published.',
  remediation: 'Write the number of the port that the program listens on.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM debian:12\nEXPOSE 65535/udp 80-90 $PORT\n'],
    fail: ['FROM debian:12\nEXPOSE 65536\n', 'FROM debian:12\nEXPOSE 90-80\n'],
  },
  *evaluate(dockerfile) {
    for (const { word, from, to } of portsIn(dockerfile)) {
      if (to > 65535 || from > to) yield hitAt(dockerfile, word, `EXPOSE ${word.value}`);
    }
  },
});

const sshServer = dockerfileCheck({
  id: 'dockerfile-ssh-server',
  title: 'The image has an SSH server',
  severity: 'medium',
  references: ['https://docs.docker.com/build/building/best-practices/#decouple-applications'],
  rationale:
    'A way to log in to a container is one more way to break in, and its host keys are the same in every container.',
  remediation: 'Leave the server out; use `docker exec` or `kubectl exec` to look inside.',
  controls: ['AC-17', 'CM-7'],
  examples: {
    pass: ['FROM debian:12\nRUN apt-get update && apt-get install -y openssh-client\n'],
    fail: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y openssh-server\n',
      'FROM a:1\nCMD ["/usr/sbin/sshd", "-D"]\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(shippedInstructions(dockerfile, 'RUN'))) {
      const word = command.arguments.find(({ value }) =>
        /^(?:openssh-server|dropbear|telnetd|rsh-server)(?:=.{1,60})?$/.test(value),
      );
      if (word && /^(?:apt|apt-get|apk|yum|dnf|microdnf|zypper)$/.test(command.program))
        yield hitAt(dockerfile, word, `${word.value} is installed`);
    }
    for (const { commands } of shippedInstructions(dockerfile, 'CMD', 'ENTRYPOINT')) {
      const server = commands.find(({ program }) => /^(?:sshd|dropbear|telnetd)$/.test(program));
      if (server) yield hitAt(dockerfile, server, `${server.program} is started`);
    }
  },
});

const hostNetwork = dockerfileCheck({
  id: 'dockerfile-run-host-network',
  title: 'A step uses the network of the build host',
  severity: 'medium',
  references: [documentation('run---network')],
  rationale:
    'What runs in the step reaches the services of the host that listen for itself alone, its metadata service among them.',
  remediation: 'Leave `--network=host` out.',
  controls: ['AC-4', 'SC-7'],
  examples: {
    pass: ['FROM debian:12\nRUN --network=none make\n'],
    fail: ['FROM debian:12\nRUN --network=host make\n'],
  },
  *evaluate(dockerfile) {
    for (const { flags } of instructionsOf(dockerfile, 'RUN')) {
      const flag = flags.find(({ name, value }) => name === 'network' && value === 'host');
      if (flag) yield hitAt(dockerfile, flag, 'RUN --network=host');
    }
  },
});

const insecure = dockerfileCheck({
  id: 'dockerfile-run-insecure',
  title: 'A step runs without the sandbox of the build',
  severity: 'high',
  references: [documentation('run---security')],
  rationale: 'The step has all capabilities and devices: whatever it fetches and runs can take over the build host.',
  remediation: 'Leave `--security=insecure` out; do what needs it outside of the build.',
  controls: ['AC-6', 'SC-39'],
  examples: {
    pass: ['FROM debian:12\nRUN --security=sandbox make\n'],
    fail: ['FROM debian:12\nRUN --security=insecure make\n', 'FROM debian:12\nRUN docker run --privileged a:1\n'],
  },
  *evaluate(dockerfile) {
    for (const { flags, commands } of instructionsOf(dockerfile, 'RUN')) {
      const flag = flags.find(({ name, value }) => name === 'security' && value === 'insecure');
      if (flag) yield hitAt(dockerfile, flag, 'RUN --security=insecure');
      const engine = commands.find(
        ({ program, arguments: words }) =>
          /^(?:docker|podman|nerdctl)$/.test(program) && words.some(({ value }) => value === '--privileged'),
      );
      if (engine) yield hitAt(dockerfile, engine, `${engine.program} with --privileged`);
    }
  },
});

export const networkChecks = [exposeSsh, exposeControl, invalidPort, sshServer, hostNetwork, insecure];
