import { type ComparedPair, whose } from "../pairs/pairs.ts";

/** What belongs together among pairs, and why that was taken for it. */
export interface Clustering {
  readonly by: "pair" | "person" | "session" | "person and session";
  readonly why: string;
  readonly clusters: readonly string[];
  /** Across those. */
  readonly crossed?: readonly string[];
}

/**
 * Which pairs go together. Whoever met heard each other: their session is what chance gives anew. Who comes again with another
 * seed, replicate, model or wording is the same person. Where both is so, both count.
 */
export function clusteringOf(pairs: readonly ComparedPair[]): Clustering {
  const people = pairs.map(whose);
  const sessions = pairs.map(({ session }, place) => session ?? JSON.stringify(["alone", place]));
  const [ofPeople, ofSessions] = [new Set(people).size, new Set(sessions).size];
  const [again, met] = [ofPeople < pairs.length, ofSessions < pairs.length];
  if (!met && !again) return { by: "pair", why: "Everybody was compared once, and met nobody.", clusters: people };
  if (!met)
    return {
      by: "person",
      why: `${ofPeople} people were compared ${pairs.length} times: what is of one person counts as one.`,
      clusters: people,
    };
  const homes = Map.groupBy(pairs.keys(), (place) => people[place] as string).values();
  const settled = [...homes].every((places) => new Set(places.map((place) => sessions[place])).size === 1);
  const together = `${ofSessions} sessions, in which people met and heard each other`;
  if (settled) return { by: "session", why: `There were ${together}: each counts as one.`, clusters: sessions };
  return {
    by: "person and session",
    why: `There were ${together}, with the same ${ofPeople} people in several: both are allowed for.`,
    clusters: sessions,
    crossed: people,
  };
}
