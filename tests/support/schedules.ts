import { byModel, eventDriven, type Schedule, type ScheduleName, urgencyAuction } from "../../src/worlds.ts";

/** Every schedule that there is. */
export const everySchedule = {
  simultaneous: () => "simultaneous",
  sequential: () => "sequential",
  shuffled: () => "shuffled",
  roundRobin: () => "round robin",
  auction: () => urgencyAuction({ speakers: 2 }),
  auctionByModel: () => urgencyAuction({ bidder: byModel() }),
  eventDriven: () => eventDriven(),
  eventDrivenInTurn: () => eventDriven({ inTurn: true }),
} satisfies Readonly<Record<string, () => ScheduleName | Schedule>>;

export type AnySchedule = keyof typeof everySchedule;
export const scheduleKeys = Object.keys(everySchedule) as AnySchedule[];
