import { linesOf } from '#foundation/documents/index.ts';

/** Coordinates that the build put into the archive. */
export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

/** `META-INF/maven/<group>/<artifact>/pom.properties`; undefined when a coordinate is missing or was left a placeholder. */
export function parsePomProperties(text: string): Coordinates | undefined {
  const values = new Map<string, string>();
  for (const line of linesOf(text)) {
    const at = line.search(/[=:]/);
    if (at > 0 && !/^\s*[#!]/.test(line)) values.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  const [group = '', artifact = '', version = ''] = ['groupId', 'artifactId', 'version'].map((key) => values.get(key));
  const whole = [group, artifact, version].every((value) => value !== '' && !value.includes('${'));
  return whole ? { group, artifact, version } : undefined;
}

/**
 * The main section of a `MANIFEST.MF`, keys in lower case. A line that begins with a space continues the one before
 * (https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#name-value-pairs-and-sections).
 */
export function parseManifest(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const parts: string[] = [];
  const finish = () => {
    const line = parts.join('');
    const at = line.indexOf(':');
    if (at > 0) values.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
    parts.length = 0;
  };
  for (const line of linesOf(text)) {
    if (line === '' && values.size + parts.length > 0) break;
    if (!line.startsWith(' ')) finish();
    parts.push(line.startsWith(' ') ? line.slice(1) : line);
  }
  finish();
  return values;
}
