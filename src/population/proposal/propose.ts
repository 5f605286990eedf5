import type { Context } from "../../kernel/contracts/context.ts";
import { checkKeys } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { specificationIssues } from "../specification/check/check.ts";
import { parseSpecification } from "../specification/parse.ts";
import { type Specification, specificationSchema } from "../specification/schema.ts";
import { proposalMessages } from "./proposal-prompt.ts";
import { type Proposal, proposalSchema } from "./proposal-schema.ts";
import { asId, type Converted, type Proposing, repeatedIn, specificationOf } from "./specification-of.ts";

/** What a proposed specification is to be like. */
export interface ProposeOptions {
  /** Its name. Default: what the model calls it. */
  readonly name?: string;
  /** What the population is for, and what matters in it. */
  readonly about?: string;
  /** Dimensions that it shall have, at least. */
  readonly dimensions?: readonly string[];
  /** How many people will be drawn. */
  readonly size?: number;
  readonly signal?: AbortSignal;
}

/** A specification that a model proposed, for people to look over and edit. */
export interface ProposedSpecification {
  /** Checked; every figure in it is marked as unverified. */
  readonly specification: Specification;
  /** What the source leaves open, what was estimated, and what is said to be from it but does not stand there. */
  readonly remarks: readonly string[];
  /** Rules, not a language model, read the source. */
  readonly heuristic: boolean;
}

const known = { name: true, about: true, dimensions: true, size: true, signal: true } as const;
/** Tokens. */
const mostTokens = 12_000;

/**
 * Proposes whom a population is to consist of, in one call: from free text, from a crosstab or CSV of shares as text, or
 * from data such as the original's descriptions of countries. Code makes it a specification and checks it; what is wrong
 * is shown to the model once. Nothing of it is verified.
 * @throws OPTION_INVALID, MODEL_INVALID where the second answer cannot be used either, and the errors of the model
 * @example
 * const { specification } = await proposeSpecification(context, "Buyers of cargo bikes: 58% women, 42% men, aged 28 to 55.");
 * Object.keys(specification.dimensions).includes("sex"); // => true
 */
export async function proposeSpecification(
  context: Context,
  source: string | object,
  options: ProposeOptions = {},
): Promise<ProposedSpecification> {
  checkKeys(options, known, "the options of a proposal");
  const text = typeof source === "string" ? source.trim() : JSON.stringify(source, null, 1);
  if (text === "") throw nothingGiven();
  const place = context.forkNext("propose");
  const { name, size, signal, about, dimensions } = options;
  const proposing = { source: text, ...(name !== undefined && { name }), ...(size !== undefined && { size }) };
  const { value, heuristic } = await place.models.actor.generate<Proposal>({
    messages: proposalMessages({
      source: text,
      following: place.models.actor.limits.following,
      ...(about !== undefined && { about }),
      ...(dimensions !== undefined && { dimensions }),
      ...(size !== undefined && { size }),
    }),
    schema: checkedProposal(proposing),
    purpose: "generate",
    scope: place.scope,
    maxOutputTokens: mostTokens,
    ...(signal !== undefined && { signal }),
  });
  const { specification, remarks } = converted(value, proposing);
  return { specification: parseSpecification(specification), remarks, heuristic: heuristic === true };
}

const converted = (proposal: Proposal, given: Omit<Proposing, "name"> & { readonly name?: string }): Converted =>
  specificationOf(proposal, { ...given, name: given.name ?? asId(proposal.title) });

/** The shape of the answer, together with the check of the specification that it makes: one more try is the model's. */
function checkedProposal(proposing: Omit<Proposing, "name">) {
  return proposalSchema.superRefine((proposal, refinement) => {
    const parsed = specificationSchema.safeParse(converted(proposal, proposing).specification);
    const issues = parsed.success
      ? specificationIssues(parsed.data).map(({ path, message }) => ({ path, message }))
      : parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
    for (const message of repeatedIn(proposal)) refinement.addIssue({ code: "custom", message });
    for (const { path, message } of issues) refinement.addIssue({ code: "custom", message: `${path}: ${message}` });
  });
}

function nothingGiven(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "There is nothing to propose a specification from.", {
    data: { option: "source" },
    hint: "Give a text, a table of shares as CSV, or data that describes the people.",
  });
}
