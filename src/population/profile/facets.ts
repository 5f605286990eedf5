import type { Member } from "./people/people.ts";
import { valuesAt } from "./people/values.ts";

/** What a profile looks at unless told otherwise: who people are, and what they are made of. */
export const facets: readonly string[] = [
  ...[
    "age",
    "gender",
    "nationality",
    "country_of_residence",
    "residence",
    "languages",
    "education",
    "occupation.title",
  ],
  ...["personality.traits", "preferences.interests", "preferences.likes", "preferences.dislikes", "long_term_goals"],
  ...[
    "beliefs",
    "skills",
    "behaviors.general",
    "behaviors.routines",
    "relationships.name",
    "relationships.description",
  ],
  ...["health", "style", "other_facts"],
];

/** What a profile correlates unless told otherwise, beside the numbers that were drawn. */
export const degrees: readonly string[] = [
  "age",
  ...["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"].map(
    (trait) => `personality.big_five.${trait}`,
  ),
];

/** The places that somebody says something in: those drawn, then those given. */
export function placesOf(people: readonly Member[], given: readonly string[]): readonly string[] {
  const drawn = people.flatMap(({ draw }) => Object.keys(draw ?? {}));
  return [...new Set([...drawn, ...given])].filter((path) =>
    people.some((person) => valuesAt(person, path).length > 0),
  );
}
