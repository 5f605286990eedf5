import type { Actor } from "../../kernel/contracts/person.ts";
import { sameTopic } from "../../kernel/stances/topic.ts";
import { parseMoment } from "../../kernel/time/moment.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { delayed } from "../../world/delivery/policies/delayed.ts";
import { immediate, nextStep } from "../../world/delivery/policies/immediate.ts";
import { lossy } from "../../world/delivery/policies/lossy.ts";
import type { DeliveryPolicy } from "../../world/delivery/policies/policy.ts";
import { gameMaster } from "../../world/resolution/game-master.ts";
import type { Attempt, Resolution } from "../../world/resolution/resolution.ts";
import { rule } from "../../world/resolution/rule.ts";
import { timeLimit } from "../../world/resolution/time-limit.ts";
import { urgencyAuction } from "../../world/schedule/auction/urgency-auction.ts";
import { eventDriven } from "../../world/schedule/event-driven.ts";
import { scheduleOf } from "../../world/schedule/named.ts";
import type { Schedule } from "../../world/schedule/schedule.ts";
import { allOf, anyOf } from "../../world/termination/compose.ts";
import { afterSteps, atTime, whenQuiet } from "../../world/termination/endings.ts";
import type { Termination } from "../../world/termination/termination.ts";
import { whenAllAgree } from "../../world/termination/when-all-agree.ts";
import { whenDone } from "../../world/termination/when-done.ts";
import { hops } from "../../world/visibility/hops.ts";
import { addressedOnly, aloud, inReach } from "../../world/visibility/in-reach.ts";
import type { Visibility } from "../../world/visibility/visibility.ts";
import type * as Written from "../document/worlds/parts.ts";
import { type Called, named } from "./names.ts";
import { present } from "./present.ts";

/** The schedule so called. */
export function scheduleNamed(name: Written.Schedule): Schedule {
  if (name === "event driven") return eventDriven();
  return name === "urgency auction" ? urgencyAuction() : scheduleOf(name);
}

const visibilities = { "in reach": inReach, aloud, "addressed only": addressedOnly };

/** The visibility that a file describes. */
export const visibilityNamed = (given: Written.Visibility): Visibility =>
  typeof given === "string" ? visibilities[given]() : hops(given.hops);

/** When words arrive, as a file says it. */
export function deliveryNamed(given: Written.Delivery): DeliveryPolicy {
  if (given === "immediate") return immediate();
  if (given === "next step") return nextStep();
  const late = given.delayed && delayed("steps" in given.delayed ? given.delayed : present(given.delayed));
  if (!("lossy" in given)) return late ?? immediate();
  return lossy(given.lossy, present({ otherwise: late, told: given.told }));
}

/** What becomes of what people do, as a file says it. */
export function resolutionNamed(given: Written.Resolution): Resolution {
  if ("timeLimit" in given) return timeLimit(given.timeLimit);
  if ("refuse" in given) {
    const refused = [given.refuse].flat();
    return rule(({ action }) => !refused.includes(action.type) || given.because);
  }
  const { gameMaster: rules, about, last } = given;
  if (about === undefined) return gameMaster(present({ rules, last }));
  const brought = [about].flat();
  const contested = ({ action }: Attempt<Actor>): boolean => brought.includes(action.type);
  return gameMaster(present({ rules, contested, last }));
}

/** Whose run it is. */
export interface Stage {
  readonly simulation: Simulation;
  readonly people: readonly TinyPerson[];
}

/** What ends a run, as a file says it: any of these, or all of some. */
export function endingOf({ allOf: all, ...any }: Written.Endings, stage: Stage): Termination {
  const whole = all === undefined ? [] : [allOf(...endingsOf(all, stage))];
  return anyOf(...endingsOf(any, stage), ...whole);
}

type Single = Omit<Written.Endings, "allOf">;

function endingsOf(given: Single, { simulation, people }: Stage): readonly Termination[] {
  const { afterSteps: steps, atTime: time, whenDone: done, whenAllAgree: agree, whenQuiet: quiet } = given;
  const moment = time === undefined ? undefined : parseMoment(time, simulation.context.clock.zone)?.moment;
  return [
    ...(steps === undefined ? [] : [afterSteps(steps)]),
    ...(moment === undefined ? [] : [atTime(moment)]),
    ...(done === undefined ? [] : [doneBy(typeof done === "string" ? { says: done } : done, people)]),
    ...(agree === undefined ? [] : [whenAllAgree(named(agree.who, people), (person) => side(person, agree.on))]),
    ...(quiet === undefined ? [] : [whenQuiet()]),
  ];
}

type Deed = Exclude<NonNullable<Single["whenDone"]>, string>;

function doneBy({ says, does = says === undefined ? undefined : "TALK", who }: Deed, people: readonly TinyPerson[]) {
  const ids = new Set(named(who, people).map(({ id }) => id));
  const words = says === undefined ? undefined : wordsIn(says);
  return whenDone(
    ({ type, content = "" }, { person }) =>
      ids.has(person) && type !== "DONE" && (does === undefined || type === does) && (words?.test(content) ?? true),
  );
}

/** Words as they stand, in upper or lower case; no part of a longer word in scripts that have spaces between words. */
function wordsIn(text: string): RegExp {
  const letter = "[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{N}]";
  const [first, last] = [text.at(0), text.at(-1)].map((edge) => new RegExp(letter, "u").test(edge ?? ""));
  const plain = text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  return new RegExp(`${first ? `(?<!${letter})` : ""}${plain}${last ? `(?!${letter})` : ""}`, "iu");
}

/** For or against; who is undecided, or holds nothing on it, is on no side. */
function side({ stances }: TinyPerson, topic: string): string | undefined {
  const held = stances.findLast((one) => sameTopic(one.topic, topic))?.stance;
  return held === "undecided" ? undefined : held;
}

/** The names in what is to end a run; STUDY_INVALID for one that means nobody. */
export function checkEndings({ allOf: all, ...any }: Written.Endings, people: readonly Called[], path: string): void {
  for (const [at, { whenDone: done, whenAllAgree: agree }] of Object.entries({
    [path]: any,
    [`${path}.allOf`]: all ?? {},
  })) {
    if (typeof done === "object") named(done.who, people, `${at}.whenDone.who`);
    named(agree?.who, people, `${at}.whenAllAgree.who`);
  }
}
