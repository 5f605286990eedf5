import { textToKeep } from "../../../kernel/language/remembering.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Body, DateBody, NumberBody } from "../shape/shape.ts";
import type { Author, Spot } from "./author.ts";
import { absent } from "./author.ts";
import { asText, optionFor } from "./draft.ts";
import { nearestBigInt, nearestNumber, plainRange } from "./number.ts";
import { fitText } from "./text/text.ts";

interface Leaf {
  readonly spot: Spot;
  readonly draft: unknown;
  readonly dice: Random;
  readonly author: Author;
  readonly attempt: number;
}

/** A value without parts: the draft made valid, or what the author says; `absent` when none was found. */
export function leafOf(body: Body, leaf: Leaf): unknown {
  switch (body.kind) {
    case "text": {
      const wish = wishFor(leaf, body.max);
      const text = fitText(body, wish, leaf.dice);
      return text === undefined ? absent : textToKeep(text);
    }
    case "number":
      return nearestNumber(body, wantedNumber(body, leaf)) ?? absent;
    case "bigint":
      return nearestBigInt(body, numberIn(leaf.draft) ?? Math.round(leaf.author.share(leaf.spot) * 100)) ?? absent;
    case "choice":
      return body.options.length === 0 ? absent : chosen(body.options, leaf);
    case "date":
      return dateFor(body, leaf);
    case "file": {
      const bytes = new Uint8Array(Math.min(1_000_000, Math.max(body.min, Math.min(16, body.max))));
      return new File([bytes], "rehearsal", { type: body.mediaType });
    }
    case "anything":
      return leaf.draft !== undefined && leaf.draft !== absent ? leaf.draft : anything(leaf);
    default:
      return absent;
  }
}

/** Texts that transforms and refinements often want: tried when a plain sentence was refused. */
const oddTexts = ["1", "true", "2026-01-15", "{}", "a", "[]", "A1", "yes", "", "12:30", "1.5", "#aabbcc"];

function wishFor({ draft, spot, author, attempt, dice }: Leaf, most: number): string {
  const drafted = asText(draft);
  if (drafted !== undefined) return drafted;
  if (attempt > 1 && attempt % 2 === 0) return dice.pick(oddTexts);
  return author.text(spot, most);
}

/** Half the golden ratio's fraction: multiples of it visit a range evenly, as many as there are. */
const goldenStep = 0.618_033_988_75 / 2;

function wantedNumber(body: NumberBody, { draft, spot, author, attempt, dice }: Leaf): number {
  const drafted = numberIn(draft);
  if (drafted !== undefined) return drafted;
  const [low, high] = plainRange(body);
  if (attempt > 1 && attempt % 2 === 0) return low + ((attempt * goldenStep) % 1) * (high - low);
  if (attempt > 1) return low + dice.next() * Math.min(high - low, 4);
  const suggested = author.number(spot);
  if (suggested !== undefined && suggested >= body.min && suggested <= body.max) return suggested;
  return low + author.share(spot) * (high - low + (body.integer ? 0.998 : 0)) - (body.integer ? 0.499 : 0);
}

function numberIn(draft: unknown): number | undefined {
  if (typeof draft === "number" && Number.isFinite(draft)) return draft;
  const found = typeof draft === "string" ? /-?\d+(?:\.\d+)?/.exec(draft) : null;
  return found === null ? undefined : Number(found[0]);
}

function chosen(options: readonly unknown[], { draft, spot, author, attempt, dice }: Leaf): unknown {
  const named = draft === undefined ? -1 : optionFor(options, draft);
  if (named >= 0) return options[named];
  if (options.length === 1) return options[0];
  const index = attempt > 1 ? dice.integer(options.length) : author.choose(spot, options.map(String));
  return options[index];
}

function dateFor(body: DateBody, { draft, dice }: Leaf): Date | typeof absent {
  const drafted = typeof draft === "string" || draft instanceof Date ? new Date(draft).getTime() : Number.NaN;
  if (drafted >= body.min && drafted <= body.max) return new Date(drafted);
  if (!(body.min <= body.max)) return absent;
  const wholeDay = Math.round((body.min + dice.next() * (body.max - body.min)) / 86_400_000) * 86_400_000;
  return new Date(Math.min(body.max, Math.max(body.min, wholeDay)));
}

function anything({ spot, author, attempt, dice }: Leaf): unknown {
  if (attempt < 2) return author.text(spot, 120);
  return dice.pick([1, 0, true, {}, [], "text", null, 42, new Date(0)]);
}
