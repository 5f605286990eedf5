import { type Issue, isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { nearest } from "../../model/nearest.ts";
import { parseBudget } from "./budget.ts";
import { SettingsDocument } from "./document.ts";
import { issuesInWords } from "./issues.ts";
import { type SettingName, type Settings, settingNames, variableOf } from "./settings.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of ours that are no settings. */
const others = ["TINYTROUPE_DEBUG", "TINYTROUPE_API_KEY", "TINYTROUPE_BASE_URL"];

/** The settings that have a variable: all but those that are groups without a form in words. */
const named = settingNames.filter((name) => !["safety", "limits", "prices"].includes(name));

/**
 * The settings that variables hold, an empty one holding none.
 * @throws CONFIG_INVALID
 */
export function settingsFromVariables(variables: Variables): Settings {
  const given = named.flatMap((name): [SettingName, string][] => {
    const text = variables[variableOf(name)]?.trim();
    return text ? [[name, text]] : [];
  });
  const issues: Issue[] = [];
  const values = given.map(([name, text]) => [name, settingOf(name, text, issues)] as const);
  const parsed = SettingsDocument.safeParse(Object.fromEntries(values));
  if (!parsed.success) {
    const found = issuesInWords(parsed.error.issues, Object.fromEntries(values));
    issues.push(
      ...found.map(({ path, message }) => ({ path: variableOf(path.split(".")[0] as SettingName), message })),
    );
  }
  if (!parsed.success || issues.length > 0) throw invalid(issues);
  return parsed.data as Settings;
}

/** Variables that look like settings and are none, each with the one that may be meant. */
export function unknownVariables(variables: Variables): readonly string[] {
  const known = [...named.map(variableOf), ...others];
  return Object.keys(variables)
    .filter((name) => name.startsWith("TINYTROUPE_") && !known.includes(name))
    .map((name) => {
      const [near] = nearest(name, known);
      return `${name} means nothing here.${near === undefined ? "" : ` Did you mean ${near}?`}`;
    });
}

function settingOf(name: SettingName, text: string, issues: Issue[]): unknown {
  if (name === "concurrency" || name === "deadlineMs") return Number.isNaN(Number(text)) ? text : Number(text);
  if (name !== "budget") return text;
  try {
    return parseBudget(text);
  } catch (error) {
    if (!isTinyTroupeError(error)) throw error;
    issues.push({
      path: variableOf(name),
      message: `${error.message} Write it as in "200 calls, 1.5M tokens, 2 usd".`,
    });
    return undefined;
  }
}

function invalid(issues: readonly Issue[]): TinyTroupeError<"CONFIG_INVALID"> {
  const shown = issues.map(({ path, message }) => `  ${path}: ${message}`);
  return new TinyTroupeError("CONFIG_INVALID", ["The environment is not valid:", ...shown].join("\n"), {
    data: { issues },
    hint: "Mend the variable, or unset it. See: tinytroupe config --help",
  });
}
