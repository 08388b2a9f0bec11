/** Says which team owns what. The first that holds decides; what no rule speaks of is unowned, and is shown as such. */
export type OwnershipRule =
  /** The value of the label is the name of the team: `org.opencontainers.image.vendor`, `team`. */
  | { readonly kind: 'label'; readonly label: string }
  /** Assets whose names fit: `registry.example/shop/**`. `*` stands for anything but a slash, `**` for anything. */
  | { readonly kind: 'path'; readonly pattern: string; readonly asset?: string; readonly team: string }
  | { readonly kind: 'default'; readonly team: string };

export interface OwnedAsset {
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Ownership {
  /** Name of a team that there is. */
  readonly team: string;
  /** For people: `label team`, `path registry.example/shop/**`, `default`. */
  readonly by: string;
}

/** @param teams names of the teams that there are: a label that names another one gives nothing to anybody */
export function resolveOwner(
  rules: readonly OwnershipRule[],
  asset: OwnedAsset,
  teams: ReadonlySet<string>,
): Ownership | undefined {
  const labels = new Map(Object.entries(asset.labels));
  for (const rule of rules) {
    const team = teamBy(rule, asset, labels);
    if (team !== undefined && teams.has(team)) return { team, by: nameOf(rule) };
  }
  return undefined;
}

function teamBy(
  rule: OwnershipRule,
  { kind, name }: OwnedAsset,
  labels: ReadonlyMap<string, string>,
): string | undefined {
  switch (rule.kind) {
    case 'label':
      return labels.get(rule.label)?.trim();
    case 'path':
      return (rule.asset === undefined || rule.asset === kind) && fits(rule.pattern, name) ? rule.team : undefined;
    case 'default':
      return rule.team;
  }
}

function nameOf(rule: OwnershipRule): string {
  if (rule.kind === 'label') return `label ${rule.label}`;
  return rule.kind === 'path' ? `path ${rule.pattern}` : 'default';
}

/**
 * Whether a name fits a pattern: `*` stands for anything but a slash, `**` for anything. Linear in the length of both for one star, and
 * bounded by their product for many: no regular expression is made of what users write.
 */
export function fits(pattern: string, name: string): boolean {
  let states = new Set([0]);
  const tokens = pattern.match(/\*\*|\*|[^*]/gsu) ?? [];
  const spread = (from: Set<number>): Set<number> => {
    for (const at of from) if (tokens[at]?.startsWith('*')) from.add(at + 1);
    return from;
  };
  states = spread(states);
  for (const character of name) {
    const next = new Set<number>();
    for (const at of states) {
      const token = tokens[at];
      if (token === '**' || (token === '*' && character !== '/')) next.add(at);
      else if (token === character) next.add(at + 1);
    }
    states = spread(next);
  }
  return states.has(tokens.length);
}
