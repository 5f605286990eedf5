import { z } from "zod";
import type { Actor } from "../../kernel/contracts/person.ts";
import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { longestType } from "./relation.ts";
import { TinySocialNetwork } from "./social-network.ts";

const text = z.string().min(1);
const Saved = z.strictObject({
  people: z.array(z.strictObject({ id: text, name: text })),
  relations: z.array(z.tuple([text, text, text.max(longestType), z.number().positive()])),
});

/**
 * The network that was saved as data, among people who are here now. NETWORK_INVALID for what is no network, and for
 * somebody in it who is not among them.
 * @example
 * const family = new TinySocialNetwork([lisa, oscar]).addMutualRelation(lisa, oscar, { type: "brother" });
 * networkFrom(JSON.parse(JSON.stringify(family)), [lisa, oscar]).size; // => 2
 */
export function networkFrom<P extends Actor>(saved: unknown, people: readonly P[]): TinySocialNetwork<P> {
  const read = Saved.safeParse(saved);
  if (!read.success) throw invalidNetwork(issuesInWords(read.error.issues, { schema: Saved, whole: saved }));
  const byId = new Map(people.map((person) => [person.id, person]));
  const missing = read.data.people.flatMap(({ id, name }, place): Issue[] =>
    byId.has(id) ? [] : [{ path: `people.${place}`, message: `'${name}' is not among the people who are here.` }],
  );
  const strangers = read.data.relations.flatMap(([from, to], place): Issue[] => {
    const path = `relations.${place}`;
    if (from === to) return [{ path, message: "Nobody is related to themselves." }];
    return byId.has(from) && byId.has(to)
      ? []
      : [{ path, message: `It is between '${from}' and '${to}': both must be among the people.` }];
  });
  if (missing.length + strangers.length > 0) throw invalidNetwork([...missing, ...strangers]);
  const network = new TinySocialNetwork(people);
  for (const [from, to, type, weight] of read.data.relations) network.addRelation(from, to, { type, weight });
  return network;
}

export function invalidNetwork(issues: readonly Issue[], file?: string): TinyTroupeError<"NETWORK_INVALID"> {
  const head = `The network${file === undefined ? "" : ` ${file}`} is not valid:`;
  return new TinyTroupeError("NETWORK_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: { ...(file !== undefined && { file }), issues },
    hint: "Mend what is named above; a relation needs two different people who are in the network.",
  });
}
