import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { nearest } from "../../kernel/text/nearest.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { SettingsDocument } from "./document.ts";
import { type SettingName, type Settings, settingNames, variableOf } from "./settings.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of ours that are no settings. */
const others = ["TINYTROUPE_DEBUG", "TINYTROUPE_API_KEY", "TINYTROUPE_BASE_URL"];

/** The settings that have a variable: all but those that are groups without a form in words. */
const named = settingNames.filter((name) => !["models", "safety", "limits", "prices"].includes(name));

/**
 * The settings that variables hold, an empty one holding none.
 * @throws CONFIG_INVALID
 */
export function settingsFromVariables(variables: Variables): Settings {
  const given = named.flatMap((name): [SettingName, string][] => {
    const text = variables[variableOf(name)]?.trim();
    return text ? [[name, text]] : [];
  });
  const whole = Object.fromEntries(given.map(([name, text]) => [name, valueIn(name, text)]));
  const parsed = SettingsDocument.safeParse(whole);
  if (parsed.success) return parsed.data as Settings;
  const issues = issuesInWords(parsed.error.issues, { whole, schema: SettingsDocument });
  throw invalid(issues.map(({ path, message }) => ({ path: variableOf(path.split(".")[0] as SettingName), message })));
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

function valueIn(name: SettingName, text: string): unknown {
  const counts = name === "concurrency" || name === "deadlineMs";
  return counts && !Number.isNaN(Number(text)) ? Number(text) : text;
}

function invalid(issues: readonly Issue[]): TinyTroupeError<"CONFIG_INVALID"> {
  return new TinyTroupeError("CONFIG_INVALID", ["The environment is not valid:", ...issueLines(issues)].join("\n"), {
    data: { issues },
    hint: "Mend the variable, or unset it. See: tinytroupe config --help",
  });
}
