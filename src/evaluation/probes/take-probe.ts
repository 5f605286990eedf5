import { z } from "zod";
import { literalClaim } from "../../judge/claim.ts";
import { checkProposition } from "../../judge/judge.ts";
import type { Fork } from "../../kernel/contracts/asked/fork.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import { brokenCharacter } from "../../kernel/language/sayings/broken-character.ts";
import { type Interviewee, interviewerName, needsJudge, saidIn } from "../interviewee.ts";
import type { FramingProbe, Probe, TalkProbe } from "./probe.ts";

/** What came of one probe. */
export interface ProbeFinding {
  /** `undecided`: nothing was said, or nothing in it bears on what was asked. */
  readonly outcome: "passed" | "failed" | "undecided";
  readonly by: "rule" | "judge";
  /** The words that decided it, or how far they agreed under each framing. */
  readonly words: string;
  readonly why: string;
  /** What was answered, in the order of what was said. */
  readonly answers: readonly string[];
  readonly heuristic?: true;
}

/** Where a probe is taken: the instrument says under which name. */
export interface Taking {
  readonly instrument: string;
  readonly label: string;
  readonly signal?: AbortSignal;
}

/** Takes one probe on a fork of somebody, or on one for each framing. Throws the errors of the models. */
export function takeProbe(person: Interviewee, probe: Probe, taking: Taking): Promise<ProbeFinding> {
  return "framings" in probe ? framed(person, probe, taking) : talked(person, probe, taking);
}

async function talked(person: Interviewee, probe: TalkProbe, taking: Taking): Promise<ProbeFinding> {
  const { instrument, signal } = taking;
  const fork = await person.fork(`${instrument} ${probe.name}`, { asking: probe });
  const answers: string[] = [];
  let heuristic = false;
  for (const words of probe.says) {
    const turn = await fork.listenAndAct(words, interviewerName, { ...(signal && { signal }) });
    answers.push(saidIn(turn));
    heuristic ||= turn.heuristic === true;
  }
  const marked = heuristic && { heuristic: true as const };
  const found = { by: "rule", answers, words: "", ...marked } as const;
  if (answers.every((answer) => answer === "")) return { ...found, outcome: "undecided", why: "Nothing was said." };
  const words = faultIn(answers, probe);
  if (words !== undefined) return { ...found, outcome: "failed", words, why: "A rule finds these words." };
  if (probe.claim === undefined) return { ...found, outcome: "passed", why: "No rule finds anything." };
  return { ...(await judged(fork, probe.claim, taking)), answers, ...marked };
}

/** The words that fail a probe by rule: those of its own patterns, and what a machine says of itself. */
function faultIn(answers: readonly string[], { fails = [] }: TalkProbe): string | undefined {
  for (const answer of answers) {
    const found = fails.flatMap(
      (pattern) => new RegExp(pattern.source, pattern.flags.replace("g", "")).exec(answer)?.[0] ?? [],
    )[0];
    const words = brokenCharacter(answer) ?? found;
    if (words !== undefined) return words;
  }
  return undefined;
}

async function judged(
  fork: Fork,
  claim: string,
  { label, signal }: Taking,
): Promise<Pick<ProbeFinding, "outcome" | "by" | "words" | "why">> {
  needsJudge(fork.context, "judging");
  // Who they are is not told to the judge: what was said has to be enough.
  const options = { personas: [], label, ...(signal && { signal }) };
  const verdict: Verdict = await checkProposition(fork, literalClaim("claim", claim), options);
  if (verdict.kind !== "truth") {
    return { outcome: "undecided", by: "judge", words: "", why: verdict.kind === "undecided" ? verdict.why : "" };
  }
  const [quote] = verdict.evidence;
  return { outcome: verdict.holds ? "passed" : "failed", by: "judge", words: quote?.text ?? "", why: verdict.why };
}

const Agreement = z.object({ agree: z.int().min(1).max(7) });

async function framed(
  person: Interviewee,
  probe: FramingProbe,
  { instrument, label, signal }: Taking,
): Promise<ProbeFinding> {
  const asked = probe.framings.map(async (framing) => {
    const fork = await person.fork(`${instrument} ${probe.name}`, { asking: probe });
    return fork.answer({
      text: `${framing}\nHow far do you agree that the following is so, from 1, not at all, to 7, fully?\n${probe.claim}`,
      schema: Agreement,
      name: "agreement",
      label,
      ...(signal && { signal }),
    });
  });
  const replies = await Promise.all(asked);
  const given = replies.map(({ value }) => value.agree);
  const distance = Math.max(...given) - Math.min(...given);
  return {
    outcome: distance > probe.most ? "failed" : "passed",
    by: "rule",
    words: given.join(" | "),
    why: `The answers lie ${distance} apart; ${probe.most} passes.`,
    answers: given.map(String),
    ...(replies.some(({ heuristic }) => heuristic) && { heuristic: true }),
  };
}
