/** What a document is, beside its text. */
export interface DocumentHead {
  readonly title: string;
  readonly author?: string;
  /** Where it comes from: stands on each page, and in what the file says of itself. */
  readonly stamp?: DocumentStamp;
}

/** Where a document comes from, as a line for people and as names and texts. */
export interface DocumentStamp {
  readonly line: string;
  readonly facts: readonly (readonly [name: string, text: string])[];
}
