import type { Actor } from "../../kernel/contracts/person.ts";
import { matters, shared } from "../../kernel/language/stems.ts";
import { checkFunction, checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import type { News, Round, Schedule } from "./schedule.ts";

/** What wakes people, and how they act then. */
export interface EventDrivenOptions {
  /** Whether news wake somebody; what does not stays new to them until something does. Default: all news do. */
  readonly wakes?: (person: Actor, news: News) => boolean;
  /** Those who are awake act one after the other, and each hears what came before. Default: at the same time. */
  readonly inTurn?: boolean;
}

const known: KeysOf<EventDrivenOptions> = { wakes: true, inTurn: true };

/**
 * Only those act whom something woke: what reached them, or a time that was set by `world.wake`. Nobody looks at the
 * others, so that a step costs what is awake. What reached people outside of the world is seen when a run begins.
 * OPTION_INVALID for what is no option.
 */
export function eventDriven(options: EventDrivenOptions = {}): Schedule {
  checkKeys(options, known, "the options of an event-driven schedule");
  const { wakes = () => true, inTurn = false } = options;
  checkFunction(wakes, "wakes", "interested");
  return {
    name: "event driven",
    attentive: true,
    plan: (round) => {
      const cast = awake(round, wakes);
      for (const person of cast) {
        const by = round.news.has(person.id) ? ("news" as const) : ("time" as const);
        round.record({ type: "woken", world: round.world, step: round.step, person: person.id, by });
      }
      const prompted = new Set([...round.due].filter((id) => !round.news.has(id)));
      return { cast, together: !inTurn, prompted, considered: "everyone" };
    },
  };
}

/** In the order in which something reached them, after those whose time has come. */
function awake<P extends Actor>(round: Round<P>, wakes: (person: Actor, news: News) => boolean): readonly P[] {
  const found = new Set<P>();
  for (const id of round.due) {
    const person = round.person(id);
    if (person !== undefined) found.add(person);
  }
  for (const [id, news] of round.news) {
    const person = round.person(id);
    if (person === undefined) continue;
    if (news.some((one) => wakes(person, one))) found.add(person);
    else if (!found.has(person)) round.news.delete(id);
  }
  return [...found];
}

/** Wakes people for what is meant for them, for what is no talk, and for talk that shares a word with their interests. */
export function interested(person: Actor, { stimulus, addressed }: News): boolean {
  if (addressed || stimulus.type !== "CONVERSATION") return true;
  const words = matters(stimulus.content);
  return (person.interests ?? []).some((interest) => shared(matters(interest), words) > 0);
}
