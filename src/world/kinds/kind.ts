import type { Faculty } from "../../kernel/contracts/faculty.ts";
import type { WorldOptions } from "../options.ts";

/** A row of a table. */
export type KindRow = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A kind of world, for one world of one run: its actions are a faculty that people are given when they enter the run,
 * and its parts are the options of the world that they meet in.
 * @example
 * const feed = new SocialFeed();
 * const people = await simulation.loadPeople(["minji", "marcos"], { faculties: [feed] });
 * await simulation.world("Feed", people, feed.parts).run(1);
 */
export interface WorldKind extends Faculty {
  readonly parts: WorldOptions;
  /** What happened in it, as tables by name. */
  readonly tables: Readonly<Record<string, readonly KindRow[]>>;
}
