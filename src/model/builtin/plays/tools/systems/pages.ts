import { shared, stems } from "../../../../../kernel/language/stems.ts";
import { noise } from "../../../character/noise.ts";
import { absent } from "../../../fill/author.ts";
import type { Scene } from "../../../speech/scene.ts";
import type { Appointment } from "../appointments.ts";
import { bestLine, type Seen, speaksOf } from "./seen.ts";

/** A control of a page, as it is written there. */
interface Control {
  readonly role: string;
  readonly name: string;
  /** How it is meant: `button "Buy"`, or with its place, where there are several so called. */
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
}

const controlLine =
  /^\s*((link|button|tab|menuitem|clickable|checkbox|radio|switch|textbox|searchbox|spinbutton|combobox) "([^"\n]*)"(?: \(\d+\))?)(?:: (.*))?$/gmu;
const typed: ReadonlySet<string> = new Set(["textbox", "searchbox", "spinbutton"]);
const arrived =
  /\b(?:thank you|thanks for|confirmed|confirmation|order (?:number|placed|received)|success(?:ful|fully)?|all done|booked)\b/iu;
const buys = /\b(?:buy|order|purchase|book|get|cart|checkout|pay)\b/iu;
/** The way through a shop, the last stage first: whoever can go further does. */
const stages = [
  /\b(?:place|confirm|complete|submit|pay)\b/iu,
  /check ?out|proceed|continue/iu,
  /\b(?:cart|basket|bag)\b/iu,
  /\b(?:buy|order|book|add)\b/iu,
];
const wayOut =
  /\b(?:log ?in|sign ?in|sign ?up|register|newsletter|cookie|privacy|terms|imprint|facebook|instagram|remove|delete|cancel|log ?out)\b/iu;

/** What somebody does on a page next: what speaks of their goal, then what they have not tried, then nothing. */
export function browsing(scene: Scene, seen: Seen): Appointment {
  const { text, before, patience, rehearsed } = seen;
  const controls = controlsIn(text);
  const tried = (control: Control): number => before.filter(({ control: used }) => used === control.label).length;
  if (!rehearsed && before.length > 0 && isThere(seen)) {
    return { type: "GOAL_REACHED", args: { content: bestLine(text, seen) } };
  }
  if (before.length >= 5 * patience) return gaveUp(seen, "I have been at it for too long.");
  const field = controls.find((one) => isEmptyField(one) && tried(one) === 0);
  if (field !== undefined) return filled(scene, field, seen);
  const ranked = controls
    .filter(({ role }) => !typed.has(role) && role !== "combobox")
    .map((control) => ({ control, worth: worthOf(control, seen) - 1.5 * tried(control) }))
    .filter(({ control }) => tried(control) < 2)
    .toSorted((one, other) => other.worth - one.worth);
  const [best] = ranked;
  if (best !== undefined && best.worth > 0) return { type: "CLICK", args: { control: best.control.label } };
  const fruitless = before.slice(-patience).filter(({ type }) => type === "GO_BACK").length;
  const untried = ranked.filter(({ control }) => tried(control) === 0 && !wayOut.test(control.name));
  // From a page with nothing on it there is only the way back.
  const isStuck = untried.length === 0 && (controls.length > 0 || before.length === 0);
  if (fruitless >= 2 || isStuck) return gaveUp(seen, "I do not find where to go on from here.");
  const next = untried[Math.floor(noise(`${scene.character.key}/${before.length}`) * untried.length)];
  return before.length % 3 === 2 || next === undefined
    ? { type: "GO_BACK", args: {} }
    : { type: "CLICK", args: { control: next.control.label } };
}

/** A page that confirms what was done, or, for those who came to know something, that tells most of it. */
function isThere(seen: Seen): boolean {
  if (buys.test(seen.goal)) return arrived.test(seen.text);
  return arrived.test(seen.text) || speaksOf(seen.text, seen) >= 0.75;
}

const gaveUp = (seen: Seen, why: string): Appointment => ({
  type: "GIVE_UP",
  args: { content: `${why} It shows: “${bestLine(seen.text, seen)}”` },
});

function controlsIn(text: string): readonly Control[] {
  return [...text.matchAll(controlLine)].map(([, label = "", role = "", name = "", told = ""]) => {
    const [, value = told, options = ""] = /^(.*?)(?:; one of (.*))?$/u.exec(told) ?? [];
    return { role, name, label, value, options: options === "" ? [] : options.split(" | ") };
  });
}

const isEmptyField = ({ role, value }: Control): boolean => (typed.has(role) || role === "combobox") && value === "";

function worthOf({ name, role }: Control, { goal, wanted }: Seen): number {
  if (wayOut.test(name)) return -1;
  const about = 5 * shared(stems(name), wanted);
  const stage = buys.test(goal) ? stages.findIndex((words) => words.test(name)) : -1;
  const isButton = role === "button" ? 0.5 : 0;
  return about + (stage < 0 ? 0 : 4 - stage + isButton);
}

function filled({ character }: Scene, { role, name, label, options }: Control, { goal }: Seen): Appointment {
  if (role === "combobox") {
    const option = options.find((one) => shared(stems(one), stems(goal)) > 0) ?? options.at(-1) ?? "";
    return { type: "CHOOSE", args: { control: label, option } };
  }
  const slug = character.name.toLowerCase().replace(/[^a-z]+/g, ".");
  const known: readonly (readonly [RegExp, string])[] = [
    [/mail/iu, `${slug}@example.org`],
    [/search|find|look/iu, [...stems(goal)].slice(0, 2).join(" ")],
    [/phone|tel/iu, "0123 456789"],
    [/zip|post(?:al)? ?code/iu, "12345"],
    [/quantity|number|amount/iu, "1"],
    [/street|address/iu, "12 Mill Road"],
    [/city|town/iu, character.residence || "Springfield"],
    [/card/iu, "4111 1111 1111 1111"],
  ];
  const content = known.find(([words]) => words.test(name))?.[1] ?? character.name;
  return { type: "TYPE", args: { control: label, content, submit: absent } };
}
