import type { Issue } from "../../kernel/values/errors.ts";

/** Names that only secrets have. `tokens` of a budget are none. */
const names =
  /api.?key|secret|passw|passphrase|credential|bearer|(access|auth|private).?(key|token)|^(key|auth|token)$/i;

/** Values as keys of providers look: their usual beginnings, a bearer, a password in an address. */
const values =
  /\b(sk|pk|rk|gsk|xai|hf|ghp|glpat|key)[-_][A-Za-z0-9_-]{16,}|\bAIza[\w-]{30,}|\bBearer\s+\S{8,}|:\/\/[^/\s:@]*:[^/\s@]+@/i;

/** Where a file holds what looks like a secret; what it is, is never said. */
export function secretsIn(value: unknown, path: readonly string[] = []): readonly Issue[] {
  if (typeof value === "string") return values.test(value) ? [issue(path, "This looks like a key or a password.")] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (values.test(name)) return [issue(path, "A name here looks like a key or a password.")];
    if (names.test(name)) return [issue([...path, name], "Secrets have no place here.")];
    return secretsIn(inner, [...path, name]);
  });
}

function issue(path: readonly string[], what: string): Issue {
  return {
    path: path.join("."),
    message: `${what} Set the provider's variable in the environment instead, as in OPENAI_API_KEY.`,
  };
}
