import { expect, it } from "vitest";
import { z } from "zod";
import { extractAgreed } from "../../../../src/insight/several/agreed.ts";
import { compared, fieldsOf } from "../../../../src/insight/several/compared.ts";
import type { Subject } from "../../../../src/kernel/contracts/context.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { testContext } from "../../../support/context.ts";
import { type Script, scriptedModel } from "../../../support/scripted-model.ts";

const refusal = new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask again." });
const schema = z.object({ verdict: z.enum(["buy", "wait"]).nullable(), price: z.number(), why: z.string() });
const asked = { objective: "What they would do.", schema } as const;
type Found = z.infer<typeof schema>;

function setting(judging: Script, cheaply: Script = judging) {
  const [judge, cheap] = [scriptedModel(judging, { id: "test/judge" }), scriptedModel(cheaply)];
  const root = testContext({ judge, models: { cheap } });
  const subjects: Subject[] = ["Ann", "Bob"].map((name) => ({
    name,
    context: root.fork(`person:${name}`),
    transcript: () => [{ id: "a#0.0", kind: "action", type: "TALK", from: name, to: [], text: "Hello." }],
  }));
  return { judge, cheap, subjects };
}

const who = (scope: string): "Ann" | "Bob" => (scope.includes("Ann") ? "Ann" : "Bob");

it("puts the same question to several readers, and says how far they agree about each field", async () => {
  const found: Record<string, Record<string, Found>> = {
    judge: {
      Ann: { verdict: "buy", price: 10, why: "It is cheap." },
      Bob: { verdict: "wait", price: 20, why: "Dear!" },
    },
    cheap: { Ann: { verdict: "buy", price: 10, why: "it is CHEAP" }, Bob: { verdict: null, price: 22, why: "Dear!" } },
  };
  const { judge, cheap, subjects } = setting(
    ({ scope }) => found["judge"]?.[who(scope)],
    ({ scope }) => found["cheap"]?.[who(scope)],
  );
  const { rows, fields } = await extractAgreed(subjects, { ...asked, readers: ["judge", "cheap"] });
  expect(rows[0]).toMatchObject({ subject: "Ann", value: found["judge"]?.["Ann"] });
  expect(rows.map((row) => "value" in row && row.agreement)).toEqual([
    { verdict: 1, price: 1, why: 1 },
    { verdict: 0, price: 0, why: 1 },
  ]);
  expect(rows[1]?.answers).toEqual([
    { reader: "judge", sample: 0, value: found["judge"]?.["Bob"] },
    // This one acted, too.
    { reader: "cheap", sample: 0, value: found["cheap"]?.["Bob"], judgesItself: true },
  ]);
  expect(fields.map(({ field, share }) => [field, share])).toEqual([
    ["verdict", 0.5],
    ["price", 0.5],
    ["why", 1],
  ]);
  const alphas = fields.map(({ alpha }) => ("alpha" in alpha ? alpha.alpha.toFixed(4) : alpha.reason));
  expect(alphas).toEqual(["0.4000", "0.9756", "1.0000"]);
  expect([judge, cheap].map(({ requests }) => requests.map(({ temperature }) => temperature))).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

it.each([
  ["👍", "👎", false],
  ["C++", "C", false],
  ["-5", "5", false],
  [null, "null", false],
  ["It's CHEAP.", "it’s cheap", true],
  ["naïve", "nai\u0308ve", true],
])("tells %j from %j: the same is %s", (one, other, same) => {
  const { shares } = compared([fieldsOf({ said: one }), fieldsOf({ said: other })]);
  expect(shares["said"]).toBe(same ? 1 : 0);
});

it("takes several independent answers of one reader, and the one that agrees best with the others", async () => {
  const verdicts = ["wait", "buy", "buy"] as const;
  const { judge, subjects } = setting(({ sample = 0 }) => ({ verdict: verdicts[sample], price: 1, why: "So." }));
  const { rows } = await extractAgreed(subjects.slice(0, 1), { ...asked, samples: 3 });
  expect(rows[0]).toMatchObject({ value: { verdict: "buy" }, agreement: { verdict: 1 / 3, price: 1 } });
  expect(judge.requests.map(({ sample, temperature }) => [sample, temperature])).toEqual([
    [0, 0.7],
    [1, 0.7],
    [2, 0.7],
  ]);
  expect(new Set(judge.requests.map(({ scope }) => scope)).size).toBe(3);
});

it("has a gap where one reading failed, and an error where all did", async () => {
  const answer = { verdict: "buy", price: 1, why: "So." };
  const { subjects } = setting(({ scope, sample }) => (who(scope) === "Bob" || sample === 1 ? refusal : answer));
  const { rows, fields } = await extractAgreed(subjects, { ...asked, samples: 3 });
  expect(rows[0]).toMatchObject({ value: answer, answers: [{ sample: 0 }, { error: { code: "MODEL_REFUSED" } }, {}] });
  expect(rows[1]).toMatchObject({ subject: "Bob", error: { code: "MODEL_REFUSED" } });
  expect(rows[1] !== undefined && "value" in rows[1]).toBe(false);
  expect(fields[0]).toEqual({ field: "verdict", share: 1, alpha: { reason: "all values are the same" } });
});

it("wants two readings at least", async () => {
  const { subjects } = setting([]);
  for (const few of [{}, { samples: 1 }, { readers: ["cheap"] }, { samples: 1.5 }, { samples: 0 }]) {
    const found = extractAgreed(subjects, { ...asked, ...few });
    await expect(found).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "samples" } });
  }
});
