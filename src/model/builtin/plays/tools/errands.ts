import type { Scene } from "../../speech/scene.ts";
import type { Appointment, Given } from "./appointments.ts";

/** How people get from place to place, and nothing by chance alone. */
export const ofPlaces: ReadonlySet<string> = new Set(["MOVE_TO"]);

const places = /Places, and how many are there: (.*?)\.(?: |$)/mu;

/**
 * Where somebody goes in this turn: to a place that is spoken of, away from where they are alone to where most are, else
 * seldom anywhere.
 * @param fresh what is new to the person, and the present, as the prompt tells it
 */
export function errand({ conversation, dice }: Scene, { fresh }: Given): readonly Appointment[] {
  const [, told = ""] = places.exec(fresh) ?? [];
  const others = [...told.matchAll(/(?:^|, )([^,(]+) \((\d+)\)/gu)].map(([, name = "", count]) => {
    return { name, count: Number(count) };
  });
  if (others.length === 0) return [];
  const heard = (conversation.last?.text ?? "").toLowerCase();
  const spokenOf = others.find(({ name }) => heard.includes(name.toLowerCase()));
  if (spokenOf !== undefined && dice.next() < 0.7) return [{ type: "MOVE_TO", args: { target: spokenOf.name } }];
  const busiest = others.toSorted((one, other) => other.count - one.count)[0];
  const isAlone = told.includes("(you are here alone)");
  if (isAlone && busiest !== undefined && busiest.count > 0 && dice.next() < 0.5) {
    return [{ type: "MOVE_TO", args: { target: busiest.name } }];
  }
  return dice.next() < 0.12 ? [{ type: "MOVE_TO", args: { target: dice.pick(others).name } }] : [];
}
