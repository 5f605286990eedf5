import { z } from "zod";
import { byPart } from "./by-part.ts";
import type { Asking } from "./elicitation.ts";

const text =
  "Say in your own words, in one to three sentences as you would to somebody who asks you, where you stand on the question that you have just read, and why. Name no number and none of the answers that it offers; if it does not concern you, or you would rather not say, say that.";

/**
 * What somebody says to an item freely: they see all of it, and nothing of it can be chosen. Ways of asking that begin so
 * ask the same, so that one that is tried after another pays for it once.
 */
export async function spokenTo(asking: Asking): Promise<readonly string[]> {
  const shape = byPart<string>(asking.item, "words", {
    shape: (part) =>
      z
        .string()
        .min(1)
        .describe(part.asks ?? asking.item.text),
  });
  const value = await asking.ask({ step: "words", text, schema: shape.schema });
  return shape.read(value).map((words) => words.trim());
}
