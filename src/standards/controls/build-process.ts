import type { Control } from '../control.ts';
import { checks, statement } from './evidence.ts';
import { imageHistory, instructions, services } from './proof.ts';

export const buildProcessControls: readonly Control[] = [
  {
    id: 'PLM-BUILD-SANDBOXED',
    family: 'build',
    title: 'Build steps run inside the sandbox of the build',
    anchors: ['AC-6', 'CM-7', 'SC-39', 'SR-3'],
    why: 'A build step outside of the sandbox has the rights of the build host.',
    attack:
      'A poisoned dependency that runs in the build takes over the builder, and with it all images that come from it.',
    remedy: 'Remove `--security=insecure` and privileged builds; give steps only what they need.',
    evidence: [checks('dockerfile-run-insecure', 'compose-build-host-access')],
    proofs: [
      instructions('RUN --security=insecure ./configure', 'RUN ./configure'),
      services('build:\n  context: .\n  privileged: true', 'build:\n  context: .'),
    ],
  },
  {
    id: 'PLM-BUILD-NO-HOST-NETWORK',
    family: 'build',
    title: 'Build steps do not use the network of the build host',
    anchors: ['AC-4', 'SC-7'],
    why: 'On the network of the host a build step reaches services that are meant for the host alone.',
    attack: 'A script of a dependency talks to the engine, to metadata services or to other builds.',
    remedy: 'Leave the network of build steps at its default, or `none`.',
    evidence: [checks('dockerfile-run-host-network')],
    proofs: [instructions('RUN --network=host ./fetch.sh', 'RUN --network=none ./configure')],
  },
  {
    id: 'PLM-BUILD-NO-SUDO',
    family: 'build',
    title: 'Build steps do not use sudo',
    anchors: ['AC-6', 'CM-7'],
    why: 'Build steps already run as the user that is set; sudo in them hides who does what.',
    attack: 'Installed for the build, sudo stays in the image and helps an intruder to become root.',
    remedy: 'Switch with USER to root for the steps that need it and back again, and do not install sudo.',
    evidence: [checks('dockerfile-run-sudo', 'image-config-sudo')],
    proofs: [
      instructions('RUN sudo mkdir /data', 'RUN mkdir /data'),
      imageHistory(['RUN /bin/sh -c sudo mkdir /data # buildkit'], ['RUN /bin/sh -c mkdir /data # buildkit']),
    ],
  },
  {
    id: 'PLM-BUILD-ERRORS-STOP',
    family: 'build',
    title: 'A failing part of a build step stops the build',
    anchors: ['CM-6', 'SI-7'],
    why: 'In a pipe only the last command counts, so that a failed download or check goes unnoticed.',
    attack: 'Whoever makes a verification fail gets an image without it.',
    remedy: 'Set `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`, or avoid pipes.',
    evidence: [checks('dockerfile-pipefail')],
    proofs: [
      instructions(
        'RUN curl -fsSL https://downloads.example.net/list.gz | gunzip > /srv/list',
        'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN curl -fsSL https://downloads.example.net/list.gz | gunzip > /srv/list',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-SERVICE',
    family: 'build',
    title: 'Images that run in production are built by a controlled build service',
    anchors: ['CM-3', 'SA-10', 'SR-3'],
    why: 'An image from a workstation holds whatever was on that workstation, and nobody can rebuild it.',
    attack: "An attacker on one developer's machine changes images before they are pushed.",
    remedy: 'Build in a service with clean runners, from reviewed source, and let nothing else push to production.',
    evidence: [
      statement(
        'Are all images for production built by a build service that only its operators can change, and never on a workstation?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-BUILD-GATE',
    family: 'build',
    title: 'Images with serious findings do not leave the build',
    anchors: ['SA-11', 'SI-2', 'RA-5'],
    why: 'Findings that stop nothing are read by nobody until something happens.',
    attack: 'Attackers use known holes that were in a report before the image was released.',
    remedy: 'Run the scan in the pipeline with a policy, and let it fail the build.',
    evidence: [
      statement('Does the pipeline stop an image that breaks the vulnerability, secret or configuration policy?'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-BUILD-SOURCE-REVIEWED',
    family: 'build',
    title: 'Changes to build instructions and manifests are reviewed before they are used',
    anchors: ['CM-3', 'SA-10', 'SA-11'],
    why: 'Dockerfiles, manifests and pipelines decide what runs in production as much as the program does.',
    attack: 'One stolen account adds one line to a pipeline, and the next release carries it.',
    remedy: 'Protect the branches, ask for a review by somebody else, and name owners for these files.',
    evidence: [
      statement(
        'Does a second person review every change to Dockerfiles, manifests and pipelines before it takes effect?',
      ),
    ],
    proofs: [],
  },
];
