import type { Issue } from "../../kernel/values/errors.ts";
import type { ArmDocument } from "../../study/document/arms.ts";
import type { Step } from "../../study/document/document.ts";
import type { ExperimentDocument } from "./document.ts";

/** What people go through or answer, which can come again; what reads or keeps would find earlier periods, too. */
const comingAgain = new Set([
  ...["broadcast", "broadcastThought", "broadcastGoal", "context", "run"],
  ...["ask", "tell", "show", "think", "survey"],
]);

/** Everybody meets all arms, in as many orders or twice as many. */
const most = 8;

/** Why an experiment cannot be a crossover, where it is to be one. */
export function crossoverIssues(
  { crossover, metrics, factors = {}, wordings }: ExperimentDocument,
  {
    arms = {},
    steps,
  }: { readonly arms?: Readonly<Record<string, ArmDocument>> | undefined; readonly steps: readonly Step[] },
): readonly Issue[] {
  if (!crossover) return [];
  const all = [
    ...Object.entries(arms).map(([name, arm]) => [`arms.${name}`, arm] as const),
    ...Object.entries(factors).flatMap(([factor, levels]) =>
      Object.entries(levels).map(([level, arm]) => [`factors.${factor}.${level}`, arm] as const),
    ),
  ];
  const many = Object.values(factors).reduce((product, levels) => product * Object.keys(levels).length, 1);
  const count = Object.keys(arms).length || many;
  return [
    ...(count > most ? [{ path: "crossover", message: `At most ${most} arms can be met one after the other.` }] : []),
    ...all.flatMap(([path, arm]) =>
      Object.keys(arm).flatMap((key): Issue[] =>
        key === "reword" ? [] : [{ path: `${path}.${key}`, message: "People cross over between words: use `reword`." }],
      ),
    ),
    ...steps.flatMap((step, place): Issue[] => {
      const [kind = ""] = Object.keys(step);
      const message = `\`${kind}\` does not come again in each period: leave it out, and read the runs afterwards.`;
      return comingAgain.has(kind) ? [] : [{ path: `study.steps.${place}.${kind}`, message }];
    }),
    ...Object.entries(metrics).flatMap(([name, { from }]): Issue[] =>
      "item" in from || "count" in from
        ? []
        : [{ path: `metrics.${name}.from`, message: "In a crossover, measure by `item` or `count`." }],
    ),
    ...(wordings === undefined ? [] : [{ path: "wordings", message: "A crossover has no wordings." }]),
  ];
}
