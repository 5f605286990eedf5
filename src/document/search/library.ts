import type { Vectors } from "../../kernel/contracts/embedder.ts";
import type { SourceDocument } from "../document.ts";
import { type Meant, meant, namesOf } from "./names.ts";
import { type DocumentPart, partsOf } from "./parts.ts";
import { type Matcher, matcherOf } from "./words.ts";

/** A document under the name by which it is asked for. */
export interface NamedDocument {
  readonly name: string;
  readonly document: SourceDocument;
}

/** A passage that was found. */
export interface Passage extends DocumentPart, NamedDocument {
  /** In [0, 1]. */
  readonly relevance: number;
}

/** So many of the best by their words are compared by their meaning; a small library in whole. */
const compared = 64;
/** What has less to do with a question is no answer to it. */
const leastRelevance = 0.2;

/** Documents that can be listed, asked for by name, and searched. */
export class Library {
  readonly documents: readonly NamedDocument[];
  readonly #parts: readonly (DocumentPart & NamedDocument)[];
  readonly #match: Matcher;

  constructor(documents: readonly SourceDocument[]) {
    const names = namesOf(documents.map(({ location }) => location));
    this.documents = documents.map((document, at) => ({ name: names[at] ?? document.location, document }));
    this.#parts = this.documents.flatMap((named) => partsOf(named.document).map((part) => ({ ...named, ...part })));
    this.#match = matcherOf(this.#parts.map(searched));
  }

  /** Which documents a name means. */
  named(name: string): Meant {
    return meant(name, this.documents);
  }

  /** The passages that have most to do with a question, best first: by their words, and by their meaning where there are vectors. */
  async search(
    question: string,
    { most, vectors }: { readonly most: number; readonly vectors: Pick<Vectors, "of"> },
  ): Promise<readonly Passage[]> {
    const words = this.#match(question);
    const candidates = [...this.#parts.keys()]
      .sort((one, other) => (words[other] ?? 0) - (words[one] ?? 0) || one - other)
      .slice(0, compared);
    const passages = candidates.flatMap((at) => this.#parts[at] ?? []);
    const found = passages.length === 0 ? undefined : await vectors.of([question, ...passages.map(searched)]);
    const asked = found?.[0];
    return passages
      .map((part, place) => {
        const meaning = Math.max(0, cosine(asked, found?.[place + 1]));
        return { ...part, relevance: 1 - (1 - meaning) * (1 - (words[candidates[place] ?? 0] ?? 0)) };
      })
      .filter(({ relevance }) => relevance >= leastRelevance)
      .sort((one, other) => other.relevance - one.relevance)
      .slice(0, most);
  }
}

/** A passage as it is compared: what it is called says what it is about. */
function searched({ name, document, place, text }: DocumentPart & NamedDocument): string {
  return [document.title ?? name, place, text].filter((line) => line !== undefined).join("\n");
}

/** Of vectors of norm 1. */
function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  if (one === undefined || other === undefined) return 0;
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
