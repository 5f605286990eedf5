import type { Issue } from "../../../kernel/values/errors.ts";
import { counted } from "../../../kernel/values/usage.ts";
import type { StudyDocument } from "../document.ts";
import type { Delivery } from "../worlds/parts.ts";
import type { World, WorldOf } from "../worlds/world.ts";
import { noCalendar } from "./moments.ts";
import { endingIssues } from "./running.ts";

/** What is wrong with a world though each part of it is written well; paths begin below `world`. */
export function worldIssues(world: World, study: StudyDocument): readonly Issue[] {
  const { termination } = { termination: undefined, ...world };
  return [
    ...(termination === undefined ? [] : endingIssues("termination", termination, study)),
    ...ownIssues(world, study),
  ];
}

function ownIssues(world: World, study: StudyDocument): readonly Issue[] {
  switch (world.kind) {
    case "marketplace":
      return marketIssues(world);
    case "workplace":
      return officeIssues(world);
    case "mail and chat":
      return [...deliveryIssues("mail", world.mail, study), ...deliveryIssues("chat", world.chat, study)];
    case "social feed":
      return world.activity !== undefined && world.schedule !== undefined
        ? [{ path: "activity", message: "Give `activity` or a `schedule`: either says who opens the feed." }]
        : [];
    case undefined:
    case "room":
      return [
        ...deliveryIssues("delivery", world.delivery, study),
        ...(world.visibility !== undefined && world.network !== undefined
          ? [{ path: "visibility", message: "Words go along the `network` already: leave one of the two out." }]
          : []),
      ];
    default:
      return [];
  }
}

function marketIssues({ goods, holdings }: WorldOf<"marketplace">): readonly Issue[] {
  const others = holdings.flatMap(({ who }, place) => (who === undefined ? [place] : []));
  return [
    ...twice("goods", goods, "good"),
    ...others.slice(1).map((place) => ({
      path: `holdings.${place}`,
      message: "Without `who` this is for all others, and so is an entry before it: say whom it is for.",
    })),
    ...holdings.flatMap(({ goods: has = {} }, place) =>
      Object.keys(has).flatMap((good) =>
        goods.includes(good)
          ? []
          : [{ path: `holdings.${place}.goods.${good}`, message: `No such good. There are: ${goods.join(", ")}.` }],
      ),
    ),
  ];
}

function officeIssues({ places, start = {} }: WorldOf<"workplace">): readonly Issue[] {
  const names = places.map((place) => (typeof place === "string" ? place : place.name));
  return [
    ...twice("places", names, "place"),
    ...Object.entries(start).flatMap(([who, where]) =>
      names.includes(where)
        ? []
        : [{ path: `start.${who}`, message: `No such place. There are: ${names.join(", ")}.` }],
    ),
    ...places.flatMap((place) => {
      if (typeof place === "string" || place.seats === undefined) return [];
      const many = Object.values(start).filter((where) => where === place.name).length;
      return many <= place.seats
        ? []
        : [{ path: "start", message: `${many} start at ${place.name}, which has ${counted(place.seats, "seat")}.` }];
    }),
  ];
}

const twice = (path: string, names: readonly string[], what: string): readonly Issue[] =>
  names.flatMap((name, place) =>
    names.indexOf(name) < place ? [{ path: `${path}.${place}`, message: `There is a ${what} '${name}' already.` }] : [],
  );

function deliveryIssues(path: string, delivery: Delivery | undefined, { startAt }: StudyDocument): readonly Issue[] {
  const delayed = typeof delivery === "object" ? delivery.delayed : undefined;
  const isTimed = delayed !== undefined && !("steps" in delayed);
  return isTimed && startAt === undefined ? [{ path: `${path}.delayed`, message: noCalendar }] : [];
}
