declare const kind: unique symbol;
/** A string that says what it names, so that a person's id cannot be passed for a run's. */
type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** A run: the slug of its name and six characters of its identity. */
export type RunId = Id<"run">;
/** A person of a run: the slug of the name; of a fork of theirs, with its name: `lisa/interview`. */
export type PersonId = Id<"person">;
/** A world of a run: the slug of its name. */
export type WorldId = Id<"world">;
/** `<scope>#<ordinal>`: the same in every run of the same study. */
export type EventId = Id<"event">;

/**
 * A name as an id: lower case, letters and digits of any script, words joined by hyphens. A name of signs alone is
 * told by their code points.
 * @param mostBytes for the name of a file: whole characters of at most so many bytes as UTF-8
 * @example
 * slug("Lisa Brannigan"); // => "lisa-brannigan"
 */
export function slug(name: string, mostBytes = Number.POSITIVE_INFINITY): string {
  const words = name
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu);
  const signs = name.match(/\p{S}/gu)?.map((sign) => (sign.codePointAt(0) ?? 0).toString(16));
  return cut((words ?? signs ?? ["unnamed"]).join("-"), mostBytes);
}

function cut(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let bytes = 0;
  const fitting = [...text].filter((character) => {
    bytes += Buffer.byteLength(character);
    return bytes <= mostBytes;
  });
  return fitting.join("").replace(/-$/, "");
}
