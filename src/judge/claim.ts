import { TinyTroupeError } from "../kernel/values/errors.ts";

/** A claim by name, with what the names in its braces stand for. */
interface Claimed {
  readonly name: string;
  readonly claim: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The names in braces of a claim, as a type; any where the claim is not known as one. */
type VariableOf<Claim extends string> = string extends Claim
  ? string
  : Claim extends `${string}{${infer Name}}${infer Rest}`
    ? Name | VariableOf<Rest>
    : never;

const variable = /\{([a-z][A-Za-z0-9]*)\}/g;

/**
 * A proposition whose claim has names in braces, with what they stand for; the names are checked as types where the claim
 * is known as one. OPTION_INVALID for a name that is missing or that the claim does not have.
 * @example
 * fillClaim(stockPropositions.taskCompletion, { task: "They agree on a price." }).variables; // => { task: "They agree on a price." }
 */
export function fillClaim<const P extends Claimed>(
  proposition: P,
  variables: Readonly<Record<VariableOf<P["claim"]>, string>>,
): P & { readonly variables: Readonly<Record<string, string>> } {
  const names = variablesOf(proposition.claim);
  const stray = Object.keys(variables).find((name) => !names.includes(name));
  if (stray !== undefined) throw wrong(proposition.name, stray, `Its claim has: ${names.join(", ") || "none"}.`);
  const filled = { ...proposition, variables };
  checkVariables(filled);
  return filled;
}

/** A claim in somebody's own words: what stands in its braces stands for itself. */
export function literalClaim(name: string, claim: string): Required<Claimed> {
  return { name, claim, variables: Object.fromEntries(variablesOf(claim).map((each) => [each, `{${each}}`])) };
}

/** OPTION_INVALID where a name in a claim's braces stands for nothing. */
export function checkVariables({ name, claim, variables = {} }: Claimed): void {
  const open = variablesOf(claim).find((each) => (variables[each] ?? "").trim() === "");
  if (open !== undefined) throw wrong(name, open, `Say what {${open}} is: fillClaim(proposition, { ${open}: "…" }).`);
}

/** The claim with its variables in place, as a judge reads it. */
export function claimText({ claim, variables = {} }: Pick<Claimed, "claim" | "variables">): string {
  return claim.replace(variable, (whole, name: string) => variables[name] ?? whole);
}

const variablesOf = (claim: string): readonly string[] => [
  ...new Set([...claim.matchAll(variable)].map(([, name = ""]) => name)),
];

function wrong(proposition: string, name: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  const message = `The variable '${name}' of the proposition '${proposition}' cannot be used.`;
  return new TinyTroupeError("OPTION_INVALID", message, { data: { option: "variables", value: name }, hint });
}
