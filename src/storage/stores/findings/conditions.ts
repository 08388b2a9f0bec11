import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Filter, FilterOperator, FilterTerm, FilterValue, FindingField } from '#filter/index.ts';
import { severityOrder } from '#filter/index.ts';
import type { Tables } from '../../tables/index.ts';

/** Who asks, and when: for `assignee:me` and `is:overdue`. */
export interface FilterContext {
  readonly account: string;
  readonly now: Date;
}

type From = ExpressionBuilder<Tables & { owner: Tables['team'] }, 'finding' | 'asset' | 'owner'>;
type Condition = Expression<SqlBool>;

/** A filter as a condition on `finding`, joined with `asset` and its team as `owner`. */
export function matching(filter: Filter<FindingField>, eb: From, context: FilterContext): Condition {
  return eb.and(filter.map((term) => conditionOf(term, eb, context)));
}

function conditionOf(term: FilterTerm<FindingField>, eb: From, context: FilterContext): Condition {
  const holds = eb.or(alternatives(term, eb, context));
  // What has no value is not the value: `-team:shop` finds what nobody owns.
  return term.isNegated ? sql<SqlBool>`(${holds}) is not true` : holds;
}

function alternatives(term: FilterTerm<FindingField>, eb: From, context: FilterContext): Condition[] {
  const { field, operator, values } = term;
  switch (field) {
    case 'severity':
      return [eb('finding.severity', 'in', severitiesOf(operator, values))];
    case 'state':
      return [eb(sql<string>`finding.state`, 'in', words(values))];
    case 'is':
      return words(values).map((word) => being(word, eb, context));
    case 'kind':
      return patterns(sql`finding.kind`, values);
    case 'rule':
      return patterns(sql`finding.rule`, values);
    case 'package':
      return patterns(sql`finding.package_name`, values.map(encoded));
    case 'asset':
      return patterns(sql`asset.name`, values);
    case 'asset-kind':
      return [eb(sql<string>`asset.kind`, 'in', words(values))];
    case 'exposure':
      return [eb(sql<string>`asset.exposure`, 'in', words(values))];
    case 'team':
      return patterns(sql`owner.name`, values);
    case 'assignee':
      return values.map((value) => assigned(value, eb, context));
    case 'due':
      return values.flatMap((value) => times(dueColumn(operator, value), operator, [value]));
    case 'seen':
      return times(sql`finding.first_seen_at`, operator, values);
    case 'fixed':
      return times(sql`finding.fixed_at`, operator, values);
    case 'rank':
      // The expression of the index, which has the highest first.
      return values.map((value) => {
        const rank = value.kind === 'number' ? value.number : 0;
        return sql<SqlBool>`(- finding.rank) ${MIRRORED[operator]} ${-rank}::double precision`;
      });
    case 'text':
      return values.map((value) => sql<SqlBool>`finding.words @@ to_tsquery('simple', ${wordsOf(value)})`);
  }
}

const MIRRORED: Readonly<Record<FilterOperator, RawBuilder<unknown>>> = {
  ':': sql`=`,
  '<': sql`>`,
  '<=': sql`>=`,
  '>': sql`<`,
  '>=': sql`<=`,
};

function words(values: readonly FilterValue[]): string[] {
  return values.flatMap((value) => ('text' in value ? [value.text] : []));
}

/** The severities that a comparison means. */
export function severitiesOf(operator: FilterOperator, values: readonly FilterValue[]) {
  const named = words(values);
  if (operator === ':') return severityOrder.filter((severity) => named.includes(severity));
  const limit = severityOrder.findIndex((severity) => named.includes(severity));
  return severityOrder.filter((_, index) => {
    if (operator === '<') return index < limit && index > 0;
    if (operator === '<=') return index <= limit && (index > 0 || limit === 0);
    return operator === '>' ? index > limit : index >= limit;
  });
}

function being(word: string, eb: From, { now }: FilterContext): Condition {
  const isOpen = eb('finding.state', 'in', ['open', 'in-progress']);
  switch (word) {
    case 'open':
      return isOpen;
    case 'decided':
      return eb('finding.state', 'in', ['accepted', 'false-positive', 'not-affected']);
    case 'fixed':
      return eb('finding.state', '=', 'fixed');
    case 'overdue':
      return eb.and([isOpen, sql<SqlBool>`coalesce(finding.due_at, 'infinity') < ${now}`]);
    case 'exploited':
      return eb('finding.exploited', '=', true);
    case 'reopened':
      return eb('finding.reopened', '>', 0);
    default:
      return sql<SqlBool>`
        finding.decision ->> 'source' = 'exception' and finding.state in ('accepted', 'false-positive', 'not-affected')`;
  }
}

/** Beginnings are looked up in the index; what has `*` elsewhere is compared row by row. */
function patterns(column: RawBuilder<unknown>, values: readonly FilterValue[]): Condition[] {
  const exact = words(values).filter((text) => !text.includes('*'));
  const globs = words(values).filter((text) => text.includes('*'));
  return [
    ...(exact.length > 0 ? [sql<SqlBool>`${column} = any(${exact})`] : []),
    ...globs.map((glob) => sql<SqlBool>`${column} like ${likeOf(glob)}`),
    ...(values.some(({ kind }) => kind === 'none') ? [sql<SqlBool>`${column} is null`] : []),
  ];
}

function likeOf(glob: string): string {
  return glob.replaceAll(/[\\%_]/g, '\\$&').replaceAll(/\*+/g, '%');
}

/** As package URLs write it: `libstdc++6` is `libstdc%2B%2B6` there. */
function encoded(value: FilterValue): FilterValue {
  if (!('text' in value)) return value;
  const text = value.text.split('*').map(encodedPart).join('*');
  return { ...value, text };
}

function encodedPart(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replaceAll('%3A', ':');
}

function assigned(value: FilterValue, eb: From, { account }: FilterContext): Condition {
  if (value.kind === 'none') return eb('finding.assignee', 'is', null);
  const wanted = 'text' in value ? value.text : '';
  return eb('finding.assignee', '=', wanted === 'me' ? account : wanted);
}

/** The expression of the index, wherever what has no date cannot be meant. */
function dueColumn(operator: FilterOperator, { kind }: FilterValue): RawBuilder<unknown> {
  const isIndexed = kind === 'time' && !operator.startsWith('>');
  return isIndexed ? sql`coalesce(finding.due_at, 'infinity')` : sql`finding.due_at`;
}

function times(column: RawBuilder<unknown>, operator: FilterOperator, values: readonly FilterValue[]): Condition[] {
  return values.map((value) =>
    value.kind === 'time' ? sql<SqlBool>`(${comparedTime(column, operator, value)})` : sql<SqlBool>`${column} is null`,
  );
}

function comparedTime(
  column: RawBuilder<unknown>,
  operator: FilterOperator,
  { time, until }: Extract<FilterValue, { kind: 'time' }>,
): RawBuilder<unknown> {
  switch (operator) {
    case ':':
      return sql`${column} >= ${time} and ${column} < ${until}`;
    case '<':
      return sql`${column} < ${time}`;
    case '>=':
      return sql`${column} >= ${time}`;
    case '<=':
      return sql`${column} < ${until}`;
    case '>':
      return sql`${column} >= ${until}`;
  }
}

/** All of the words, whole ones but for those with `*` behind. Letters and digits only: nothing of it is syntax of tsquery. */
function wordsOf(value: FilterValue): string {
  const text = 'text' in value ? value.text.toLowerCase() : '';
  return [...text.matchAll(/([\p{L}\p{N}]+)(\*?)/gu)]
    .slice(0, 20)
    .map(([, word = '', star]) => word.slice(0, 100) + (star === '*' ? ':*' : ''))
    .join(' & ');
}
