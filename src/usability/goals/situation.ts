import { z } from "zod";
import { slug } from "../../kernel/values/ids.ts";
import type { Visitor } from "../session/visit.ts";
import type { Goal } from "./goal.ts";

const Situation = z.object({
  situation: z.string().min(1).describe("two or three sentences in your own words, in the first person"),
});

/** Says why somebody has a goal; the same for everything that they try for it. */
export type Situations = (person: Visitor, goal: Goal) => Promise<string>;

/**
 * Asks each person aside, once for each goal, what in their life makes them want it: an answer of their own model, by all
 * that they know, which leaves no trace in them and which no system is told of.
 */
export function situationsOf(): Situations {
  const known = new Map<string, Promise<string>>();
  return (person, { name, goal }) => {
    const key = JSON.stringify([person.id, name]);
    const asked = known.get(key) ?? ask(person, goal, `situation:${slug(name)}`);
    known.set(key, asked);
    return asked;
  };
}

async function ask(person: Visitor, goal: string, name: string): Promise<string> {
  const text = `Why do you want this today: what has happened in your life, what is at stake for you, by when do you need it? Make it fit who you are. Say nothing of how you will go about it.\n\nWhat you want: ${goal}`;
  const { value } = await person.answer({ text, schema: Situation, name });
  return value.situation.trim();
}
