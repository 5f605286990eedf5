/** Households of one size. */
export interface HouseholdSizeRow {
  readonly size: number;
  /** The share of households that is asked, and the one that they have. */
  readonly target: number;
  readonly share: number;
  readonly count: number;
}

/** How alike partners are in one dimension. */
export interface LikenessOfPartners {
  readonly dimension: string;
  /** `same`: the share of couples who have the same value; `gap`: how far apart they are on average. */
  readonly measure: "same" | "gap";
  readonly target: number;
  readonly achieved: number;
  /** Of a gap: its standard deviation, as asked and as it is. */
  readonly sd?: number;
  readonly achievedSd?: number;
}

/** Who lives together, against what was asked. */
export interface HouseholdReport {
  readonly households: number;
  readonly sizes: readonly HouseholdSizeRow[];
  /** Of those who can have a partner in their household, how many do. */
  readonly partners?: { readonly target: number; readonly share: number; readonly couples: number };
  readonly likeness: readonly LikenessOfPartners[];
}
