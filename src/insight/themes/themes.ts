import { setImmediate } from "node:timers/promises";
import type { Context } from "../../kernel/contracts/context.ts";
import { checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { aborted } from "../../model/flow/time.ts";
import { apart } from "../../statistics/clusters/spherical-k-means.ts";
import { type Said, saidIn } from "./answers.ts";
import { type Codebook, type CodedAnswer, coded, directionAsText, type Theme } from "./codebook.ts";
import { type Grouping, groupsOf, type ThemesFit } from "./grouping.ts";
import { namesOf } from "./naming.ts";
import { reachOf } from "./reach.ts";

/** How answers are grouped. */
export interface ThemesOptions {
  /** Themes at most. Default 8. */
  readonly max?: number;
  /** Themes at least, where answers are unlike enough. Default 1. */
  readonly min?: number;
  /** What was asked: who names the themes reads it. */
  readonly question?: string;
  /** Told while texts are embedded, in texts. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** Open answers in groups, with what each group is called. */
export interface Themes {
  /** Answers, and how many of them are blank. */
  readonly n: number;
  readonly blank: number;
  /** The weightiest first. */
  readonly themes: readonly Theme[];
  /** Each answer in the order given, in exactly one place. */
  readonly answers: readonly CodedAnswer[];
  /** The numbers of themes that were looked at, and how well each parts the answers. */
  readonly fit: readonly ThemesFit[];
  readonly embedder: string;
  /** `words`: offline, by rules; answers are together when they share words, whatever they mean. */
  readonly compares: "meaning" | "words";
  readonly codebook: Codebook;
}

/**
 * Groups open answers into at most so many themes: by their vectors and spherical k-means with the run's dice, as many as
 * the mean silhouette says (P. J. Rousseeuw, 1987). A model only names the groups, in one call. The order of the answers
 * never matters, and each is in exactly one place, by construction. Throws OPTION_INVALID where nothing was said, and what
 * embedders and models throw.
 * @example
 * const { themes } = await findThemes(simulation.context, ["Too dear.", "Too dear for me.", "It broke."], { max: 2 });
 */
export async function findThemes(
  context: Context,
  answers: readonly string[],
  options: ThemesOptions = {},
): Promise<Themes> {
  checkKeys(options, known, "the options of themes");
  const { max = 8, min = 1, question, onProgress } = options;
  if (!(Number.isSafeInteger(max) && max >= 1)) throw notACount("max", max);
  if (!(Number.isSafeInteger(min) && min >= 1 && min <= max)) throw notACount("min", min);
  const said = saidIn(answers);
  if (said.length === 0) throw nothingSaid();
  const place = context.forkAsking("themes", { said, max, min, question: question ?? null });
  const { vectors, embedder, compares } = await context.vectors.embed(
    said.map(({ text }) => text),
    onProgress && { onProgress },
  );
  const pause = async (): Promise<void> => {
    await setImmediate();
    if (context.signal.aborted) throw aborted(context.signal);
  };
  const weights = said.map(({ count }) => count);
  const grouping = await groupsOf(vectors, { min, max, weights, random: context.random.fork("themes"), pause });
  const groups = membersOf(said, vectors, grouping);
  const names = await namesOf(
    place,
    groups.map((group) => group.map(({ said: one }) => one)),
    question,
  );
  const all = weights.reduce((sum, count) => sum + count, 0);
  const themes = groups.map((group, at): Theme => {
    const count = group.reduce((sum, { said: one }) => sum + one.count, 0);
    const examples = group.slice(0, 3).map(({ said: one }) => one.answer);
    return { id: `theme-${at + 1}`, ...(names[at] as (typeof names)[number]), count, share: count / all, examples };
  });
  const reach = reachOf(vectors, weights, grouping);
  const codebook = codebookOf({ themes, grouping, reach, embedder, compares, question });
  const vectorOf = new Map(said.map(({ text }, at) => [text, vectors[at] as Float32Array]));
  return {
    ...{ n: answers.length, blank: answers.length - all, themes, answers: coded(answers, codebook, vectorOf) },
    ...{ fit: grouping.fit, embedder, compares, codebook },
  };
}

const known: KeysOf<ThemesOptions> = { max: true, min: true, question: true, onProgress: true };

interface Member {
  readonly said: Said;
  readonly distance: number;
}

/** Who is in each group, the most typical first. */
function membersOf(
  said: readonly Said[],
  vectors: readonly Float32Array[],
  { clusterOf, centroids }: Grouping,
): readonly (readonly Member[])[] {
  const members = said.map((one, at): Member & { readonly cluster: number } => {
    const cluster = clusterOf[at] as number;
    const distance = apart(vectors[at] as Float32Array, centroids[cluster] as Float32Array);
    return { said: one, distance, cluster };
  });
  return centroids.map((_, cluster) =>
    members.filter((member) => member.cluster === cluster).sort((one, other) => one.distance - other.distance),
  );
}

interface Found extends Pick<Codebook, "embedder" | "compares" | "reach"> {
  readonly themes: readonly Theme[];
  readonly grouping: Grouping;
  readonly question: string | undefined;
}

function codebookOf({ themes, grouping, reach, embedder, compares, question }: Found): Codebook {
  return {
    codebook: 1,
    ...(question !== undefined && { question }),
    ...{ embedder, compares },
    reach,
    themes: themes.map((theme, at) => ({
      ...theme,
      direction: directionAsText(grouping.centroids[at] as Float32Array),
    })),
  };
}

function notACount(option: "max" | "min", value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${option}' is no number of themes: ${String(value)}.`, {
    data: { option, value },
    hint: "Give whole numbers from 1, the least no greater than the most.",
  });
}

function nothingSaid(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "There is no answer that says anything.", {
    data: { option: "answers" },
    hint: "Give the texts of the answers; blank ones may be among them.",
  });
}
