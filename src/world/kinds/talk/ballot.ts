import { z } from "zod";
import type { Respondent } from "../../../kernel/contracts/asked/respondent.ts";
import type { Actor } from "../../../kernel/contracts/person.ts";
import { concernsOneAnswer, type ErrorRecord, errorRecord, metByAll } from "../../../kernel/values/errors.ts";
import type { TinyWorld } from "../../tiny-world.ts";
import type { Spoken } from "./spoken.ts";

/** Somebody who can be asked in private, and knows what they lived through. */
export type Voter = Actor & Respondent;

/** What is voted on. */
export interface Ballot {
  readonly question: string;
  readonly options: readonly string[];
  /** Which of several votes it is, as in `before`. */
  readonly name: string;
  /** One after the other, and everybody hears each. Otherwise all at once, and nobody learns of the others'. */
  readonly open: boolean;
  /** What was said and may have moved people; they are asked by which of it they were. */
  readonly statements: readonly Spoken[];
}

/** What somebody voted, or why they did not. */
export type Cast =
  | { readonly choice: string; readonly because: string; readonly by?: Spoken }
  | { readonly error: ErrorRecord };

/** Who has no opinion, or does not want to give one, chooses this. */
const abstention = "abstain";

type Asked = { readonly cast: Cast } | { readonly thrown: unknown };

/**
 * Asks each aside, in one call (`person:lisa/vote`); each keeps their own vote in mind. One person's
 * failure is that person's; what concerns all is thrown, as when nobody has an answer.
 */
export async function takeVotes<P extends Voter>(
  world: TinyWorld<P>,
  voters: readonly P[],
  ballot: Ballot,
): Promise<readonly Cast[]> {
  const schema = schemaOf(ballot);
  const asked: Asked[] = [];
  if (!ballot.open) asked.push(...(await Promise.all(voters.map((voter) => askedOf(voter, ballot, schema)))));
  for (const [place, voter] of voters.entries()) {
    const one = asked[place] ?? (await askedOf(voter, ballot, schema));
    asked[place] = one;
    if ("thrown" in one && !concernsOneAnswer(one.thrown)) throw one.thrown;
    if (ballot.open) keep(world, voter, { ballot, cast: castOf(one) });
  }
  const failed = asked.flatMap((one) => ("thrown" in one ? [one.thrown] : []));
  if (failed.length > 0 && failed.length === voters.length) throw metByAll(failed);
  const casts = asked.map(castOf);
  if (!ballot.open)
    for (const [place, voter] of voters.entries()) keep(world, voter, { ballot, cast: casts[place] as Cast });
  return casts;
}

const castOf = (one: Asked): Cast => ("cast" in one ? one.cast : { error: errorRecord(one.thrown) });

interface Kept {
  readonly ballot: Ballot;
  readonly cast: Cast;
}

/** The vote goes into the story, into the voter's mind, and to everybody where it is open. */
function keep<P extends Voter>(world: TinyWorld<P>, voter: P, { ballot, cast }: Kept): void {
  const { name, open } = ballot;
  const what = { type: "voted" as const, person: voter.id, ballot: name };
  if ("error" in cast) {
    world.record({ ...what, error: cast.error });
    return;
  }
  const { choice, because, by } = cast;
  const { id: via } = world.record({ ...what, choice, because, ...(by && { by: by.reference }) });
  voter.observe({ type: "THOUGHT", content: `I vote “${choice}”: ${because}`, source: voter.name, via });
  if (!open) return;
  const told = { type: "SOCIAL" as const, content: `${voter.name} votes “${choice}”.`, source: voter.name, via };
  for (const other of world.people) if (other !== voter) other.observe(told);
}

type Answer = { readonly because: string; readonly choice: string; readonly by?: number | null };

function schemaOf({ options, statements }: Ballot): z.ZodType<Answer> {
  const because = z.string().describe("Why, in one sentence, in your own words.");
  const choice = z.enum([...options, abstention]);
  if (statements.length === 0) return z.object({ because, choice });
  const by = z.int().nullable().describe("The number of the statement that moved you most; null when none did.");
  return z.object({ because, choice, by });
}

async function askedOf(voter: Voter, ballot: Ballot, schema: z.ZodType<Answer>): Promise<Asked> {
  const question = { name: "vote", text: questionOf(ballot), schema, maxOutputTokens: 300 };
  try {
    const { value } = await voter.answer(question);
    const by = ballot.statements.find((one, place) => place + 1 === value.by && one.person !== voter.id);
    return { cast: { choice: value.choice, because: value.because, ...(by && { by }) } };
  } catch (thrown) {
    return { thrown };
  }
}

function questionOf({ question, options, open, statements }: Ballot): string {
  const whoLearns = open ? "Everybody will hear your vote." : "Nobody will learn how you vote.";
  const said = statements.map((one, place) => `${place + 1}. ${one.name}: ${one.words.replace(/\s+/gu, " ")}`);
  const parts = [
    said.length === 0 ? "" : `What was said:\n${said.join("\n")}`,
    `The question: ${question}\nYou can choose: ${[...options, abstention].join(" | ")}`,
    `You are asked to vote. ${whoLearns} Vote by what you hold and by what you heard.`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
