import { int64 } from './numbers.ts';
import { Duration, formatDuration, formatTimestamp, Timestamp } from './times.ts';
import {
  Double,
  EvaluationFault,
  isList,
  isMap,
  type MapKey,
  Optional,
  TypeName,
  Unsigned,
  type Value,
} from './value.ts';

const MAX_DEPTH = 200;

/** A parsed document (JSON, YAML) as a value: whole numbers are ints, as an API server has them; other numbers doubles. */
export function valueOfJson(json: unknown, depth = 0): Value {
  if (depth > MAX_DEPTH) throw new EvaluationFault(`the document is nested more than ${MAX_DEPTH} deep`);
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : new Double(json);
  if (typeof json === 'bigint') return BigInt.asIntN(64, json) === json ? int64(json) : new Double(Number(json));
  if (Array.isArray(json)) return json.map((item) => valueOfJson(item, depth + 1));
  if (typeof json !== 'object' || json === null) return null;
  const map = new Map<MapKey, Value>();
  if (json instanceof Map) for (const [key, value] of json) map.set(String(key), valueOfJson(value, depth + 1));
  else for (const [key, value] of Object.entries(json)) map.set(key, valueOfJson(value, depth + 1));
  return map;
}

/** What a reader of a report is shown: times as texts, bytes in base64, types by name. */
export function jsonOfValue(value: Value): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Double) return value.value;
  if (value instanceof Unsigned) return typeof value.value === 'number' ? value.value : String(value.value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (isList(value)) return value.map(jsonOfValue);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, one]) => [String(key), jsonOfValue(one)]));
  if (value instanceof TypeName) return value.name;
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Optional) return value.value === undefined ? null : jsonOfValue(value.value);
  return String(value);
}
