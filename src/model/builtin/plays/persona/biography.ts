import type { Character } from "../../character/character.ts";

/** A few sentences on somebody, from what their persona lists. */
export function biographyOf({ name, interests, likes, dislikes, skills }: Character): string {
  const list = (items: readonly string[]): string => items.slice(0, 2).map(plain).join(" and ");
  const sentences = [
    [list(interests), (what: string) => `What occupies ${name}: ${what}.`],
    [list(likes), (what: string) => `Fond of ${what}.`],
    [list(dislikes), (what: string) => `Not fond of ${what}.`],
    [list(skills), (what: string) => `Good at this: ${what}.`],
  ] as const;
  const said = sentences.flatMap(([what, say]) => (what === "" ? [] : [say(what)]));
  return said.length === 0 ? `Little is known of ${name}.` : said.join(" ");
}

const plain = (text: string): string => text.trim().replace(/[.!?。]+$/u, "");
