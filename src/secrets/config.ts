import type { HistoryEntry, ImageConfig } from '#artifact/index.ts';
import { describeSecrets } from './describe.ts';
import type { SecretFinding, SecretSource } from './finding.ts';
import { describeFinding } from './findings.ts';
import { builtInRules } from './rules/index.ts';
import { openSearch } from './search/open.ts';
import { compileAllowances } from './settings/allowance.ts';
import { noSettings, type SecretSettings } from './settings/settings.ts';

/**
 * Secrets in an image's configuration: ENV, labels, build steps with their arguments, entrypoint, command and health check. Anybody who may
 * pull the image reads them without running it.
 */
export function secretsInConfig(config: ImageConfig, settings: SecretSettings = noSettings): SecretFinding[] {
  const search = openSearch(settings);
  const rules = new Map([...builtInRules(), ...(settings.rules ?? [])].map((rule) => [rule.id, rule]));
  const disabled = new Set(settings.disabled ?? []);
  const decide = compileAllowances(settings);
  const found = new Map<string, SecretFinding>();
  for (const { source, name, text } of textsOf(config)) {
    const bytes = Buffer.from(text, 'utf8');
    for (const secret of describeSecrets(search(CONFIG_PATH, bytes).secrets, `${source} ${name}`, bytes)) {
      const rule = rules.get(secret.rule);
      if (rule === undefined || disabled.has(rule.id)) continue;
      const finding = describeFinding(rule, { ...secret, name }, source, decide(rule.id, secret.fingerprint));
      const key = JSON.stringify([source, name, rule.id, secret.fingerprint]);
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
}

/** Rules that ask for a kind of file take these texts for a file of settings. */
export const CONFIG_PATH = '.env';

interface ConfigText {
  readonly source: SecretSource;
  readonly name: string;
  readonly text: string;
}

function textsOf({ env, labels, history, entrypoint, cmd, healthcheck }: ImageConfig): ConfigText[] {
  const check =
    healthcheck === undefined
      ? []
      : [{ source: 'command', name: 'health check', text: JSON.stringify(healthcheck) } as const];
  return [
    ...env.map((text): ConfigText => ({ source: 'env', name: text.split('=', 1)[0] ?? '', text })),
    ...Object.entries(labels).map(([name, value]): ConfigText => ({ source: 'label', name, text: `${name}=${value}` })),
    { source: 'command', name: 'entrypoint', text: entrypoint.join(' ') },
    { source: 'command', name: 'command', text: cmd.join(' ') },
    ...check,
    ...history.flatMap(historyText),
  ];
}

/** ENV and LABEL steps say again what the configuration says itself. */
function historyText({ createdBy }: HistoryEntry, index: number): ConfigText[] {
  if (createdBy === undefined || /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:ENV|LABEL) /.test(createdBy)) return [];
  return [{ source: 'history', name: `step ${index + 1}`, text: createdBy }];
}
