import type { Actor } from "../../kernel/contracts/person.ts";
import { nameWords } from "../../kernel/language/names.ts";
import { type Circle, reaches } from "./access.ts";
import type { Missed } from "./feedback.ts";
import type { Roster } from "./roster.ts";

/** A target that names nobody who can be reached, and why. */
export interface Miss {
  readonly target: string;
  readonly reason: Missed;
  readonly candidates: readonly string[];
}

/** Whom a person means: everyone, somebody outside the world, these people; and what found nobody. */
export interface Aim<P> {
  readonly everyone: boolean;
  readonly outside: boolean;
  readonly people: readonly P[];
  readonly missed: readonly Miss[];
}

export interface Field<P extends Actor> {
  readonly roster: Roster<P>;
  /** Whom somebody can address now. */
  circle(who: P): Circle;
  /** Ways to address everyone beside the common ones: the world's own name. */
  readonly world: string;
  /** Whether somebody so called spoke to the world from outside. */
  readonly isOutside: (name: string) => boolean;
}

type Single<P> = { readonly found: P | "everyone" | "outside" } | { readonly miss: Miss };

const groups: ReadonlySet<string> = new Set(
  [
    "everyone|everybody|all|all of you|all participants|all people|anyone|anybody|group|the group|the room|the world|others|the others|everyone else|none|null|n a",
    "todos|todas|todo el mundo|tous|tout le monde|alle|an alle|tutti|todos os participantes|все|всем",
    "모두|모두에게|여러분|전체|전원|みんな|皆|皆さん|皆様|全員|大家|所有人|各位|الجميع|الكل|كلكم",
  ]
    .join("|")
    .split("|"),
);
/**
 * What people call a voice from outside that gave no name. Where nobody is called so, words to it are words without a
 * target: all who listen hear them.
 */
const unnamedVoice =
  /^(?:the )?(?:moderator|facilitator|host|interviewer|presenter|researcher|speaker|narrator|whoever (?:asked|spoke|is listening))$|^(?:el |la |le |der |die |o |a )?(?:moderador|moderadora|moderateur|animateur|moderatorin)$|^(?:진행자|사회자|면접관|司会|司会者|主持人|المشرف|الميسر)(?:님|さん|様)?$/u;
const separators = /[,;&/、،，；]|\s(?:and|und|et|y|e|и|و|와|과|と|和)\s/u;
const candidatesShown = 8;

/** Reads the target of a TALK: exact name, a spelling or part that means one person only, several names, or a group. */
export function aimOf<P extends Actor>(from: P, target: string, field: Field<P>): Aim<P> {
  const parts = target
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length > 1 && field.roster.exact(target) === undefined) {
    const several = parts.map((part) => single(from, part, field));
    if (several.every((one) => "found" in one || !isVague(one.miss))) return gathered(several);
  }
  return gathered([single(from, target, field)]);
}

/** Reads the target of a REACH_OUT: one person, near or far. */
export function personMeant<P extends Actor>(from: P, target: string, field: Field<P>): P | Miss {
  const others = field.roster.find(target).filter((person) => person !== from);
  if (others.length === 1) return others[0] as P;
  if (others.length > 1) return miss(target, "ambiguous", others);
  return miss(target, field.roster.find(target).length > 0 ? "self" : "unknown");
}

/** What the speaker cannot know to be wrong: the name, not the way. */
export const isVague = (one: Miss): boolean => one.reason === "unknown" || one.reason === "ambiguous";

function single<P extends Actor>(from: P, target: string, field: Field<P>): Single<P> {
  const { roster } = field;
  const exact = roster.exact(target);
  if (exact === undefined && isGroup(target, field.world)) return { found: "everyone" };
  if (exact === undefined && field.isOutside(target)) return { found: "outside" };
  const meant = exact === undefined ? roster.find(target) : [exact];
  if (meant.length === 0) {
    const isVoice = unnamedVoice.test(nameWords(target).join(" "));
    return isVoice ? { found: "everyone" } : { miss: miss(target, "unknown") };
  }
  const others = meant.filter((person) => person !== from);
  if (others.length === 0) return { miss: miss(target, "self") };
  const circle = field.circle(from);
  const near = others.filter((person) => reaches(circle, person.id));
  const [one] = near;
  if (one === undefined) return { miss: miss(target, "inaccessible") };
  return near.length === 1 ? { found: one } : { miss: miss(target, "ambiguous", near) };
}

function gathered<P extends Actor>(singles: readonly Single<P>[]): Aim<P> {
  const found = singles.flatMap((one) => ("found" in one ? [one.found] : []));
  const people = found.filter((one) => one !== "everyone" && one !== "outside");
  return {
    everyone: found.includes("everyone"),
    outside: found.includes("outside"),
    people: [...new Set(people)],
    missed: singles.flatMap((one) => ("miss" in one ? [one.miss] : [])),
  };
}

function isGroup(target: string, world: string): boolean {
  const words = nameWords(target).join(" ");
  return words === "" || groups.has(words) || words === nameWords(world).join(" ");
}

function miss(target: string, reason: Missed, candidates: readonly Actor[] = []): Miss {
  return { target, reason, candidates: candidates.slice(0, candidatesShown).map((person) => person.name) };
}
