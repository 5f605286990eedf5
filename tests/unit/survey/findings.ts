import type { AnswerValue } from "../../../src/kernel/contracts/answers/scale.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";
import type { RespondentRow, SurveyAnswer, SurveyRun } from "../../../src/survey/administer/collected.ts";
import type { SurveyFindings } from "../../../src/survey/report/findings.ts";
import { variantEffects } from "../../../src/survey/results/effects.ts";
import { summariseSurvey } from "../../../src/survey/results/summary.ts";
import { summariseTasks } from "../../../src/survey/results/tasks/summarise.ts";
import { surveyOf } from "./instruments.ts";

const agreement = ["no", "a little", "very much"];

/** A survey of twelve people whose answers are always the same, with words of a stranger in all that can hold some. */
export async function findingsWith(strange: string, apart = false): Promise<SurveyFindings> {
  const instrument = surveyOf([
    { id: "drinks", kind: "choice", text: `Which? ${strange}`, options: ["black", { id: "herb", label: strange }] },
    { id: "likes", kind: "likert", text: "I like tea.", labels: agreement },
    { id: "feels", kind: "matrix", text: "Tea …", rows: ["calms", "wakes"], labels: agreement },
    { id: "cups", kind: "number", text: "How many cups?", unit: "cups" },
    { id: "order", kind: "rank", text: "In order?", options: ["milk", "lemon", "sugar"] },
    { id: "spent", kind: "budget", text: "Spend 10.", options: ["tea", "cake"], total: 10 },
    { id: "recommend", kind: "net-promoter", text: "Would you recommend tea?" },
    { id: "why", kind: "text", text: "Why?", optional: true },
  ]);
  const people = Array.from({ length: 12 }, (_, place) => `p${place}`);
  const dice = createRandom("findings");
  const amounts = (tea: number): AnswerValue => ({ tea, cake: 10 - tea });
  const valuesOf = (): Readonly<Record<string, AnswerValue | null>> => ({
    drinks: dice.pick(["black", "herb"]),
    ...Object.fromEntries(["likes", "feels.calms", "feels.wakes"].map((id) => [id, dice.pick(agreement)])),
    cups: 1 + Math.floor(9 * dice.next()),
    order: dice.shuffle(["milk", "lemon", "sugar"]),
    spent: amounts(Math.floor(11 * dice.next())),
    recommend: Math.floor(11 * dice.next()),
    why: dice.next() < 0.3 ? null : strange,
  });
  const answers = people.flatMap((respondent) =>
    ["as-written", "reversed"].flatMap((variant) =>
      Object.entries(valuesOf()).map(([item, value]): SurveyAnswer => {
        const head = { respondent, name: respondent, variant, sample: 0, item, method: "direct" };
        return value === null ? { ...head, value, missing: "skipped" } : { ...head, value };
      }),
    ),
  );
  const respondents = people.map(
    (respondent): RespondentRow => ({
      ...{ respondent, name: respondent, variant: "as-written", sample: 0, end: "complete", failedChecks: [] },
    }),
  );
  const failures = [
    { ...{ respondent: "p12", name: strange, variant: "as-written", sample: 0 }, error: failed(strange) },
  ];
  const digests = { digest: "d".repeat(64), settings: "5".repeat(64), calls: [], heuristic: true as const };
  const run: SurveyRun = { survey: "tea", ...digests, respondents, answers, failures };
  const segments = new Map(people.map((person, place) => [person, place % 3 === 0 ? strange : "others"]));
  const options = { respondents, ...(apart && { segments }) };
  return {
    ...{ instrument, run },
    summary: await summariseSurvey(instrument, answers, options),
    tasks: await summariseTasks(instrument, answers, options),
    effects: await variantEffects(instrument, answers),
  };
}

const failed = (message: string) => ({ code: "MODEL_REFUSED", message, hint: "", data: {} }) as never;
