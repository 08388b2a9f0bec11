import { imageOf } from '../image-name.ts';
import { serviceCheck } from '../service-check.ts';

export const composeImageNotPinned = serviceCheck({
  id: 'compose-image-not-pinned',
  title: 'An image is not pinned to its digest',
  severity: 'low',
  rationale: 'A tag can be moved to another image by whoever can push to the registry; a digest cannot.',
  remediation: 'Append the digest: `plimsoll scan IMAGE` names it, and updates can be proposed by a bot.',
  controls: ['CM-2', 'SI-7', 'SR-3', 'SR-11'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#image',
    'https://docs.docker.com/dhi/core-concepts/digests/',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29.3
`,
    ],
  },
  find: (service) => {
    const image = imageOf(service);
    if (image === undefined || image.hasDigest || image.tag === 'latest') return [];
    return [{ message: `the image ${image.text} has no digest`, at: image.at }];
  },
});
