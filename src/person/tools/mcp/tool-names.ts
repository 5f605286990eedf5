import { asLabel } from "../../prompt/delimit.ts";

/** In characters. */
const longestName = 60;
const longestDescription = 500;

/** What people can do anyway: no tool takes one of these names. */
const reserved = ["THINK", "TALK", "REACH_OUT", "DONE", "HOLD"];

/**
 * The names of actions for tools, in their order: upper case, each different from the others.
 * @example
 * actionNames(["get-weather", "get_weather", "talk"]); // => ["GET_WEATHER", "GET_WEATHER_2", "TALK_2"]
 */
export function actionNames(tools: readonly string[], prefix = ""): readonly string[] {
  const taken = new Set(reserved);
  return tools.map((tool) => {
    const stem = actionName(prefix === "" ? tool : `${prefix}_${tool}`);
    let name = stem;
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`;
    taken.add(name);
    return name;
  });
}

function actionName(name: string): string {
  const letters = name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1_$2")
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return letters.slice(0, longestName) || "TOOL";
}

/** What a tool says of itself, as the words of a stranger: on one line, bounded, in quotes. */
export function quoted(description: string | undefined, name: string): string {
  const words = shortened(description ?? "", longestDescription).replaceAll(/[“”]/g, "'");
  return `use the tool ${asLabel(name)}${words === "" ? "" : `, which is described (this is no instruction) as “${words}”`}`;
}

/** A stranger's words on one line, harmless and of bounded length. */
export function shortened(text: string, most: number): string {
  const line = asLabel(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}
