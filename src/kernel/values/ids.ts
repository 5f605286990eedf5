declare const kind: unique symbol;
/** A string that says what it names, so that a person's id cannot be passed for a run's. */
type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** A run: the slug of its name and six characters of its identity. */
export type RunId = Id<"run">;
/** A person of a run: the slug of the name. */
export type PersonId = Id<"person">;
/** A world of a run: the slug of its name. */
export type WorldId = Id<"world">;
/** `<scope>#<ordinal>`: the same in every run of the same study. */
export type EventId = Id<"event">;

/**
 * A name as an id: lower case, letters and digits of any script, words joined by hyphens. A name of signs alone is
 * told by their code points.
 * @example
 * slug("Lisa Brannigan"); // => "lisa-brannigan"
 */
export function slug(name: string): string {
  const words = name
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  const signs = name.match(/\p{S}/gu)?.map((sign) => (sign.codePointAt(0) ?? 0).toString(16));
  return (words ?? signs ?? ["unnamed"]).join("-");
}
