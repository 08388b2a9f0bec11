import type { ScanReport } from '#scan/index.ts';

type Verdict = NonNullable<ScanReport['verdict']>;

/** What policies decided, with every outcome and a hole. */
export function sampleVerdict(): Verdict {
  const decision: Verdict['decisions'][number] = {
    outcome: 'denied',
    policy: 'no-privileged',
    title: 'Nothing runs privileged',
    severity: 'high',
    object: 'apps/v1/Deployment shop/web',
    place: 'deploy/web.yaml:12:9',
    message: 'the container web is privileged',
    isError: false,
    statedIn: 'policies/no-privileged.yaml:24:7',
    because: ['object.spec.privileged == true (it is true)'],
    wouldPass: 'object.spec.privileged is false',
    remediation: 'Remove privileged.',
    controls: ['AC-6'],
  };
  return {
    outcome: 'denied',
    notDecided: ['The attestation of the build could not be read.'],
    policies: [
      { policy: 'no-privileged', title: 'Nothing runs privileged', severity: 'high', objects: 3, failed: 3 },
      { policy: 'pinned-images', title: 'Images are pinned', severity: 'medium', objects: 2, failed: 0 },
      { policy: 'signed', title: 'Images are signed', severity: 'medium', objects: 0, failed: 0 },
    ],
    evaluations: { passed: 2, failed: 3, skipped: 4, ignored: 0 },
    decisions: [
      decision,
      { ...decision, outcome: 'warned', object: 'image', place: 'registry.example.com/shop:1', message: 'it is old' },
      {
        ...decision,
        outcome: 'excepted',
        place: 'deploy/db.yaml:3:1',
        exception: {
          source: 'exception',
          state: 'accepted',
          reason: 'moved in March',
          statedIn: '.plimsoll/exceptions.yaml:3',
        },
      },
    ],
  };
}
