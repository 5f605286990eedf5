import type { Library, NamedDocument, Passage } from "../../document/search/library.ts";
import { meant, namesOf } from "../../document/search/names.ts";
import type { Outcome } from "../../kernel/contracts/person.ts";
import type { ErrorCatalogue, ErrorRecord } from "../../kernel/values/errors.ts";

/** What can be looked up, and what was refused. */
export interface Shelf {
  readonly library: Library;
  readonly refused: readonly ErrorRecord[];
}

/** Names that one answer lists. */
const listed = 60;
/** Of a document that one answer shows, in characters: about 1,500 tokens of English. */
const portion = 6_000;

/** What a person is told who asks which documents there are. */
export function listing({ library, refused }: Shelf): Outcome {
  const shown = library.documents.slice(0, listed);
  const names = shown.map((one) => `- ${called(one)}`);
  const more = library.documents.length - names.length;
  const lines = [
    names.length === 0 ? "There are no documents." : names.join("\n"),
    ...(more > 0 ? [`… and ${more} more; search for what you want to know.`] : []),
    ...(refused.length > 0 ? [`${refused.length} more cannot be read.`] : []),
  ];
  return { text: lines.join("\n"), sources: shown.map(({ document }) => document.location) };
}

/**
 * What a person is told who consults a document by name; which of its portions, from 1. What is not there fails with
 * DOCUMENT_UNKNOWN, DOCUMENT_AMBIGUOUS, PORTION_UNKNOWN or DOCUMENT_UNREADABLE.
 */
export function consultation(
  { library, refused }: Shelf,
  asked: { readonly name: string; readonly portion: number },
): Outcome {
  const meaning = library.named(asked.name);
  if ("found" in meaning) {
    const one = library.documents[meaning.found];
    return one === undefined ? notFound(asked.name, []) : portionOf(one, asked.portion);
  }
  const at = "several" in meaning ? meaning.several : meaning.near;
  const names = at.flatMap((index) => library.documents[index]?.name ?? []).slice(0, 8);
  if ("several" in meaning) {
    return failure("DOCUMENT_AMBIGUOUS", `"${asked.name}" can mean several documents: ${names.join("; ")}. Say which.`);
  }
  return unreadable(asked.name, refused) ?? notFound(asked.name, names);
}

/** What a person is told who searched. */
export function searchText(query: string, passages: readonly Passage[]): string {
  if (passages.length === 0) return `Nothing about "${query}" was found in the documents.`;
  return passages
    .map((passage, at) => {
      const place = passage.place === undefined ? "" : `, ${passage.place}`;
      // Every line is marked, so that no document can speak for another.
      return `${at + 1}. In ${called(passage)}${place}:\n${passage.text.replace(/^/gm, "> ")}`;
    })
    .join("\n\n");
}

/** A document, or the portion of it that was asked for. */
export function portionOf(one: NamedDocument, asked: number): Outcome {
  const { text } = one.document;
  const starts = portionStarts(text);
  const start = starts[asked - 1];
  const sources = [one.document.location];
  if (start === undefined) {
    return { ...failure("PORTION_UNKNOWN", `${called(one)} has ${starts.length} portions only.`), sources };
  }
  const shown = text.slice(start, starts[asked]).trim();
  if (starts.length === 1) return { text: `${called(one)}:\n\n${shown}`, sources };
  const next = asked < starts.length ? ` (ask for portion ${asked + 1} to read on)` : "";
  return { text: `${called(one)}, portion ${asked} of ${starts.length}${next}:\n\n${shown}`, sources };
}

/** Where portions begin: at the last paragraph, line or word that leaves none of them too long. */
function portionStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; text.length - at > portion; ) {
    const window = text.slice(at, at + portion);
    const cut = ["\n\n", "\n", " "].map((end) => window.lastIndexOf(end) + end.length).find((end) => end > portion / 2);
    at += cut ?? portion;
    starts.push(at);
  }
  return starts;
}

function notFound(name: string, near: readonly string[]): Outcome {
  const meant = near.length === 0 ? "LIST_DOCUMENTS tells which there are." : `Near to it: ${near.join("; ")}.`;
  return failure("DOCUMENT_UNKNOWN", `There is no document called "${name}". ${meant}`);
}

/** For a document that is there and was refused: the reason, without the paths of the machine. */
function unreadable(asked: string, refused: readonly ErrorRecord[]): Outcome | undefined {
  const known = refused.flatMap(({ data }) => (isRefusal(data) ? [data] : []));
  const names = namesOf(known.map(({ location }) => location));
  const meaning = meant(
    asked,
    known.map((document, at) => ({ name: names[at] ?? document.location, document })),
  );
  if (!("found" in meaning)) return undefined;
  const text = `${inLine(names[meaning.found] ?? asked)} cannot be read (${known[meaning.found]?.reason}).`;
  return failure("DOCUMENT_UNREADABLE", text);
}

function isRefusal(data: unknown): data is ErrorCatalogue["DOCUMENT_UNREADABLE"] {
  return typeof data === "object" && data !== null && "location" in data && "reason" in data;
}

const failure = (code: string, text: string): Outcome => ({ text, failed: { code } });

/** On one line, whatever somebody called a file. */
const inLine = (name: string): string => name.replace(/\s+/g, " ");

function called({ name, document: { title } }: NamedDocument): string {
  const shown = inLine(name);
  return title === undefined || title === name ? shown : `${shown} (${title})`;
}
