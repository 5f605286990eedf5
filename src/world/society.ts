import type { Context } from "../kernel/contracts/context.ts";
import type { Journal } from "../kernel/contracts/journal.ts";
import type { Actor, Stimulus } from "../kernel/contracts/person.ts";
import { nameWords } from "../kernel/language/names.ts";
import { checkKeys } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { WorldId } from "../kernel/values/ids.ts";
import { checkParts } from "./check-parts.ts";
import { type Access, type Circle, createAccess } from "./delivery/access.ts";
import { Acquaintance } from "./delivery/acquaintance.ts";
import { Delivery } from "./delivery/delivery.ts";
import { immediate } from "./delivery/policies/immediate.ts";
import { Post } from "./delivery/post.ts";
import { Roster } from "./delivery/roster.ts";
import { Gallery } from "./exhibits/gallery.ts";
import { alongNetwork } from "./network/along-network.ts";
import { keepOnRecord } from "./network/on-record.ts";
import { type WorldOptions, worldOptions } from "./options.ts";
import { Referee } from "./resolution/referee.ts";
import { Attention } from "./schedule/attention.ts";
import { inReach } from "./visibility/in-reach.ts";
import type { WorldNetwork } from "./visibility/visibility.ts";

export interface SocietyParts<P extends Actor> {
  readonly id: WorldId;
  readonly name: string;
  readonly context: Context;
  readonly options: WorldOptions & { readonly context: Context };
  /** The step that is played, or was last. */
  readonly step: () => number;
  readonly record: Journal["record"];
  /** Is told of everybody who enters. */
  readonly meet: (newcomers: readonly P[]) => void;
}

/** The people of a world and all that stands between them. */
export interface Society<P extends Actor> {
  readonly roster: Roster<P>;
  readonly access: Access;
  /** Lets people in. NAME_TAKEN, and nobody enters, when a name is here already, or in the network, where there is one. */
  admit(newcomers: readonly P[]): void;
  /** Relations are on record from here on. */
  keepRelations(): void;
  readonly attention: Attention<P>;
  readonly acquaintance: Acquaintance<P>;
  readonly delivery: Delivery<P>;
  readonly post: Post<P>;
  readonly referee: Referee<P> | undefined;
  readonly gallery: Gallery;
  /** Who spoke to the world without being here, as their names are compared. */
  readonly outside: Set<string>;
  /** Who hears what is broadcast in somebody's name; undefined when everybody does. */
  announced(who: P): Circle | undefined;
  readonly record: Journal["record"];
  /** Has somebody perceive something; `addressed`: it is meant for them, and not for all who can hear it. */
  tell(person: P, stimulus: Stimulus, addressed: boolean): void;
}

/** Puts a world's parts together. OPTION_INVALID for what is no part, and for a delivery by simulated time where there is none. */
export function createSociety<P extends Actor>(parts: SocietyParts<P>): Society<P> {
  const { id, name, context, options, step, record, meet } = parts;
  checkKeys(options, { ...worldOptions, context: true }, "the options of a world");
  checkParts(options);
  const { delivery: policy = immediate(), access = createAccess(), resolution } = options;
  const visibility = options.visibility ?? (options.network ? alongNetwork(options.network) : inReach());
  const network = options.network ?? visibility.network;
  if (policy.needsCalendar && context.clock.now() === undefined) throw withoutCalendar(policy.name);
  const roster = new Roster<P>();
  const attention = new Attention<P>();
  const outside = new Set<string>();
  const surroundings = {
    get people(): readonly P[] {
      return roster.list;
    },
    person: (one: string) => roster.get(one),
    access,
  };
  const circle = (who: P): Circle => visibility.circle(who, surroundings);
  const { keepRelations, relation } = kinship(network, parts);
  const admit = (newcomers: readonly P[]): void => {
    network?.admit(newcomers);
    roster.add(newcomers);
    meet(newcomers);
  };
  const tell = (person: P, stimulus: Stimulus, addressed: boolean): void => {
    person.observe(stimulus);
    attention.told(person, { stimulus, addressed });
  };
  const now = () => ({ step: step(), time: context.clock.now(), zone: context.clock.zone });
  const post = new Post<P>({ id, roster, policy, random: context.random, now, tell, record });
  const acquaintance = new Acquaintance<P>(roster, { circle, relation }, options.namesInReach ?? 20);
  const delivery = new Delivery<P>({
    ...{ id, world: name, roster, access, visibility, surroundings, circle, acquaintance, post, tell, record },
    ...{ random: context.random, unknownTarget: options.unknownTarget ?? "feedback" },
    isOutside: (target) => outside.has(nameWords(target).join(" ")),
  });
  const announced = (who: P): Circle | undefined => visibility.announced?.(who, surroundings);
  const referee = resolution && new Referee<P>({ id, roster, resolution, post, tell, record });
  return {
    ...{ roster, access, attention, acquaintance, delivery, post, referee, outside, gallery: new Gallery(context) },
    ...{ admit, keepRelations, announced, tell, record },
  };
}

/** What the people of a world are to each other, where it has a network. */
function kinship<P extends Actor>(network: WorldNetwork | undefined, { id, record }: SocietyParts<P>) {
  return {
    keepRelations: (): void => network && keepOnRecord(network, id, record),
    relation: (who: P, whom: P): string | undefined => network?.describe(who.id, whom.id),
  };
}

function withoutCalendar(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError(
    "OPTION_INVALID",
    `The delivery '${name}' goes by time: this simulation has no calendar.`,
    {
      data: { option: "delivery", value: name },
      hint: "Open the simulation with startAt, as in startAt: '2030-01-31T09:00', or delay by steps.",
    },
  );
}
