import { stands } from "../../judge/asking/evidence.ts";
import type { LeftOut, MarkedEvidence, ReportSentence } from "./report.ts";

/** A sentence as it was written: the numbers of the rows that it is said to rest on. */
export interface Claim {
  readonly text: string;
  readonly rows: readonly number[];
}

/**
 * A sentence that rests on what it names, or why it is left out: it rests on no row that is there, quotes what stands in
 * none of its rows, says a figure that neither stands in them nor counts them, or speaks of somebody of whom none of them
 * is. Code decides; what a sentence means is not looked at.
 */
export function checkedClaim(claim: Claim, evidence: readonly MarkedEvidence[]): ReportSentence | LeftOut {
  const text = claim.text.trim();
  const rows = [...new Set(claim.rows)].flatMap((number) => evidence[number - 1] ?? []);
  const why = rows.length === 0 ? "It names no row that it rests on." : fault(text, rows, evidence);
  return why === undefined ? { text, evidence: rows.map(({ mark }) => mark) } : { text, why };
}

/** Why a title or a heading cannot stand over these rows, by the same checks; undefined where it can. */
export function headingFault(text: string, evidence: readonly MarkedEvidence[]): string | undefined {
  return fault(text, evidence, evidence);
}

type Rows = readonly MarkedEvidence[];

function fault(text: string, rows: Rows, all: Rows): string | undefined {
  const strange = quotesIn(text).find((quote) => !rows.some((row) => stands(quote, row)));
  if (strange !== undefined) return `None of its rows says “${strange}”.`;
  const figure = figuresIn(text).find((one) => !isBorne(one, rows, all));
  if (figure !== undefined) return `The figure ${figure} neither stands in its rows nor counts them.`;
  const absent = namesOf(all).find((name) => saysName(text, name) && !rows.some((row) => isAbout(row, name)));
  return absent === undefined ? undefined : `It speaks of ${absent}, of whom none of its rows is.`;
}

/** What stands between quotation marks, if it is more than a word. */
const quoted = /“([^”]+)”|"([^"]+)"|„([^“”]+)[“”]|«([^»]+)»|»([^«]+)«/gu;
const quotesIn = (text: string): readonly string[] => [...text.matchAll(quoted)].map(quoteOf).filter(isLooked);
const quoteOf = (match: readonly (string | undefined)[]): string =>
  match.slice(1).find((part) => part !== undefined) ?? "";
const isLooked = (quote: string): boolean => /\s/u.test(quote.trim());

/** Numbers in digits. */
const number = /\d+(?:[.,]\d+)*/gu;
const numbersIn = (text: string): readonly string[] => [...text.matchAll(number)].map(([one]) => one);
/** Those of a sentence; what stands in a quote that was looked for in the rows, need not be looked for again. */
const figuresIn = (text: string): readonly string[] =>
  numbersIn(text.replace(quoted, (...match) => (isLooked(quoteOf(match.slice(0, 6))) ? "" : match[0])));
/** Without what groups thousands. */
const plainNumber = (figure: string): string => figure.replace(/[.,](?=\d{3}(?:\D|$))/gu, "").replace(",", ".");

/** A figure stands in a row, or counts the rows, the people in them, all rows, all people, or is such a share in percent. */
function isBorne(figure: string, rows: Rows, all: Rows): boolean {
  const value = Number(plainNumber(figure));
  const written = rows.flatMap((row) => [row.text, row.asked ?? ""].flatMap(numbersIn)).map(plainNumber);
  if (written.some((one) => Number(one) === value)) return true;
  const counts = [rows.length, namesOf(rows).length, all.length, namesOf(all).length];
  const shares = [rows.length / all.length, namesOf(rows).length / Math.max(1, namesOf(all).length)];
  return counts.includes(value) || shares.some((share) => Math.round(100 * share) === value);
}

const namesOf = (rows: Rows): readonly string[] => [...new Set(rows.flatMap(({ who }) => who ?? []))];

/** By the whole name, or by its first word where that is a word of its own. */
function saysName(text: string, name: string): boolean {
  const [first = name] = name.split(/\s+/u);
  return hasWord(text, name) || (first.length > 2 && hasWord(text, first));
}

function hasWord(text: string, word: string): boolean {
  const isLetter = (character: string | undefined): boolean => /[\p{L}\p{N}]/u.test(character ?? "");
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  }
  return false;
}

/** Theirs, or one that mentions them: what Oscar says of Lisa bears a sentence about her. */
const isAbout = ({ who, text }: MarkedEvidence, name: string): boolean => who === name || saysName(text, name);
