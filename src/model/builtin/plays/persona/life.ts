import type { Random } from "../../../../kernel/values/random.ts";
import { varied } from "../../words/alternatives.ts";
import {
  evenings,
  facts,
  goals,
  habits,
  health,
  mornings,
  schooling,
  ties,
  weekends,
  workdays,
} from "../../words/life.ts";
import type { Description } from "./description.ts";
import type { Sketch } from "./sketch.ts";

/** The details of a life, with this person's places, years and people in them. */
export function lifeOf(sketch: Sketch, told: Description, { dice, untrue }: { dice: Random; untrue: RegExp }) {
  const { origin, age, work } = sketch;
  const people = dice.shuffle(origin.women.concat(origin.men)).filter((name) => !sketch.name.includes(name));
  const families = dice.shuffle(origin.families);
  const friends = people.slice(0, 4).map((name, index) => `${name} ${families[index % families.length]}`);
  const fill = (line: string): string =>
    capital(varied(line, dice).replace(/\{(\w+)\}/g, (_whole, slot: string) => word(slot, { sketch, friends, dice })));
  const draw = (lines: readonly string[], count: number): string[] =>
    dice
      .shuffle(lines.filter((line) => !untrue.test(line)))
      .slice(0, count)
      .map(fill);
  const connections = draw(ties, 4);
  return {
    education: fill(dice.pick(schooling[Math.min(work.schooling, age < 24 ? 0 : 2)] ?? schooling[0] ?? [""])),
    long_term_goals: draw(goals, 4),
    behaviors: {
      general: draw(habits, 6),
      routines: {
        morning: draw(mornings, 3),
        workday: draw(workdays, 3),
        evening: draw(evenings, 3),
        weekend: draw(weekends, 3),
      },
    },
    health: dice.pick(health),
    relationships: friends.map((name, index) => ({ name, description: connections[index] ?? "" })),
    other_facts: [...told.sentences, ...draw(facts, 10)],
    facts: [...told.sentences, ...draw(facts, 6)],
  };
}

const capital = (line: string): string => `${line[0]?.toUpperCase() ?? ""}${line.slice(1)}`;

interface Words {
  readonly sketch: Sketch;
  readonly friends: readonly string[];
  readonly dice: Random;
}

function word(slot: string, { sketch, friends, dice }: Words): string {
  const born = 2026 - sketch.age;
  switch (slot) {
    case "city":
      return sketch.city;
    case "country":
      return sketch.origin.country;
    case "place":
      return /^(?:none|your)/.test(sketch.organization)
        ? sketch.city
        : sketch.organization.replace(/^(?!a |an |the |public )/, "the ");
    case "interest":
      return dice.pick(sketch.interests).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
    case "friend":
    case "family":
      return dice.pick(friends);
    case "year":
      return String(Math.min(2025, born + 17 + dice.integer(Math.max(1, sketch.age - 17))));
    case "graduated":
      return String(Math.min(2026, born + 21 + dice.integer(4)));
    case "sum":
      return String(50 * (2 + dice.integer(60)));
    case "later":
      return String(Math.ceil((sketch.age + 8) / 10) * 10);
    case "soon":
      return String(2028 + dice.integer(6));
    default:
      return slot;
  }
}
