import { endOfLifeWords } from '../wording.ts';
import { hanging, type View } from './view.ts';

/** What follows from the report, most useful first. */
export function nextSteps(view: View): string[] {
  const steps = stepsFor(view);
  return [view.paint('bold', 'Next'), '', ...steps.flatMap((step, index) => hanging(view, `  ${index + 1}. `, step))];
}

function stepsFor(view: View): string[] {
  const { report } = view;
  const steps: string[] = [];
  if (view.malware.length > 0) steps.push('Look at what is malware first: hosts that ran it may be compromised.');
  if (view.secrets.length > 0)
    steps.push('Revoke the secrets, then remove them; accept known ones in .plimsoll/secrets.yaml.');
  if (view.misconfigurations.length > 0)
    steps.push(
      'Mend the configuration, or accept what is meant in .plimsoll/exceptions.yaml or by a comment in the file.',
    );
  if (view.plan.upgrades.length > 0) {
    steps.push(
      report.artifact.kind === 'image'
        ? 'Rebuild the image with the upgrades above, then scan it again.'
        : `Install the upgrades above, then scan again; plimsoll fix ${report.artifact.scheme === 'directory' ? 'edits the files and shows the difference first' : '--plan groups them by what to change'}.`,
    );
  }
  if (endOfLifeWords(report)?.ended)
    steps.push('Move to a release that is still supported: what is found tomorrow will have no fix here.');
  if (report.assessment === 'incomplete')
    steps.push('Close the gaps named above: until then this answer is incomplete, and the exit status says so with 3.');
  if (!view.verbose && view.open.length + view.misconfigurations.length > 0)
    steps.push('--verbose lists every finding; --format html=report.html writes a page to browse and to pass on.');
  return steps.length === 0 ? ['Nothing to do. Scan again when the image or the advisory data changes.'] : steps;
}
