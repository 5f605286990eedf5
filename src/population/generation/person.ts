import type { Context } from "../../kernel/contracts/context.ts";
import { type LanguageCode, languageNamed } from "../../kernel/language/tongues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { layFragment, parseFragment } from "../../persona/fragment.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";
import type { Draw } from "../draw.ts";
import type { Specification } from "../specification/schema.ts";
import { contradictionsIn } from "./check/contradictions.ts";
import { type Status, schoolingOf, statusOf } from "./check/status.ts";
import type { GeneratePeopleOptions } from "./people.ts";
import { type PersonBrief, populationMessages, type Setting } from "./prompt.ts";
import { type Depth, writtenSchema } from "./schema.ts";
import { settledBy } from "./settled.ts";
import { degreeWord, partnerWords, withoutDegree } from "./voice/degrees.ts";
import { bigFive, drawVoice, type Voice } from "./voice/temper.ts";
import { temperWord } from "./voice/words.ts";

/** What all people of one generation are written by. */
export interface Brief {
  readonly place: Context;
  readonly setting: Setting;
  readonly options: GeneratePeopleOptions;
  readonly lookups: Lookups;
  /** The same object for the same places, so that what is derived from it is computed once. */
  readonly schemaFor: (places: readonly string[]) => ReturnType<typeof writtenSchema>;
}

interface Lookups {
  readonly nameOf: (id: string) => string | undefined;
  readonly placeOf: (id: string) => string;
}

export function briefFor(place: Context, options: GeneratePeopleOptions, lookups: Lookups): Brief {
  const { following } = place.models.actor.limits;
  const depth: Depth = following === "small" ? "sketch" : (options.depth ?? "standard");
  const schemas = new Map<string, ReturnType<typeof writtenSchema>>();
  return {
    place,
    setting: { specification: options.specification, about: options.about, depth, following },
    options,
    lookups,
    schemaFor: (places) => {
      const key = places.toSorted().join();
      const schema = schemas.get(key) ?? writtenSchema(depth, places);
      schemas.set(key, schema);
      return schema;
    },
  };
}

/** In tokens: several times what is written at most, since models that reason first need room for that. */
const mostTokens: Readonly<Record<Depth, number>> = { sketch: 4_000, standard: 8_000, deep: 14_000 };

/**
 * Writes one person around what was drawn. A text that contradicts the draw is asked for once more, with what was found
 * in it. Throws PERSON_CONTRADICTED when it does so again, and the errors of the model.
 */
export async function writePerson(brief: Brief, draw: Draw, name: string): Promise<Persona> {
  const { specification } = brief.options;
  const settled = settledBy(draw, name, specification);
  const drawn = drawVoice(draw, brief.place.random.fork("voices"));
  const voice: Voice = { ...drawn, temper: { ...drawn.temper, ...settled.temper } };
  const language = settled.persona.languages?.[0] ?? languageOf(specification);
  const partner = draw.household?.partner && brief.lookups.nameOf(draw.household.partner);
  const person = { settled, voice, schooling: schoolingOf(draw, specification), language, partner };
  const status = statusOf(draw, specification);
  const place = brief.place.fork(brief.lookups.placeOf(draw.id));
  const first = await ask({ brief, place, person, status });
  if (first.found.length === 0) return first.persona;
  const second = await ask({ brief, place, person, status }, first.found);
  if (second.found.length > 0) throw contradicted(draw, name, second.found);
  return second.persona;
}

/** That of the people, else the one that goes with their locale. */
function languageOf(specification: Specification | undefined): string | undefined {
  const { language, locale } = specification ?? {};
  if (language !== undefined || locale === undefined) return language;
  return new Intl.DisplayNames("en", { type: "language" }).of(locale.split(/[-_]/)[0] ?? locale);
}

interface Asking {
  readonly brief: Brief;
  readonly place: Context;
  readonly person: PersonBrief;
  readonly status: Status;
}

/** What a model made of it, and where that contradicts what was drawn. */
interface Written {
  readonly persona: Persona;
  readonly found: readonly Issue[];
}

async function ask({ brief, place, person, status }: Asking, before: readonly Issue[] = []): Promise<Written> {
  const { setting, options, schemaFor } = brief;
  const contradictions = before.map(({ path, message }) => `${path} ${message}.`);
  const { value, heuristic } = await place.models.actor.generate({
    messages: populationMessages(setting, person, contradictions),
    schema: schemaFor(person.settled.places),
    purpose: "generate",
    scope: place.scope,
    maxOutputTokens: mostTokens[setting.depth],
    rehearsal: { persona: rehearsed(person) },
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  const persona = together(value, person);
  // Rules do not speak every language.
  const language = heuristic ? undefined : person.language;
  return { persona, found: contradictionsIn(persona, { status, language }) };
}

/** What was written, under what is settled: that wins, and comes first in lists. */
function together(written: Record<string, unknown>, person: PersonBrief): Persona {
  const { settled, language, partner } = person;
  const code = language === undefined ? undefined : languageNamed(language);
  const living =
    partner === undefined ? {} : { relationships: [{ name: partner, description: partnerWords[code ?? "en"] }] };
  const { languages = [], ...rest } = layFragment(
    parsePersona({ ...settled.persona, ...living }),
    parseFragment(written),
    "persona",
  );
  const spoken = language === undefined ? languages : [language, ...languages.filter((other) => other !== language)];
  const big_five = temperOf(person.voice, rest.personality?.big_five ?? {}, code);
  return parsePersona({
    ...rest,
    ...(spoken.length > 0 && { languages: settled.persona.languages ?? spoken }),
    personality: { ...rest.personality, big_five },
  });
}

/** The degrees that were drawn, each with the reason that was written. */
function temperOf({ temper }: Voice, reasons: Readonly<Record<string, unknown>>, code: LanguageCode | undefined) {
  return Object.fromEntries(
    bigFive.map((trait) => {
      const isEnglish = code === undefined || code === "en";
      const reason = reasons[trait] ?? (isEnglish ? temperWord(trait, temper[trait]) : "");
      return [trait, `${degreeWord(temper[trait], code)}. ${withoutDegree(String(reason))}`.trim()];
    }),
  );
}

/** Who a stand-in without language is to play around. */
function rehearsed({ settled, voice, language }: PersonBrief): Readonly<Record<string, unknown>> {
  const big_five = Object.fromEntries(bigFive.map((trait) => [trait, degreeWord(voice.temper[trait], "en")]));
  return { ...settled.persona, ...(language !== undefined && { languages: [language] }), personality: { big_five } };
}

function contradicted(draw: Draw, name: string, issues: readonly Issue[]): TinyTroupeError<"PERSON_CONTRADICTED"> {
  const [first] = issues;
  return new TinyTroupeError(
    "PERSON_CONTRADICTED",
    `What was written of ${name} (${draw.id}) contradicts what was drawn, twice: ${first?.path} ${first?.message}.`,
    {
      data: { draw: draw.id, name, issues },
      hint: "Use a model that follows instructions better, or look whether the values of the draw contradict each other.",
    },
  );
}
