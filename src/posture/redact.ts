const HIDDEN = '<hidden>';

/** Words in names whose values are secrets, or may be. */
const secretName = /pass|secret|token|credential|auth|api[-_]?key|private[-_]?key|access[-_]?key/i;

/** Whether what goes by the name is a secret, and not only about one. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !isTopic(name);
}

/** Evidence is handed on: passwords in addresses and the values of variables and options that are named like secrets stay behind. */
export function redactText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[^\s"',;]{1,4096}/g, redactWord))
    .join('\n');
}

/** Words of a command line. The value of an option may be its own word. */
export function redactArguments(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    const isValue = /^--?[^=]{1,64}$/.test(before) && secretName.test(before) && !isTopic(before);
    return isValue && !word.startsWith('-') ? HIDDEN : redactText(word);
  });
}

function redactWord(word: string): string {
  const withoutUser = word.replace(/(:\/\/)[^/@]{1,512}@/, `$1${HIDDEN}@`);
  const equals = withoutUser.lastIndexOf('=');
  const name = withoutUser.slice(0, Math.max(0, equals));
  return equals > 0 && secretName.test(name) && !isTopic(name)
    ? `${withoutUser.slice(0, equals + 1)}${HIDDEN}`
    : withoutUser;
}

/** Options of engines and of sshd that are about secrets and are none: `--authorization-plugin`, `PasswordAuthentication`. */
function isTopic(name: string): boolean {
  return /authorization|authentication|authorized|passwd_|pass(?:word)?_(?:max|min|warn)|tokens?-?(?:file|auth)/i.test(
    name,
  );
}

/** Members of `daemon.json` whose values are free: options of log drivers have tokens in them. */
const freeMembers = new Set(['log-opts', 'proxies', 'labels']);

/** A document of JSON, with the values hidden that may be secret. */
export function redactDocument(text: string): string {
  try {
    const document: unknown = JSON.parse(text, hideMember);
    return JSON.stringify(document, null, 2);
  } catch {
    return redactText(text);
  }
}

function hideMember(name: string, value: unknown): unknown {
  if (freeMembers.has(name)) return hideValues(value);
  if (typeof value !== 'string') return value;
  return secretName.test(name) && !isTopic(name) ? HIDDEN : redactText(value);
}

function hideValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(() => HIDDEN);
  if (typeof value !== 'object' || value === null) return HIDDEN;
  return Object.fromEntries(Object.keys(value).map((name) => [name, HIDDEN]));
}
