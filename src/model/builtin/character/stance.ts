import type { Texts } from "../texts.ts";
import type { Character } from "./character.ts";
import { noise } from "./noise.ts";

const warm = /\b(good|great|love|best|help|useful|right|better|enjoy|value|free|trust|fair|joy)/i;
const cold =
  /\b(bad|hate|worst|useless|wrong|danger|waste|never|too much|overrated|risk|lie|ruin|nonsense|distrust|no one|nobody)/i;

/** Who holds something, and what is known of the texts that they read. */
export interface Standing {
  readonly character: Character;
  readonly texts: Pick<Texts, "stems">;
}

/**
 * How a person stands towards what a text is about, from -1 (against) to 1 (for): likes, dislikes and beliefs that share
 * words with it count most, then a part that is fixed for this person and the topic, then temper.
 * @param topic what the text is about, so that other words about the same change nothing; by itself all of the text
 */
export function stanceOf({ character, texts }: Standing, text: string, topic?: string): number {
  const about = texts.stems(text);
  const matched = character.wordings.held(about, () => matchOf(character, about));
  const temper =
    character.temper.agreeableness * 0.2 + character.temper.openness * 0.1 - character.temper.neuroticism * 0.05;
  const fixed = (noise(`${character.key}/${topic ?? [...about].join(" ")}`) - 0.5) * 1.2;
  return Math.max(-1, Math.min(1, matched + temper + fixed - (character.sceptical ? 0.2 : 0)));
}

/** By what of it the person likes, does, dislikes and believes. */
function matchOf(character: Character, about: ReadonlySet<string>): number {
  const { likes, interests, job, dislikes, beliefs } = hitsOf(character, about);
  const held = beliefsOn(character, beliefs);
  return hit(likes) * 0.6 + hit(interests) * 0.6 + hit(job) * 0.15 - hit(dislikes) * 0.75 + held;
}

const hit = (words: number): number => Math.min(2, words);

/** How many words of each list it has, and which beliefs speak of it. */
function hitsOf({ cares }: Character, about: ReadonlySet<string>) {
  const hits = { likes: 0, interests: 0, job: 0, dislikes: 0, beliefs: new Set<number>() };
  for (const stem of about) {
    for (const place of cares.of(stem)) {
      if (typeof place === "number") hits.beliefs.add(place);
      else hits[place] += 1;
    }
  }
  return hits;
}

/** What the beliefs that speak of it say about it. */
function beliefsOn({ beliefs }: Character, told: ReadonlySet<number>): number {
  let sum = 0;
  for (let place = 0; place < beliefs.length; place++) {
    if (!told.has(place)) continue;
    const belief = beliefs[place] as string;
    sum += (warm.test(belief) ? 0.3 : 0) - (cold.test(belief) ? 0.4 : 0);
  }
  return Math.max(-0.6, Math.min(0.6, sum));
}

/** Nearer to the middle than this, somebody is for neither side. */
export const undecided = 0.1;
