import type { Random } from "../../../../kernel/values/random.ts";
import type { TextBody } from "../../shape/shape.ts";
import { formatted } from "./formats.ts";
import { sampleOf } from "./pattern.ts";

const attempts = 24;

/** The wished text if it is valid, else one made valid from it, else one made from the rules alone. */
export function fitText(body: TextBody, wish: string, dice: Random): string | undefined {
  if (isValid(body, wish)) return wish;
  const plain = body.format === undefined && body.patterns.length === 0;
  if (plain) return resized(body, wish);
  const dressed = resized(body, dress(body, wish));
  if (body.format === undefined && isValid(body, dressed)) return dressed;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const made = madeByRules(body, wish, { dice, attempt });
    for (const text of [made, dress(body, made), made.toLowerCase(), made.toUpperCase()])
      if (isValid(body, text)) return text;
  }
  return undefined;
}

function madeByRules(body: TextBody, wish: string, { dice, attempt }: { dice: Random; attempt: number }): string {
  const known =
    body.format === undefined || attempt > attempts / 2
      ? undefined
      : formatted(dice, body.format, attempt > 4 ? "" : wish);
  if (known !== undefined) return known.length < body.min ? stretched(known, body) : known;
  const pattern = dice.pick(body.patterns.length > 0 ? body.patterns : [/[a-z]+/]);
  return sampleOf(pattern, dice, Math.max(3 + attempt, Math.min(body.min, 400)));
}

/** A longer text of the same format: an address with a longer first part, a longer path. */
function stretched(text: string, body: TextBody): string {
  const missing = "x".repeat(Math.min(2_000, body.min - text.length));
  const at = text.indexOf("@");
  return at < 0 ? text + missing : text.slice(0, at) + missing + text.slice(at);
}

function dress(body: TextBody, text: string): string {
  let dressed = text;
  for (const part of body.includes) if (!dressed.includes(part)) dressed += part;
  if (!dressed.startsWith(body.prefix)) dressed = body.prefix + dressed;
  return dressed.endsWith(body.suffix) ? dressed : dressed + body.suffix;
}

/** Lengths count UTF-16 units, as zod counts them; no character is cut in two. */
function resized(body: TextBody, text: string): string {
  if (text.length > body.max) return shortened(text, body);
  if (text.length >= body.min) return text;
  const missing = body.min - text.length;
  const filler = text.length > 3 ? ` ${text}` : "ok ";
  const grown = text + filler.repeat(Math.ceil(missing / filler.length));
  return grown
    .slice(0, Math.max(body.min, 0))
    .replace(/[\uD800-\uDBFF]$/, ".")
    .replace(/\s$/, ".");
}

function shortened(text: string, { min, max, suffix }: TextBody): string {
  const room = max - suffix.length;
  const cut = text.slice(0, Math.max(0, room)).replace(/[\uD800-\uDBFF]$/, "");
  const border = cut.replace(/[\s,;:–-]+\S*$/u, "");
  const kept = border.length >= Math.max(min - suffix.length, room * 0.6) ? border : cut;
  return (kept.trimEnd().length + suffix.length >= min ? kept.trimEnd() : kept) + (max >= suffix.length ? suffix : "");
}

function isValid(body: TextBody, text: string): boolean {
  if (text.length < body.min || text.length > body.max) return false;
  if (!text.startsWith(body.prefix) || !text.endsWith(body.suffix)) return false;
  if (!body.includes.every((part) => text.includes(part))) return false;
  if (body.format !== undefined && !isOfFormat(body.format, text)) return false;
  return body.patterns.every((pattern) => {
    pattern.lastIndex = 0;
    return pattern.test(text);
  });
}

/** Formats that zod checks beyond their pattern; a wish seldom has them, so only what is easy is let through. */
function isOfFormat(format: { name: string; details: Readonly<Record<string, unknown>> }, text: string): boolean {
  if (format.name === "lowercase") return text === text.toLowerCase();
  if (format.name === "uppercase") return text === text.toUpperCase();
  if (format.name === "url") return URL.canParse(text) && !text.includes(" ");
  const check = format.details["fn"];
  if (typeof check === "function") return check(text) === true;
  return (
    !["jwt", "ipv6", "cidrv6", "base64", "base64url"].includes(format.name) ||
    (text.length > 0 && /^[\w.:/+=-]+$/.test(text))
  );
}
