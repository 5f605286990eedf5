import type { KeysOf } from "../kernel/text/known-keys.ts";
import type { Access } from "./delivery/access.ts";
import type { UnknownTarget } from "./delivery/delivery.ts";
import type { DeliveryPolicy } from "./delivery/policies/policy.ts";
import type { TinySocialNetwork } from "./network/social-network.ts";
import type { Resolution } from "./resolution/resolution.ts";
import type { ScheduleName } from "./schedule/named.ts";
import type { Schedule } from "./schedule/schedule.ts";
import type { Termination } from "./termination/termination.ts";
import type { Visibility } from "./visibility/visibility.ts";

export type { Shown } from "../kernel/contracts/told/shown.ts";
export type { Exhibit } from "./exhibits/exhibit.ts";

/** How a world is made: the parts that it is composed of, and what happens to words that reach nobody. */
export interface WorldOptions {
  /** Who acts in a step, and in which order. Default `simultaneous`. */
  readonly schedule?: ScheduleName | Schedule;
  /** What people are to each other: words go along it (`alongNetwork`), unless `visibility` says otherwise. */
  readonly network?: TinySocialNetwork;
  /** Who perceives what somebody says. Default `inReach()`. */
  readonly visibility?: Visibility;
  /** When words arrive. Default `immediate()`. */
  readonly delivery?: DeliveryPolicy;
  /** What becomes of what people do. Default: it comes about. */
  readonly resolution?: Resolution;
  /** When a run ends by itself, beside `stopWhenQuiet`. */
  readonly termination?: Termination;
  /** What happens to words whose target means nobody or several people. Default `feedback`. */
  readonly unknownTarget?: UnknownTarget;
  /** How many people in reach a person is told by name; of the rest only the number. Default 20. */
  readonly namesInReach?: number;
  /** Who can hear whom. Default: nobody, until somebody reaches out or is made accessible. */
  readonly access?: Access;
}

/** The names of all options of a world. */
export const worldOptions: KeysOf<WorldOptions> = {
  ...{ schedule: true, network: true, visibility: true, delivery: true, resolution: true },
  ...{ termination: true, unknownTarget: true, namesInReach: true, access: true },
};
