import type { Reach } from "./acquaintance.ts";

/** Why words found nobody. */
export type Missed = "unknown" | "ambiguous" | "inaccessible" | "self";

/** What a person is told whose words or whose reaching out found nobody; a pure function. */
export function feedbackText(missed: {
  readonly reason: Missed;
  readonly action: string;
  /** As the person wrote it. */
  readonly target: string;
  /** Whom it may have meant, when it may have meant several. */
  readonly candidates: readonly string[];
  readonly reach: Reach;
}): string {
  const what =
    missed.action === "REACH_OUT" ? "You reached out, but nothing came of it" : "Nobody heard what you just said";
  return `${what}: ${because(missed)} ${whoIsThere(missed)}`;
}

function because({ reason, target, candidates }: Parameters<typeof feedbackText>[0]): string {
  const name = JSON.stringify(target);
  switch (reason) {
    case "unknown":
      return target.trim() === "" ? "you did not say whom you meant." : `nobody here is called ${name}.`;
    case "ambiguous":
      return `${name} may be ${candidates.join(" or ")}; use the full name.`;
    case "inaccessible":
      return `${name} is out of your reach.`;
    case "self":
      return "you addressed yourself.";
  }
}

function whoIsThere({ action, reason, reach }: Parameters<typeof feedbackText>[0]): string {
  const names = reach.reachable.map((one) => one.name);
  const others = reach.alsoReachable > 0 ? ` and ${reach.alsoReachable} others` : "";
  if (names.length > 0) return `You can talk to: ${names.join("; ")}${others}.`;
  const way = action === "TALK" && reason === "inaccessible" ? " You may try to REACH_OUT to somebody first." : "";
  return `There is nobody you can talk to now.${way}`;
}

/** What a person learns whose doing could not be told to somebody. */
export const untold = (names: readonly string[]): string =>
  `Nobody could tell ${names.join(", ")}: not within reach here.`;

/** What both sides perceive when one reaches out to the other; pure functions. */
export const socialText = {
  toOther: (from: string, words: string | undefined): string =>
    `${from} reaches out to you; you can talk to each other now.${quoted(words)}`,
  toSelf: (to: string): string => `You reached out to ${to}; you can talk to each other now.`,
};

/** What somebody perceives of words that are meant for others; a pure function. */
export function overheardText(from: string, to: readonly string[], words: string): string {
  return `You overhear what ${from} says to ${to.join(" and ")}; it is not meant for you.${quoted(words)}`;
}

/** What a person is told whose words got lost on their way, where they are to know; a pure function. */
export function lostText(to: readonly string[]): string {
  return `What you said did not arrive: it got lost on the way to ${to.join(" and ")}.`;
}

const quoted = (words: string | undefined): string =>
  words === undefined || words.trim() === "" ? "" : ` ${JSON.stringify(words)}`;
