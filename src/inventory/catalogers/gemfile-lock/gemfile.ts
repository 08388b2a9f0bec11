import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import type { Asked, AskedName } from '../manifest.ts';

const MAX_DEPTH = 100;
const FOR_BUILDING = /:(?:development|test|ci|lint|doc|docs|debug)\b/;

/**
 * A program in Ruby, read as text: `gem "rack"` a line, inside of `group :test do ... end` or with `group: :test`. What belongs
 * to several groups of which one is no such group is needed at run time.
 */
export function parseGemfile(file: InputFile): Asked {
  const asked = { runtime: [] as AskedName[], optional: [] as AskedName[], development: [] as AskedName[] };
  const blocks: boolean[] = [];
  for (const line of linesOf(file.text())) {
    const text = line
      .replace(/(?:^|\s)#.*$/, '')
      .slice(0, 1000)
      .trim();
    const name = /^gem[ (]\s{0,10}["']([\w.-]{1,200})["']/.exec(text)?.[1];
    const inline = /\bgroups?(?::|\s{0,5}=>)\s{0,5}(\[[^\]]{0,300}\]|:\w{1,100}|%i\[[^\]]{0,300}\])/.exec(text)?.[1];
    if (name !== undefined) {
      const isForBuilding = blocks.includes(true) || (inline !== undefined && areForBuilding(inline));
      asked[isForBuilding ? 'development' : 'runtime'].push([name, '']);
    } else if (/\bdo(?:\s*\|[^|]{0,100}\|)?$/.test(text) || /^(?:if|unless|case)\b/.test(text)) {
      if (blocks.length < MAX_DEPTH) blocks.push(text.startsWith('group') && areForBuilding(text));
    } else if (text === 'end') blocks.pop();
  }
  return asked;
}

function areForBuilding(groups: string): boolean {
  const names =
    groups.replace(/%i\[([^\]]*)\]/, (_, list: string) => list.replace(/\b(?=\w)/g, ':')).match(/:\w+/g) ?? [];
  return names.length > 0 && names.every((name) => FOR_BUILDING.test(name));
}
