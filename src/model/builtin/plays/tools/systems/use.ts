import type { Scene } from "../../../speech/scene.ts";
import type { Appointment, Given } from "../appointments.ts";
import { commanding } from "./commands.ts";
import { browsing } from "./pages.ts";
import { seenIn } from "./seen.ts";
import { asking } from "./talk.ts";

const asked = ["SAY_TO_SYSTEM", "SEARCH_FOR", "RUN_PROGRAM", "ENTER"] as const;

/** What people do with a system under test, and nothing by chance alone. */
export const ofSystems: ReadonlySet<string> = new Set([
  ...asked,
  ...["CLICK", "TYPE", "CHOOSE", "GO_BACK", "GOAL_REACHED", "GIVE_UP"],
]);

/** What somebody does next with the system that they are at, one thing a turn. */
export function systemWork(scene: Scene, { fresh, written, kinds }: Given): readonly Appointment[] {
  const seen = seenIn(scene, fresh, written);
  if (seen === undefined) return [];
  const type = asked.find((one) => kinds.has(one));
  if (type === undefined) return [browsing(scene, seen)];
  return [type === "RUN_PROGRAM" || type === "ENTER" ? commanding(type, seen) : asking(scene, type, seen)];
}
