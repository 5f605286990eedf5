import type { EventBody, JournalEvent } from "../../kernel/contracts/events.ts";
import type { Actor, Stimulus } from "../../kernel/contracts/person.ts";
import type { PersonId, WorldId } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";

/**
 * Who acts in a step of a world, and in which order. It keeps nothing between steps, so that one can serve many worlds.
 * @example
 * const pairs = {
 *   name: "pairs",
 *   plan: ({ people, random }) => ({ cast: random.shuffle(people).slice(0, 2), together: true }),
 * };
 */
export interface Schedule {
  readonly name: string;
  /** It wants to know what is new to people (`Round.news`): the world keeps count of it then. */
  readonly attentive?: true;
  plan<P extends Actor>(round: Round<P>): StepPlan<P> | Promise<StepPlan<P>>;
}

/** Who acts in one step. */
export interface StepPlan<P extends Actor> {
  /** In the order of acting; everybody at most once. */
  readonly cast: readonly P[];
  /** All act on what they knew when the step began. Otherwise one after the other, and each hears what came before. */
  readonly together?: boolean;
  /** Those who are asked though nothing is new to them. */
  readonly prompted?: ReadonlySet<PersonId>;
  /** Those who are not in the cast had their chance, too: a quiet step is then everybody's silence. */
  readonly considered?: "everyone";
}

/** What a schedule is told of the step that begins. */
export interface Round<P extends Actor> {
  readonly world: WorldId;
  /** From 1, counted over the life of the world. */
  readonly step: number;
  /** Everybody who is here, in the order of entering. */
  readonly people: readonly P[];
  person(id: PersonId): P | undefined;
  /** The dice of this step. */
  readonly random: Random;
  readonly time: Date | undefined;
  /**
   * What reached people since they last acted, where the schedule is attentive. It may take out what it has looked at
   * and wants to see no more.
   */
  readonly news: Map<PersonId, News[]>;
  /** Whose time has come: who was to be woken now, or could not act when last woken. */
  readonly due: ReadonlySet<PersonId>;
  /** The step in which this person was last in the cast. */
  lastActed(person: PersonId): number | undefined;
  /** This person had no answer when they were last in the cast; known where the schedule is attentive. */
  lastFailed(person: PersonId): boolean;
  /** What was found out in this step; it is still there when the step was cut short and is gone on with. */
  readonly kept: Map<PersonId, unknown>;
  /** For calls to a model: the place that the ledger counts by, and what ends them. */
  readonly call: { readonly step: string; readonly label?: string; readonly signal?: AbortSignal };
  record<B extends EventBody>(body: B): JournalEvent<B>;
}

/** Something that reached a person. */
export interface News {
  readonly stimulus: Stimulus;
  /** It was meant for this person, and not for all who could hear it. */
  readonly addressed: boolean;
}
