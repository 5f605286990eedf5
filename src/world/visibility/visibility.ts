import type { Actor } from "../../kernel/contracts/person.ts";
import type { RelationChange, SocialGraph } from "../../kernel/contracts/world/network.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";
import type { Access, Circle } from "../delivery/access.ts";

/**
 * Who perceives what somebody says in a world. Names in reach, REACH_OUT and what is broadcast in somebody's name go
 * by it.
 * @example
 * const rows = {
 *   name: "rows of ten",
 *   circle: (who, { people }) => {
 *     const row = Math.floor(people.indexOf(who) / 10) * 10;
 *     return { only: new Set(people.slice(row, row + 10).map((person) => person.id)) };
 *   },
 * };
 */
export interface Visibility {
  readonly name: string;
  /** Whom somebody can address, and who hears words of theirs that name nobody. Of themselves it says nothing. */
  circle<P extends Actor>(who: P, scene: Surroundings<P>): Circle;
  /** Words that name nobody are heard by nobody, and the speaker is told so. */
  readonly addressedOnly?: true;
  /** Words of theirs that are meant for some are heard by their whole circle. Default: by those whom they are meant for. */
  aloud?<P extends Actor>(who: P): boolean;
  /** Whether one can draw near to the other, where the world's access lets them. Default: yes. */
  mayReachOut?<P extends Actor>(who: P, whom: P, scene: Surroundings<P>): boolean;
  /** One drew near to the other. Default: the world's access opens between them, where they are not in reach yet. */
  drawNear?<P extends Actor>(who: P, whom: P): void;
  /** The relations that it goes by: people are shown what others are to them, and what changes is on record. */
  readonly network?: WorldNetwork;
  /** Who hears what is broadcast in the name of somebody who is here. Default: everybody. */
  announced?<P extends Actor>(who: P, scene: Surroundings<P>): Circle;
  /** Who else hears words that are meant for others. Default: nobody. */
  overhearing?<P extends Actor>(words: Overheard<P>, scene: Surroundings<P>): readonly P[];
}

/** What a world does with the relations of its people. */
export interface WorldNetwork extends SocialGraph {
  /** These people are about to enter the world: what is thrown keeps them out. */
  admit(people: readonly Actor[]): void;
  /** What the other is to somebody, in words; undefined for nothing. */
  describe(from: PersonId, to: PersonId): string | undefined;
  onChange(listener: (change: RelationChange) => void): () => void;
}

/** What a visibility can look at. */
export interface Surroundings<P extends Actor> {
  /** Everybody who is here, in the order of entering. */
  readonly people: readonly P[];
  person(id: PersonId): P | undefined;
  readonly access: Access;
}

/** Words that are meant for some. */
export interface Overheard<P extends Actor> {
  readonly from: P;
  readonly to: readonly P[];
  /** The dice of these words. */
  readonly random: Random;
}
