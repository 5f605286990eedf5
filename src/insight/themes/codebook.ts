import { z } from "zod";
import type { Context } from "../../kernel/contracts/context.ts";
import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { apart, nearest } from "../../statistics/clusters/spherical-k-means.ts";
import { saidIn, sameText } from "./answers.ts";

const themeSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string(),
  /** Answers in it, and their share of all that say something. */
  count: z.int().nonnegative(),
  share: z.number().min(0).max(1),
  /** Answers to the letter, those that are most like the others first. */
  examples: z.array(z.string()).readonly(),
  named: z.enum(["model", "words"]),
});

const codebookSchema = z.object({
  codebook: z.literal(1),
  question: z.string().optional(),
  /** Whose vectors they are, and what it means that two are near. */
  embedder: z.string().min(1),
  compares: z.enum(["meaning", "words"]),
  /** The distance (1 − cosine) beyond which an answer is of none of the themes; see `reachOf`. */
  reach: z.number().min(0).max(2),
  themes: z.array(themeSchema.extend({ direction: z.base64() })).readonly(),
});

/** A group of answers, and what it is called. */
export type Theme = z.infer<typeof themeSchema>;

/** Themes with their directions, as plain data: what answers are coded by later. */
export type Codebook = z.infer<typeof codebookSchema>;

/** One answer, and the one place where it belongs. */
export interface CodedAnswer {
  /** To the letter. */
  readonly answer: string;
  /** A theme's id; `blank` where nothing was said; `other` where it is farther from each theme than answers like those before are. */
  readonly theme: string;
  readonly name: string;
  /** From its theme, else from the nearest: 1 − cosine. Absent of a blank answer. */
  readonly distance?: number;
}

/**
 * Reads a codebook from plain data, as from a file. Throws OPTION_INVALID with what is wrong.
 * @example
 * parseCodebook({ codebook: 1, embedder: "lexical/hashed-512", compares: "words", reach: 0.5, themes: [] }).reach; // => 0.5
 */
export function parseCodebook(value: unknown): Codebook {
  const read = codebookSchema.safeParse(value);
  if (read.success) return read.data;
  const issues = issuesInWords(read.error.issues, { schema: codebookSchema, whole: value });
  throw new TinyTroupeError("OPTION_INVALID", ["This is no codebook:", ...issueLines(issues)].join("\n"), {
    data: { option: "codebook" },
    hint: "Give the `codebook` of themes that were found, as it was written.",
  });
}

/**
 * Codes answers by a codebook without asking a model: each by the nearest direction, `other` where that is farther away
 * than any answer was from the rest of its theme. Texts that the store has vectors of cost nothing. Throws OPTION_INVALID
 * where the run has another embedder than the codebook, and as `Vectors.embed`.
 * @example
 * const { codebook } = await findThemes(simulation.context, ["Too dear.", "Too dear for me.", "It broke."]);
 * const [coded] = await codeAnswers(simulation.context, codebook, ["Far too dear."]);
 */
export async function codeAnswers(
  context: Context,
  codebook: Codebook,
  answers: readonly string[],
): Promise<readonly CodedAnswer[]> {
  const { embedder } = context.models;
  if (embedder.id !== codebook.embedder) throw otherEmbedder(codebook.embedder, embedder.id);
  const said = saidIn(answers);
  const { vectors } = await context.vectors.embed(said.map(({ text }) => text));
  return coded(answers, codebook, new Map(said.map(({ text }, at) => [text, vectors[at] as Float32Array])));
}

/** The answers in their order, each by its text's vector. */
export function coded(
  answers: readonly string[],
  { themes, reach }: Pick<Codebook, "themes" | "reach">,
  vectorOf: ReadonlyMap<string, Float32Array>,
): readonly CodedAnswer[] {
  const directions = themes.map(({ direction }) => directionIn(direction));
  const found = new Map<string, Omit<CodedAnswer, "answer">>();
  for (const [text, vector] of vectorOf) {
    const at = nearest(vector, directions);
    const distance = apart(vector, directions[at] ?? vector);
    const theme = themes[at];
    const isOther = theme === undefined || distance > reach + 1e-6;
    found.set(text, { ...(isOther ? none : { theme: theme.id, name: theme.name }), ...(theme && { distance }) });
  }
  return answers.map((answer) => ({ answer, ...(found.get(sameText(answer)) ?? blank) }));
}

const blank = { theme: "blank", name: "no answer" } as const;
const none = { theme: "other", name: "none of these" } as const;

/** A direction as text, exactly. */
export const directionAsText = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

const directionIn = (text: string): Float32Array =>
  new Float32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);

function otherEmbedder(wanted: string, given: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The codebook compares by ${wanted}, and this run by ${given}.`, {
    data: { option: "embedder", value: given },
    hint: `Open the run with the embedder "${wanted}".`,
  });
}
