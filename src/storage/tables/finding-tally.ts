/** How many findings of each sort an asset has, kept by the database itself, in columns `n<severity><state>`. */
export interface FindingTallyTable {
  readonly asset_id: string;
  readonly kind: string;
}
