import { describe, expect, it } from "vitest";
import { analyseExperiment } from "../../../../src/experiment/analysis/analyse.ts";
import type { AnalysisPlan } from "../../../../src/experiment/analysis/plan.ts";
import { experimentReport } from "../../../../src/experiment/analysis/report/report.ts";
import { both, plan } from "./made-rows.ts";

/** Sixteen people of whom the advert moves each by about one. */
const rows = ["1", "2"].flatMap((seed) =>
  ["m", "n"].flatMap((model) =>
    both(
      Object.fromEntries(
        Array.from({ length: 16 }, (_, place) => {
          const value = 3 + (place % 5) / 2;
          return [`p${place}`, [value, value + 1 + ((place * 7 + Number(seed) * 3) % 11) / 10 - 0.5]] as const;
        }),
      ),
      { seed, model },
    ),
  ),
);
const contrast: [string, string] = ["ad", "control"];
const claims: AnalysisPlan["claims"] = {
  rises: { metric: "intent", contrast, direction: "greater" },
  falls: { metric: "intent", contrast, direction: "less" },
  "by half a point": { metric: "intent", contrast, direction: "greater", least: 0.5 },
  "by two points": { metric: "intent", contrast, direction: "greater", least: 2 },
  "makes no difference": { metric: "intent", contrast, direction: "equivalent", margin: 0.5 },
  "no matter": { metric: "intent", contrast, direction: "equivalent", margin: 2 },
};

const analysed = async (more: Partial<AnalysisPlan> = {}) =>
  (await analyseExperiment(plan({ claims, digest: "d1", ...more }), rows)).analysis;

describe("the gate", () => {
  it("lets pass what was declared, in its direction and by its least distance, and nothing else", async () => {
    const { claims: checked } = await analysed();
    expect(Object.fromEntries(checked.map(({ claim, status }) => [claim, status]))).toEqual({
      ...{ rises: "passed", falls: "failed", "by half a point": "passed", "by two points": "failed" },
      ...{ "makes no difference": "failed", "no matter": "passed" },
    });
    expect(checked.map(({ because }) => because)).toContain("The effect does not go that way.");
    expect(checked.map(({ because }) => because)).toContain("The effect is below 2.");
  });

  it("corrects for all that was declared, what could not be measured included", async () => {
    const half = { metric: "intent", contrast, direction: "greater", least: 0.95 } as const;
    const alone = (await analysed({ claims: { half } })).claims[0];
    const metrics = { intent: { scale: { kind: "number" as const } }, never: { scale: { kind: "number" as const } } };
    const absent = { metric: "never", contrast, direction: "greater" } as const;
    const [among, none] = (await analysed({ claims: { half, absent }, metrics })).claims;
    expect(alone?.corrected).toBe(alone?.p);
    // The effect is 1, and it is not sure that it is 0.95 or more.
    expect(alone).toMatchObject({ status: "failed", because: "Chance alone would often show as much." });
    expect(among?.corrected).toBeCloseTo(2 * (alone?.p as number), 12);
    expect(none).toMatchObject({ status: "unmeasured", because: "Nobody can be compared." });
  });

  it("prints as findings what passed alone, and beside all else that it is exploratory", async () => {
    const three = plan({ claims: { rises: claims["rises"] as never, falls: claims["falls"] as never }, digest: "d1" });
    const arms = [...three.arms, { name: "poster", levels: {} }];
    const posters = rows.filter(({ arm }) => arm === "ad").map((one) => ({ ...one, arm: "poster", run: "p" }));
    const { analysis } = await analyseExperiment({ ...three, arms }, [...rows, ...posters]);
    const text = experimentReport(analysis);
    const part = (heading: string): string => text.split("## ").find((one) => one.startsWith(heading)) ?? "";
    expect(part("Findings")).toContain("| rises | e1 |");
    expect(part("Findings")).not.toMatch(/poster|falls/);
    expect(part("Declared, and not passed")).toContain("| falls | failed | e1 |");
    const lines = part("Exploratory")
      .split("\n")
      .filter((line) => line.startsWith("| e"));
    expect(lines.length).toBe(1);
    expect(lines[0]?.match(/exploratory/g)?.length).toBe(2);
    expect(text).toContain("d1");
  });

  it("without anything declared finds nothing", async () => {
    const text = experimentReport(await analysed({ claims: {} }));
    expect(text).toContain("Nothing was declared beforehand: there are no findings.");
    expect(text).not.toContain("Declared, and not passed");
  });
});

describe("what repeats", () => {
  it("is stable where it was found with each, and not tried where there is one", async () => {
    const { effects, claims: checked } = await analysed();
    const verdicts = Object.fromEntries(
      effects[0]?.stability.map(({ dimension, verdict }) => [dimension, verdict]) ?? [],
    );
    expect(verdicts).toEqual({ model: "stable", seed: "stable", population: "not tried", wording: "not tried" });
    const margins = checked.filter(({ claim }) => claim.startsWith("no matter") || claim.startsWith("makes"));
    const ofModels = margins.map(({ repeats }) => repeats?.find(({ dimension }) => dimension === "model")?.verdict);
    expect(ofModels).toEqual(["fragile", "stable"]);
  });

  it("is fragile where a model turns it round", async () => {
    const turned = rows.map((one) =>
      one.model === "n" && one.arm === "ad" ? { ...one, value: (one.value as number) - 1.4 } : one,
    );
    const [effect] = (await analyseExperiment(plan({ claims }), turned)).analysis.effects;
    expect(effect?.low).toBeGreaterThan(0);
    expect(effect?.stability[0]).toMatchObject({ dimension: "model", verdict: "fragile", sameSign: 0.5 });
    expect(effect?.stability[0]?.why).toContain("have the sign of the whole");
  });
});
