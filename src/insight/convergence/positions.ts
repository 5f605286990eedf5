import type { JournalEvent, StanceTaken } from "../../kernel/contracts/events.ts";
import { positionOf, type Stance, withStance } from "../../kernel/stances/ledger.ts";
import { sameTopic } from "../../kernel/stances/topic.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { mean } from "../../statistics/moments.ts";

/** A stance that changed, with where the others stood. */
export interface StanceMove {
  readonly id: string;
  readonly person: PersonId;
  readonly name: string;
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  readonly grounds: StanceTaken["grounds"];
  /** The mean position of the others on the same topic; undefined when nobody else held one. */
  readonly others?: number;
  /** Whether it went towards that mean. */
  readonly towardsOthers: boolean;
}

type Ledger = Map<PersonId, readonly Stance[]>;

/** Every change of mind in these events, in their order; what was only formed or kept is none. */
export function stanceMoves(events: readonly JournalEvent[]): readonly StanceMove[] {
  const ledger: Ledger = new Map();
  const names = new Map<PersonId, string>();
  return events.flatMap((event): readonly StanceMove[] => {
    if (event.type === "person-created") names.set(event.person, event.name);
    if (event.type !== "stance-taken") return [];
    const held = ledger.get(event.person) ?? [];
    const before = held.find((one) => one.id === event.before);
    ledger.set(event.person, withStance(held, event));
    if (before === undefined || event.grounds === "kept") return [];
    const [from, to] = [positionOf(before), positionOf(event)];
    const elsewhere = othersOn(event.topic, ledger, event.person);
    const others = elsewhere.length === 0 ? {} : { others: mean(elsewhere) };
    const towardsOthers = others.others !== undefined && Math.abs(to - others.others) < Math.abs(from - others.others);
    const { id, person, topic, grounds } = event;
    return [{ id, person, name: names.get(person) ?? person, topic, from, to, grounds, ...others, towardsOthers }];
  });
}

function othersOn(topic: string, ledger: Ledger, person: PersonId): readonly number[] {
  return [...ledger]
    .filter(([other]) => other !== person)
    .flatMap(([, held]) => held.find((one) => sameTopic(one.topic, topic)) ?? [])
    .map(positionOf);
}

/**
 * How far people's positions lie apart at the end of each world's step: over the topics on which two or more hold
 * something, the mean absolute difference between two people, from 0, all agree, to 2, firmly for against firmly against.
 */
export function positionSpread(events: readonly JournalEvent[]): ReadonlyMap<number, number> {
  const ledger: Ledger = new Map();
  const spread = new Map<number, number>();
  for (const event of events) {
    if (event.type === "stance-taken") {
      ledger.set(event.person, withStance(ledger.get(event.person) ?? [], event));
    }
    if (event.type !== "step-finished") continue;
    const apart = meanApart(ledger);
    if (apart !== undefined) spread.set(event.step, apart);
  }
  return spread;
}

function meanApart(ledger: Ledger): number | undefined {
  const people = [...ledger.values()].map((held) => held.filter((one) => !one.fromPersona));
  const differences = people.flatMap((held, index) =>
    people.slice(index + 1).flatMap((other) =>
      held.flatMap((mine) => {
        const theirs = other.find((one) => sameTopic(one.topic, mine.topic));
        return theirs === undefined ? [] : [Math.abs(positionOf(mine) - positionOf(theirs))];
      }),
    ),
  );
  return differences.length === 0 ? undefined : mean(differences);
}
