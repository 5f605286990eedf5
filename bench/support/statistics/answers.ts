import { parseInstrument, type Random, summariseSurvey, summariseTasks, variantEffects } from "../../../src/index.ts";
import type { Trial } from "./chance.ts";
import { normals } from "./chance.ts";

type Answers = Parameters<typeof summariseSurvey>[1];

const asked = parseInstrument({
  ...{ survey: 1, name: "tea" },
  items: [
    { id: "likes", kind: "scale", text: "How much do you like tea?", low: 1, high: 5 },
    { id: "drinks", kind: "yes-no", text: "Do you drink tea?" },
    { id: "recommends", kind: "net-promoter", text: "Would you recommend it?" },
  ],
});

interface Asked {
  readonly people: number;
  readonly samples?: number;
  readonly variant?: string;
}

/** People with a leaning of their own, who answer each item as often as they are sampled. */
function given(random: Random, item: string, { people, samples = 1, variant }: Asked): Answers {
  const leanings = normals(random.fork("people"), people);
  return leanings.flatMap((leaning, person) =>
    Array.from({ length: samples }, (_, sample) => sample).flatMap((sample) => {
      const who = { respondent: `p${person}`, name: "", sample, method: "direct", item };
      const [once = 0, again = 0] = normals(random.fork(`${person} ${sample}`), 2);
      const said = (name: string, height: number) => ({ ...who, variant: name, value: answerAt(item, height) });
      const written = said("as-written", leaning + once);
      return variant === undefined ? [written] : [written, said(variant, leaning + again + 0.5)];
    }),
  );
}

/** Leanings with a noise of one each lie behind: values of a spread of √2 about zero. */
function answerAt(item: string, height: number): string {
  if (item === "drinks") return height > 0.5 ? "yes" : "no";
  const [middle, most] = item === "likes" ? [3, 5] : [7, 10];
  return String(Math.min(most, Math.max(item === "likes" ? 1 : 0, Math.round(middle + height * (most / 5)))));
}

/** That a value lies below. */
function below(height: number, centre = 0): number {
  const [from, steps] = [-12, 20_000];
  const [width, sd] = [(height - from) / steps, Math.SQRT2];
  let sum = 0;
  for (let step = 0; step < steps; step++)
    sum += Math.exp(-(((from + (step + 0.5) * width - centre) / sd) ** 2) / 2) / (sd * Math.sqrt(2 * Math.PI));
  return sum * width;
}

/** The mean of what is said from 1 to 5, of people about a centre. */
const likedAt = (centre: number): number =>
  5 - [1.5, 2.5, 3.5, 4.5].reduce((sum, end) => sum + below(end - 3, centre), 0);

type Row = { readonly low: number | null; readonly high: number | null };

const covers = (
  name: string,
  truth: number,
  of: (random: Random) => Promise<Row | undefined>,
  allowance = 0,
): Trial => ({
  ...{ name, nominal: 0.95, times: 1_000, allowance },
  once: async (random) => {
    const { low = null, high = null } = (await of(random)) ?? {};
    return low === null || high === null ? undefined : low <= truth && truth <= high;
  },
});

const figure = (item: string, name: string, of: Asked) => async (random: Random) =>
  (await summariseSurvey(asked, given(random, item, of))).find((row) => row.item === item && row.figure === name);

const promoted = (name: string) => async (random: Random) =>
  (await summariseTasks(asked, given(random, "recommends", { people: 50 }), { random })).find(
    (row) => row.result === "net promoter" && row.figure === name,
  );

const moved = (item: string, name: string) => async (random: Random) =>
  (await variantEffects(asked, given(random, item, { people: 40, samples: 2, variant: "backwards" }))).find(
    (row) => row.item === item && row.figure === name,
  );

const promoters = 1 - below(1.5 / 2);
const detractors = below(-0.5 / 2);

/** How often the intervals of a survey's items hold what all people there could be say. */
export const answerIntervals: readonly Trial[] = [
  covers("an item's mean, 40 people of 2 samples", likedAt(0), figure("likes", "mean", { people: 40, samples: 2 })),
  covers("an item's share, 40 people", 1 - below(0.5), figure("drinks", "yes", { people: 40 }), 0.01),
  covers(
    "an item's share, 40 people of 3 samples",
    1 - below(0.5),
    figure("drinks", "yes", { people: 40, samples: 3 }),
  ),
  covers("a net promoter score, 50 people", 100 * (promoters - detractors), promoted("score")),
  covers("promoters in a hundred, 50 people", 100 * promoters, promoted("promoters"), 0.01),
  covers("what a variant moves of a mean, 40 people", likedAt(0.5) - likedAt(0), moved("likes", "mean")),
  covers("what a variant moves of a share, 40 people", below(0.5) - below(0), moved("drinks", "yes"), 0.01),
];
