import type { SourceDocument } from "../document.ts";

/** A passage of a document that can be read by itself. */
export interface DocumentPart {
  readonly text: string;
  /** Where it stands: its headings, else its page. */
  readonly place?: string;
}

/** In characters: about two hundred tokens of English. */
const longestPart = 900;
const longestPlace = 120;

interface Block {
  readonly text: string;
  readonly at: number;
  /** Of a heading: how deep, from 1. */
  readonly level?: number;
}

/** A document in passages: whole paragraphs under one heading as long as there is room, long paragraphs in sentences. */
export function partsOf({ text, pages }: Pick<SourceDocument, "text" | "pages">): readonly DocumentPart[] {
  const parts: DocumentPart[] = [];
  const headings: string[] = [];
  let gathered: Block | undefined;
  const flush = (): void => {
    if (gathered === undefined) return;
    const place = headings.length > 0 ? headed(headings) : pageAt(gathered.at, pages);
    for (const piece of pieces(gathered.text)) parts.push({ text: piece, ...(place === undefined ? {} : { place }) });
    gathered = undefined;
  };
  for (const block of blocksOf(text)) {
    if (block.level !== undefined) {
      flush();
      headings.length = Math.min(headings.length, block.level - 1);
      headings.push(block.text.replace(/^#+\s*/, ""));
      continue;
    }
    if (gathered !== undefined && gathered.text.length + block.text.length + 2 > longestPart) flush();
    gathered = gathered === undefined ? block : { text: `${gathered.text}\n\n${block.text}`, at: gathered.at };
  }
  flush();
  return parts;
}

/** What stands between empty lines, headings by themselves; fenced code stays together. */
function* blocksOf(text: string): Generator<Block> {
  let lines: string[] = [];
  let [begin, at, fenced] = [0, 0, false];
  const take = function* (level?: number): Generator<Block> {
    const block = lines.join("\n").trim();
    if (block !== "") yield { text: block, at: begin, ...(level === undefined ? {} : { level }) };
    lines = [];
  };
  for (const line of text.split("\n")) {
    const level = fenced ? undefined : /^ {0,3}(#{1,6})[ \t]/.exec(line)?.[1]?.length;
    if (level !== undefined || (!fenced && line.trim() === "")) yield* take();
    if (lines.length === 0) begin = at;
    if (lines.length > 0 || line.trim() !== "") lines.push(line);
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (level !== undefined) yield* take(level);
    at += line.length + 1;
  }
  yield* take();
}

/** A text that is too long for one part, cut between sentences, else between words, else anywhere. */
function* pieces(text: string): Generator<string> {
  let rest = text;
  while (rest.length > longestPart) {
    const start = rest.slice(0, longestPart);
    const ends = [...start.matchAll(/[.!?…。！？]["'”’)]*\s|[。！？]|\n/gu)].at(-1);
    const sentence = ends === undefined ? 0 : ends.index + ends[0].length;
    const word = start.search(/\s\S*$/);
    const cut = sentence > longestPart / 3 ? sentence : word > longestPart / 3 ? word : whole(start);
    yield rest.slice(0, cut).trim();
    rest = rest.slice(cut).trim();
  }
  if (rest !== "") yield rest;
}

/** Its length, without half of a character at the end. */
function whole(text: string): number {
  return /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
}

function headed(headings: readonly string[]): string {
  const place = headings.filter((heading) => heading !== "").join(" › ");
  return place.length <= longestPlace ? place : `…${place.slice(1 - longestPlace)}`;
}

function pageAt(at: number, pages: readonly number[] = []): string | undefined {
  const page = pages.findLastIndex((begin) => begin <= at);
  return page === -1 ? undefined : `page ${page + 1}`;
}
