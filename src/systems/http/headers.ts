import type { Outside } from "../../kernel/contracts/context.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { invalidSystem } from "../gate.ts";

/** How a system is told who asks: by names of variables of the environment, and never by what is in them. */
export interface Credentials {
  /** The variable that holds its key, which is sent as `Authorization: Bearer …`. */
  readonly key?: string;
  /** Headers, each by the variable that holds it. */
  readonly headers?: Readonly<Record<string, string>>;
}

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Throws OPTION_INVALID for what is no name of a variable; it is not repeated, as it may be a secret. */
export function checkCredentials({ key, headers = {} }: Credentials): void {
  const given = [...(key === undefined ? [] : [["key", key]]), ...Object.entries(headers)];
  for (const [name = "", variable = ""] of given) {
    if (!variableName.test(variable)) throw invalidSystem(name, "the name of a variable of the environment");
  }
}

/** What is sent, and what of it nobody may see. Throws KEY_MISSING. */
export function credentialsOf(
  system: string,
  { key, headers = {} }: Credentials,
  variable: Outside["variable"],
): { readonly headers: Readonly<Record<string, string>>; readonly secrets: readonly string[] } {
  const value = (name: string): string => {
    const found = variable(name);
    if (found !== undefined && found !== "") return found;
    throw new TinyTroupeError("KEY_MISSING", `${system} needs ${name} in the environment.`, {
      data: { provider: system, variable: name },
      hint: `Set ${name}, then start this again.`,
    });
  };
  const named = Object.entries(headers).map(([name, held]) => [name.toLowerCase(), value(held)] as const);
  const bearer = key === undefined ? [] : [value(key)];
  const sent = [...named, ...bearer.map((token) => ["authorization", `Bearer ${token}`] as const)];
  const secrets = [...bearer, ...named.flatMap(([, held]) => [held, held.replace(/^\w+\s+/, "")])];
  return { headers: Object.fromEntries(sent), secrets };
}
