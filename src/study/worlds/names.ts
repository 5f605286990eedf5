import { NameIndex } from "../../kernel/language/names.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Somebody by name. */
export interface Called {
  readonly name: string;
}

/** The people of a study who are called so; everybody when nobody is named. STUDY_INVALID for a name of nobody, or of several. */
export function named<Person extends Called>(
  who: string | readonly string[] | undefined,
  people: readonly Person[],
  path = "steps",
): readonly Person[] {
  if (who === undefined) return people;
  const index = new NameIndex(people);
  return [who].flat().map((name) => {
    const found = index.find(name);
    if (found.length === 1) return found[0] as Person;
    const [near] = found.length === 0 ? index.near(name) : [];
    const message = `'${name}' names ${found.length === 0 ? "nobody" : "several people"} of this study.`;
    const hint = `${near === undefined ? "" : `Did you mean ${near.name}? `}Its people: ${listed(people)}.`;
    throw new TinyTroupeError("STUDY_INVALID", message, {
      data: { issues: [{ path, message: `${message} ${hint}` }] },
      hint,
    });
  });
}

/** Of a crowd the first. */
const listed = (people: readonly Called[]): string =>
  [...people.slice(0, 12).map(({ name }) => name), ...(people.length > 12 ? ["…"] : [])].join(", ");

/** The one person who is called so, or the name itself where nobody is: a voice from outside. */
export function personOrVoice<Person extends Called>(name: string, people: readonly Person[]): Person | string {
  const found = new NameIndex(people).find(name);
  return found.length === 1 ? (found[0] as Person) : name;
}

/** The whole name of the one who is called so; the name as it is, where nobody known is. */
export const fullName = (name: string, people: readonly Called[]): string => {
  const found = personOrVoice(name, people);
  return typeof found === "string" ? found : found.name;
};
