import type { SourceDocument } from "../document.ts";
import { refusal } from "../refusal.ts";

/** The document, where somebody who is shown it has something to read. Throws DOCUMENT_UNREADABLE. */
export function withText(document: SourceDocument): SourceDocument {
  if (document.text.trim() !== "") return document;
  throw refusal(document.location, "kind", { words: "there is no text in it" });
}
