import { stands } from "../../judge/asking/evidence.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import { checkKeys } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { likelyTokens } from "../../model/flow/money/likely-tokens.ts";
import { checkConsent } from "../../persona/origin/consent.ts";
import type { Consent, Origin } from "../../persona/origin/origin.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";
import { type Readable, readable } from "./readable.ts";
import { transcriptMessages } from "./transcript-prompt.ts";
import { type FromTranscript, transcriptSchema } from "./transcript-schema.ts";

/** How a transcript becomes a persona. */
export interface FromTranscriptOptions {
  /** What the person is called: a pseudonym, say. The name in the transcript, unless told. */
  readonly name?: string;
  /**
   * What the person who was interviewed agreed to. A transcript of an `Interviewer` that has their consent needs none, nor
   * does one of a simulated person.
   */
  readonly consent?: Consent;
  /** Where the transcript is from: a study, a file. */
  readonly source: string;
  /** The language in which the persona is written, as in "Korean"; that of the answers, unless told. */
  readonly language?: string;
  readonly temperature?: number;
  readonly signal?: AbortSignal;
}

/** Where the transcript says what a persona says. */
export interface TranscriptEvidence {
  /** The place of the persona, as in `age` or `expert_reflections.psychologist`. */
  readonly about: string;
  readonly quote: string;
}

/** Somebody who was made from an interview. */
export interface PersonaFromTranscript {
  readonly persona: Persona;
  /** To be kept beside the persona: `savePersona(file, persona, origin)`. */
  readonly origin: Origin;
  readonly evidence: readonly TranscriptEvidence[];
  /** Rules, not a language model, made it: what is not quoted has nothing to do with the transcript. */
  readonly heuristic?: true;
}

/** In tokens, for the answer and for what is asked beside the transcript. */
const apart = { answer: 8_000, rules: 4_000 } as const;

/**
 * A persona from an interview, in one call: age, gender, nationality, residence, education and occupation only where the
 * transcript says them, and what four experts make of the person, as background (J. S. Park et al., "Generative Agent
 * Simulations of 1,000 People", 2024). Each of these has a quote that code finds in the transcript; an answer with a
 * false quote is asked for once more. Throws CONSENT_MISSING; OPTION_INVALID for an empty transcript; CONTEXT_EXCEEDED for
 * one that the model cannot read whole; MODEL_INVALID for false quotes, twice; and the errors of the model.
 * @example
 * const consent = { given: true, scope: "simulated interviews" };
 * const { persona } = await personaFromTranscript(context, "Q: What do you do?\n\nA: I bake bread.", { consent, source: "pilot" });
 */
export async function personaFromTranscript(
  context: Context,
  transcript: string,
  options: FromTranscriptOptions,
): Promise<PersonaFromTranscript> {
  const { name, language } = options;
  checkKeys(options, knownOptions, "the options of a transcript");
  const source = readable(transcript);
  const origin = originOf(source, options);
  checkConsent(origin, name ?? "this person");
  checkLength(context, source.text);
  const key = digestJson({ transcript: source.text, name: name ?? null, language: language ?? null }).slice(0, 16);
  const place = context.fork(`transcript:${key}`);
  const first = await ask(place, { source, options, wrong: [] });
  const last = first.wrong.length === 0 ? first : await ask(place, { source, options, wrong: first.wrong });
  if (last.wrong.length > 0) throw unfounded(place.models.actor.id, last);
  return { ...written(last, name), origin, ...(last.heuristic && { heuristic: true }) };
}

/** Where somebody comes from whom a transcript tells of. */
export function originOf(
  { consent: agreed, collected, simulated }: Readable,
  { source, consent = agreed }: Pick<FromTranscriptOptions, "source" | "consent">,
): Origin {
  return {
    ...{ kind: simulated === undefined ? "interview" : "simulated", source },
    ...(collected !== undefined && { collected }),
    ...(consent && { consent }),
  };
}

const knownOptions = {
  ...({ name: true, consent: true, source: true, language: true } as const),
  ...({ temperature: true, signal: true } as const),
};

function checkLength({ models }: Context, transcript: string): void {
  if (transcript.trim() === "") {
    throw new TinyTroupeError("OPTION_INVALID", "The transcript is empty.", {
      data: { option: "transcript" },
      hint: "Give the text of the interview, questions and answers.",
    });
  }
  const { id, limits } = models.actor;
  const kept = Math.min(apart.answer + apart.rules, Math.floor(limits.contextTokens / 2));
  const [tokens, limit] = [likelyTokens(transcript), limits.contextTokens - kept];
  if (tokens <= limit) return;
  throw new TinyTroupeError(
    "CONTEXT_EXCEEDED",
    `The transcript has about ${tokens} tokens; ${id} has room for ${limit} beside its answer.`,
    { data: { model: id, tokens, limit }, hint: "Use a model with more context, or choose the parts that matter." },
  );
}

interface Asking {
  readonly source: Readable;
  readonly options: FromTranscriptOptions;
  readonly wrong: readonly string[];
}

interface Answer {
  readonly value: FromTranscript;
  readonly evidence: readonly TranscriptEvidence[];
  readonly wrong: readonly string[];
  readonly heuristic?: true | undefined;
}

async function ask(place: Context, { source, options, wrong }: Asking): Promise<Answer> {
  const { name, language, temperature, signal } = options;
  const { actor } = place.models;
  const { value, heuristic } = await actor.generate({
    messages: transcriptMessages({ transcript: source.text, name, language, wrong }),
    schema: transcriptSchema(actor.limits.following === "small" ? "sketch" : "standard"),
    purpose: "generate",
    scope: place.scope,
    maxOutputTokens: apart.answer,
    ...(name !== undefined && { rehearsal: { persona: { name, ...(language && { languages: [language] }) } } }),
    ...(temperature !== undefined && { temperature }),
    ...(signal !== undefined && { signal }),
  });
  const quoted = quotesOf(value);
  // Words that are far apart in an interview make no quote, whatever dots are between them.
  const isTrue = ({ quote }: TranscriptEvidence): boolean => source.passages.some((passage) => stands(quote, passage));
  const evidence = quoted.filter(isTrue);
  const untrue = quoted.filter((one) => !evidence.includes(one));
  // Rules cannot quote: what they made up is left out instead.
  return { value, evidence, heuristic, wrong: heuristic ? [] : untrue.map(inWords) };
}

const inWords = ({ about, quote }: TranscriptEvidence): string =>
  `${about}: "${quote}" does not stand in the transcript.`;

const background = "expert_reflections";

function quotesOf({ told, reflections }: FromTranscript): readonly TranscriptEvidence[] {
  return [
    ...Object.entries(told).flatMap(([about, one]) => (one === null ? [] : [{ about, quote: one.quote }])),
    ...Object.entries(reflections).map(([expert, { quote }]) => ({ about: `${background}.${expert}`, quote })),
  ];
}

function written(
  { value, evidence }: Answer,
  given: string | undefined,
): Pick<PersonaFromTranscript, "persona" | "evidence"> {
  const { name, told, reflections, ...rest } = value;
  const isFounded = (place: string): boolean => evidence.some(({ about }) => about === place);
  const known = Object.entries(told).filter(([about]) => isFounded(about));
  const thoughts = Object.entries(reflections).filter(([expert]) => isFounded(`${background}.${expert}`));
  const persona = parsePersona({
    name: given ?? name,
    ...Object.fromEntries(known.map(([place, one]) => [place, one?.value])),
    ...rest,
    ...(thoughts.length > 0 && {
      [background]: Object.fromEntries(thoughts.map(([expert, { text }]) => [expert, text])),
    }),
  });
  return { persona, evidence };
}

function unfounded(model: string, { value, wrong }: Answer): TinyTroupeError<"MODEL_INVALID"> {
  return new TinyTroupeError("MODEL_INVALID", `${model} quoted what the transcript does not say, twice: ${wrong[0]}`, {
    data: { model, text: JSON.stringify(value), issues: wrong },
    hint: "Ask again, or use a model that follows instructions better.",
  });
}
