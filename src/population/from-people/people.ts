import type { Context } from "../../kernel/contracts/context.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { checkConsent } from "../../persona/origin/consent.ts";
import type { Consent } from "../../persona/origin/origin.ts";
import type { Draw } from "../draw.ts";
import { eachPerson } from "../generation/generate.ts";
import type { GeneratePeopleOptions, PersonResult } from "../generation/people.ts";
import type { MicrodataRow } from "../microdata/rows.ts";
import { readable } from "./readable.ts";
import { valuesOf } from "./row.ts";
import { originOf, personaFromTranscript } from "./transcript.ts";

/** An interview from which somebody is to be made. */
export interface RecordedInterview {
  /** By what the population knows them: no two have the same. */
  readonly id: string;
  readonly text: string;
  /** Where it is from: a file, a study. */
  readonly source: string;
  /** What the person is called: a pseudonym, say. The name in the transcript, unless told. */
  readonly name?: string;
  /** What this person agreed to, where that is not what all did. */
  readonly consent?: Consent;
}

/** How interviews become people. */
export interface PeopleFromInterviewsOptions
  extends Pick<GeneratePeopleOptions, "temperature" | "signal" | "onPerson"> {
  /** What those agreed to whose interview does not say it. */
  readonly consent?: Consent;
  /** The language in which the personas are written; that of the answers, unless told. */
  readonly language?: string;
}

/** What stands in a folder for an interview: whence, and by its digest whether it is still the same. */
export const drawOfInterview = ({ id, text, source }: RecordedInterview): Draw => {
  return { id, values: { transcript: source, sha256: digestJson(readable(text).text).slice(0, 16) }, weight: 1 };
};

/** Refuses interviews without consent or words before anybody is asked. Throws CONSENT_MISSING and OPTION_INVALID. */
export function checkInterviews(interviews: readonly RecordedInterview[], consent: Consent | undefined): void {
  for (const { id, text, source, consent: own = consent } of interviews) {
    const read = readable(text);
    checkConsent(originOf(read, { source, ...(own && { consent: own }) }), id);
    if (read.text.trim() !== "") continue;
    throw new TinyTroupeError("OPTION_INVALID", `Nothing was answered in ${source}.`, {
      data: { option: "transcript", value: source },
      hint: "Leave it out, or go on with the interview first.",
    });
  }
}

/** A person of each interview, side by side; who cannot be made is a result with an error. */
export function peopleFromInterviews(
  placeOf: (id: string) => Context,
  interviews: readonly RecordedInterview[],
  { consent, onPerson, ...options }: PeopleFromInterviewsOptions,
): Promise<readonly PersonResult[]> {
  const byId = new Map(interviews.map((interview) => [interview.id, interview]));
  const names = interviews.map(({ id, name }) => name ?? id);
  return eachPerson(interviews.map(drawOfInterview), { names, onPerson }, async (draw) => {
    const { text, source, name, consent: own = consent } = byId.get(draw.id) as RecordedInterview;
    const asked = { ...options, source, ...(name !== undefined && { name }), ...(own && { consent: own }) };
    const { persona, origin, evidence } = await personaFromTranscript(placeOf(draw.id), text, asked);
    const quotes = evidence.map(({ about, quote }) => ({ about, quote }));
    return { draw, name: persona.name, persona, origin: { ...origin, subject: draw.id, evidence: quotes } };
  });
}

/** A row as somebody who was drawn, and the name that it gives. */
export interface RowAsDraw {
  readonly draw: Draw;
  readonly name?: string;
}

/** Rows as draws: columns `id`, `name` and `weight` are what they are called, and the others are values. */
export function drawsOfRows(rows: readonly MicrodataRow[]): readonly RowAsDraw[] {
  const digits = Math.max(4, String(rows.length).length);
  return rows.map((row, index) => {
    const entries = Object.entries(row);
    const cell = (column: string): string =>
      String(entries.find(([key]) => key.trim().toLowerCase() === column)?.[1] ?? "").trim();
    const values = entries.filter(([key]) => !["id", "name", "weight"].includes(key.trim().toLowerCase()));
    const [id, name, weight] = [cell("id"), cell("name"), Number(cell("weight") || 1)];
    const draw = {
      ...{ id: id === "" ? String(index + 1).padStart(digits, "0") : id, values: valuesOf(Object.fromEntries(values)) },
      weight: Number.isFinite(weight) && weight >= 0 ? weight : 1,
    };
    return { draw, ...(name !== "" && { name }) };
  });
}
