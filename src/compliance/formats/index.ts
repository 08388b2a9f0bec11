import { csv } from './csv.ts';
import type { ComplianceFormat } from './format.ts';
import { html } from './html/index.ts';
import { json } from './json.ts';
import { oscal } from './oscal.ts';
import { table } from './table.ts';

/** Every format, in the order in which help texts name them. */
export const complianceFormats: readonly ComplianceFormat[] = [table, html, json, oscal, csv];
