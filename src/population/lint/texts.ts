import { wordsOf } from "../../kernel/language/terms.ts";
import { isCommonWord } from "../../kernel/language/tongues.ts";
import { leavesOf } from "../../persona/findings/leaves.ts";
import type { Member } from "../profile/people/people.ts";

/** What says who somebody is by category: it is alike in many, and meant to be. */
const category = /^(name|age|gender|nationality|country_of_residence|residence|languages|education|\$schema)\b/;

/** What is told of a person in sentences or items of their own. */
export function tellingTexts({ persona }: Member): readonly { readonly path: string; readonly text: string }[] {
  return [...leavesOf(persona, [])].flatMap(({ path, value }) =>
    typeof value !== "string" || category.test(path) ? [] : [{ path, text: value }],
  );
}

/** The words of a text that say something by themselves. */
export function tellingWords(text: string): readonly string[] {
  return wordsOf(text).filter((word) => word.length > 2 && !isCommonWord(word) && !/^\p{N}+$/u.test(word));
}
