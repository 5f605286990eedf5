/** What a document is, beside its text. */
export interface DocumentHead {
  readonly title: string;
  readonly author?: string;
  /** Where it comes from: stands on each page, and in what the file says of itself. */
  readonly stamp?: DocumentStamp;
  /** Pictures for PDF and Word, by the address by which the text shows them: `![Ages](figure:1)`, alone on its line. */
  readonly figures?: ReadonlyMap<string, Figure>;
}

/** A picture as SVG, sized in pixels, with dark ink of its own for white paper. */
export interface Figure {
  readonly svg: string;
  /** What is to be seen in it, for who does not see it. */
  readonly description: string;
}

/** Where a document comes from, as a line for people and as names and texts. */
export interface DocumentStamp {
  readonly line: string;
  readonly facts: readonly (readonly [name: string, text: string])[];
}
