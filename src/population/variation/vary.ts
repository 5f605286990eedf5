import type { z } from "zod";
import type { Context } from "../../kernel/contracts/context.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { canonicalJson, digestJson } from "../../kernel/values/hash.ts";
import { defineAt, getAt } from "../../persona/access.ts";
import { type Origin, variedOrigin } from "../../persona/origin/origin.ts";
import type { Persona } from "../../persona/schema.ts";
import { textsOf } from "./texts.ts";
import { type Changed, Edits, varyMessages } from "./vary-prompt.ts";

/** What is to be otherwise, and how it is found out what follows. */
export interface VaryOptions {
  /** Values by dotted path; null takes away. */
  readonly change: Readonly<Record<string, unknown>>;
  /** What the change means, in words: "She inherited a house." */
  readonly what?: string;
  /** Where the person comes from, as `loadPerson` or `loadPopulation` give it: their consent holds of the variation too. */
  readonly origin?: Origin | undefined;
  /** `false` lays the change on and asks no model what follows from it. */
  readonly rewrite?: boolean;
  readonly temperature?: number;
  readonly signal?: AbortSignal;
}

/** One difference between a person and their variation. */
export interface VariationRow {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** `change`: it was asked for; `consequence`: it follows from that, and `because` says why. */
  readonly by: "change" | "consequence";
  readonly because: string;
}

/** Somebody as they would be if something were otherwise. */
export interface VariedPersona {
  readonly persona: Persona;
  readonly rows: readonly VariationRow[];
  /** The origin that was given, and what was changed: for `savePersona`. */
  readonly origin?: Origin;
  /** Rules, not a language model, found what follows. */
  readonly heuristic?: true;
}

type Edit = z.output<typeof Edits>["edits"][number];

/**
 * What if they were poorer, older, had children? Code lays the change on; one model call names the texts that cannot
 * stand beside it and rewrites these: all else is held, to the letter. Who was made from somebody real has their consent in
 * the `origin`.
 * Throws OPTION_INVALID for another name and for paths that lead nowhere, MODEL_UNSUPPORTED for models that are too small
 * to be asked, MODEL_INVALID for rewritings of what is not there, and the model's errors.
 * @example
 * const { persona, rows } = await varyPersona(context, lisa.persona, { change: { age: 74 } });
 */
export async function varyPersona(context: Context, persona: Persona, options: VaryOptions): Promise<VariedPersona> {
  const { change } = options;
  const changes = changesOf(persona, change);
  const changed = changes.reduce((before, { path, after }) => defineAt(before, path, { value: after }), persona);
  const rows = changes.map(changeRow);
  const told = rows.map(({ path, before, after }) => `${path}: ${before || "nothing"} → ${after || "nothing"}`);
  const origin = options.origin && { origin: variedOrigin(options.origin, told) };
  if (options.rewrite === false || changes.length === 0) return { persona: changed, rows, ...origin };
  const place = context.fork(`variation:${digestJson({ persona, change, what: options.what ?? null }).slice(0, 16)}`);
  const { edits, heuristic } = await consequencesOf(place, { changed, changes }, options);
  return {
    persona: edits.reduce((before, { path, text }) => defineAt(before, path, { value: text }), changed),
    rows: [...rows, ...edits.map((edit) => editRow(changed, edit))],
    ...origin,
    ...(heuristic && { heuristic }),
  };
}

function changesOf(persona: Persona, change: Readonly<Record<string, unknown>>): readonly Changed[] {
  if (Object.keys(change).some((path) => path === "name")) throw renamed(change["name"]);
  return Object.entries(change)
    .map(([path, after]) => ({ path, before: getAt(persona, path), after }))
    .filter(({ before, after }) => canonicalJson(before ?? null) !== canonicalJson(after ?? null));
}

interface Varied {
  readonly changed: Persona;
  readonly changes: readonly Changed[];
}

async function consequencesOf(place: Context, { changed, changes }: Varied, options: VaryOptions) {
  const { actor } = place.models;
  if (actor.limits.following === "small") throw tooSmall(actor.id);
  const isChanged = (path: string): boolean => changes.some((one) => `${path}.`.startsWith(`${one.path}.`));
  const texts = textsOf(changed).filter(({ path }) => !isChanged(path));
  const places = new Set(texts.map(({ path }) => path));
  const ask = async (wrong: readonly string[]) => {
    const { value, heuristic } = await actor.generate({
      messages: varyMessages({ name: changed.name, texts }, changes, { what: options.what, wrong }),
      schema: Edits,
      purpose: "generate",
      scope: place.scope,
      rehearsal: { persona: changed },
      ...(options.temperature !== undefined && { temperature: options.temperature }),
      ...(options.signal && { signal: options.signal }),
    });
    return { edits: value.edits, heuristic, wrong: wrongIn(value.edits, places) };
  };
  const first = await ask([]);
  const last = first.wrong.length === 0 ? first : await ask(first.wrong);
  if (last.wrong.length > 0) throw unusable(actor.id, last);
  const edits = last.edits.filter(({ path, text }) => getAt(changed, path) !== text);
  return { edits, heuristic: last.heuristic };
}

function wrongIn(edits: readonly Edit[], places: ReadonlySet<string>): readonly string[] {
  const twice = edits.filter(({ path }, at) => edits.findIndex((other) => other.path === path) < at);
  return [
    ...edits.filter(({ path }) => !places.has(path)).map(({ path }) => `There is no text at '${path}'.`),
    ...twice.map(({ path }) => `'${path}' is rewritten twice.`),
  ];
}

const shown = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

const changeRow = ({ path, before, after }: Changed): VariationRow => {
  return { path, before: shown(before), after: shown(after), by: "change", because: "" };
};

const editRow = (persona: Persona, { path, text, because }: Edit): VariationRow => {
  return { path, before: shown(getAt(persona, path)), after: text, by: "consequence", because };
};

function renamed(name: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "A variation keeps the name: it is the same person.", {
    data: { option: "change.name", value: name },
    hint: "Leave the name out; simulation.person(person, { name }) gives somebody of another name.",
  });
}

function tooSmall(model: string): TinyTroupeError<"MODEL_UNSUPPORTED"> {
  return new TinyTroupeError(
    "MODEL_UNSUPPORTED",
    `The model ${model} is too small to say what follows from a change.`,
    {
      data: { model, feature: "variations" },
      hint: "Give { rewrite: false } to lay the change on alone, or use a larger model.",
    },
  );
}

function unusable(model: string, { edits, wrong }: { edits: readonly Edit[]; wrong: readonly string[] }) {
  return new TinyTroupeError("MODEL_INVALID", `${model} rewrote what is not in the persona, twice: ${wrong[0]}`, {
    data: { model, text: JSON.stringify(edits), issues: wrong },
    hint: "Ask again, or use a model that follows instructions better.",
  });
}
