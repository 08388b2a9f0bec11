import type { Mount } from '../evidence.ts';
import { type Known, known } from '../known.ts';
import { readSmallText } from './read-text.ts';

const MAX_BYTES = 8 * 1024 * 1024;

/** Those that the machine's first process sees, so that a collector in a container tells of the host. */
export async function collectMounts(root: string): Promise<Known<Mount[]>> {
  const ofFirst = await readSmallText(`${root}proc/1/mountinfo`, MAX_BYTES);
  const text = 'known' in ofFirst ? ofFirst : await readSmallText(`${root}proc/self/mountinfo`, MAX_BYTES);
  return 'known' in text ? known(parseMountInfo(text.known)) : text;
}

/** See proc_pid_mountinfo(5): optional fields end with a lone dash. */
export function parseMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.split(' ');
    const dash = fields.indexOf('-', 6);
    const [, , , root, target, options] = fields;
    const [type, source, superOptions = ''] = dash === -1 ? [] : fields.slice(dash + 1);
    if (root === undefined || target === undefined || type === undefined) return [];
    const all = [...(options ?? '').split(','), ...superOptions.split(',')].filter((option) => option !== '');
    return [
      {
        target: unescaped(target),
        root: unescaped(root),
        type,
        source: unescaped(source ?? ''),
        options: [...new Set(all)].filter(
          (option) => !/^(?:lowerdir|upperdir|workdir|password|credentials)=/.test(option),
        ),
      },
    ];
  });
}

/** Blanks and backslashes are written as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
