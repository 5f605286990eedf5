import { existsSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { Difference, Pause } from "../../../../index.ts";
import { personCalled } from "./look.ts";

/** What somebody at the prompt tells or shows people, as a change of the run; or what is wrong with it. */
export type Injection = { readonly change: NonNullable<Difference["change"]> } | { readonly wrong: string };

/** Everybody there hears these words. */
export function saying(words: string): Injection {
  if (words === "") return { wrong: "Say what everybody hears, as in: say It costs 200 euros." };
  return {
    change: ({ worlds, people }) => {
      if (worlds.length === 0) for (const person of people) person.listen(words);
      for (const world of worlds) world.broadcast(words);
    },
  };
}

/** One person hears these words: `Lisa: It costs 200 euros.` */
export function telling(rest: string, pause: Pause): Injection {
  const { name, words } = addressed(rest);
  if (name === undefined || words === "") return { wrong: `Write: tell <name>: <words>. ${whom(pause)}` };
  const told = personCalled(pause, name);
  if (told === undefined) return { wrong: `There is no one '${name}' here. ${whom(pause)}` };
  return { change: ({ people }) => people.find(({ id }) => id === told.id)?.listen(words) };
}

const pictures: ReadonlySet<string> = new Set([".png", ".jpg", ".jpeg", ".gif", ".webp"]);

/** Everybody, or one person, sees a picture; everybody in a world reads a document: `Lisa: poster.png The poster`. */
export function showing(rest: string, pause: Pause, folder: string): Injection {
  const { name, words } = addressed(rest);
  const [, source = "", about = ""] = /^(\S+)\s*(.*)$/s.exec(words) ?? [];
  const isAddress = /^https?:\/\//i.test(source);
  const path = isAddress ? source : resolve(folder, source);
  const description = about === "" ? basename(source) : about;
  const seer = name === undefined ? undefined : personCalled(pause, name);
  if (source === "") return { wrong: "Name a picture or a document, as in: show poster.png The new poster" };
  if (name !== undefined && seer === undefined) return { wrong: `There is no one '${name}' here. ${whom(pause)}` };
  if (!isAddress && !existsSync(path)) return { wrong: `There is no file ${path}.` };
  if (isAddress || pictures.has(extname(source).toLowerCase())) return seen({ description, image: path }, seer?.id);
  if (seer !== undefined || pause.simulation.worlds.length === 0) {
    return { wrong: "A document is for everybody in a world; one person can be shown a picture." };
  }
  return {
    change: async ({ worlds }) => {
      for (const world of worlds) await world.show({ description, document: path });
    },
  };
}

function seen(sight: { readonly description: string; readonly image: string }, only: string | undefined): Injection {
  return {
    change: async ({ worlds, people }) => {
      const some = people.filter(({ id }) => id === only);
      if (only !== undefined || worlds.length === 0) {
        await Promise.all((only === undefined ? people : some).map((person) => person.see(sight)));
      } else for (const world of worlds) await world.show(sight);
    },
  };
}

/** `Lisa: words`, or words for all; the colon of an address is none. */
function addressed(text: string): { readonly name?: string; readonly words: string } {
  const [, name, words = ""] = /^([^:]+):\s+(.*)$/s.exec(text) ?? [];
  return name === undefined ? { words: text } : { name, words: words.trim() };
}

/** Who can be named. */
export const whom = ({ simulation }: Pause): string =>
  `Name one of: ${simulation.people.map(({ name }) => name).join(", ")}.`;
