import type { RespondentAnswers } from "../people/answers.ts";

/** Somebody who answered, and their twin who foretold it. */
export interface Pair {
  readonly person: RespondentAnswers;
  readonly twin: RespondentAnswers;
}

/** Who foretells: the twin, or somebody who does not know the person. */
export type ForetoldBy = "twin" | "uniform" | "marginal" | "conditional";

interface Asked {
  readonly item: string;
  readonly options: readonly string[];
  /** What each person answered, as the place of the option. */
  readonly came: readonly number[];
}

/** Half a person for each option (H. Jeffreys, 1946), so that nothing is held to be impossible that nobody said yet. */
const prior = 0.5;

/** Forecasts for each person, never by their own answer: those of others are counted without it. */
export function forecastsOf(
  pairs: readonly Pair[],
  { item, options, came }: Asked,
): readonly { readonly by: ForetoldBy; readonly of: readonly (readonly number[])[] }[] {
  const keys = pairs.map(({ person }) => JSON.stringify(person.attributes));
  const known = Object.keys(pairs[0]?.person.attributes ?? {}).length > 0;
  const counted = (isOther: (place: number, other: number) => boolean) =>
    pairs.map((_, place) => {
      const counts = options.map(() => prior);
      for (const [other, option] of came.entries())
        if (other !== place && isOther(place, other))
          counts[option] = (counts[option] as number) + (pairs[other]?.person.weight ?? 1);
      return counts;
    });
  return [
    { by: "twin", of: pairs.map(({ twin }) => ofTwin(twin.answers[item], options)) },
    { by: "uniform", of: pairs.map(() => options.map(() => 1)) },
    { by: "marginal", of: counted(() => true) },
    ...(known ? [{ by: "conditional" as const, of: counted((place, other) => keys[place] === keys[other]) }] : []),
  ];
}

function ofTwin(answer: Pair["twin"]["answers"][string] | undefined, options: readonly string[]): readonly number[] {
  const shares = answer !== undefined && "distribution" in answer ? answer.distribution : undefined;
  return options.map((option) => (shares === undefined ? Number(answer?.value === option) : (shares[option] ?? 0)));
}
