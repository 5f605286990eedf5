import { writeDocument } from "../../../src/document/write/write-document.ts";
import type { DesignedArm } from "../../../src/experiment/design/design.ts";
import {
  analyseExperiment,
  compareAnswers,
  experimentReportHtml,
  parseClaims,
  type Report,
  type TranscriptEntry,
  validationReportHtml,
} from "../../../src/index.ts";
import { reportHtml } from "../../../src/insight/report/formats/report-html.ts";
import { transcriptHtml } from "../../../src/insight/transcripts/html.ts";
import { profilePopulation } from "../../../src/population/profile/profile.ts";
import { profileHtml } from "../../../src/population/profile/report/html.ts";
import { surveyReportHtml } from "../../../src/survey/report/report.ts";
import { testReportHtml } from "../../../src/usability/report/report.ts";
import type { SystemTest } from "../../../src/usability/test-systems.ts";
import { answersOf, likert } from "../../unit/evaluation/comparison/made.ts";
import { plan, row } from "../../unit/experiment/analysis/made-rows.ts";
import { chartsWith } from "../../unit/plot/charts.ts";
import { messy } from "../../unit/population/profile/messy.ts";
import { findingsWith } from "../../unit/survey/findings.ts";

/** What would run, be fetched, turn what stands around it, be a formula or be too wide, if a page let it. */
export const wicked = `</title></text></svg><script>alert(1)</script><img src=x onerror=alert(1)> ![x](https://evil.example/p.png) <style>*{display:none}</style> =cmd|' /C calc'!A0 javascript:alert(1) "'\`\u0000\u001b[31m\u202e مرحبا بالعالم שלום 👩‍👩‍👧🏽 \ud800 ${"x".repeat(300)}`;
const short = "<b onclick=alert(1)>Ψ</b> =1+1 \u202eمرحبا 👩‍👩‍👧";

/** The same without the writing that a PDF has no signs for. */
export function legible<T>(value: T): T {
  if (typeof value === "string") return value.replace(/[\p{Script=Arabic}\p{Script=Hebrew}]+/gu, "Ελλάδα") as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => legible(one)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, legible(one)])) as T;
}

/** A report with a chart of each kind. */
export const report: Report = {
  title: `Mornings ${short}`,
  task: `What do they drink? ${wicked}`,
  kind: "estimate",
  heldAgainst: short,
  summary: [{ text: "Lisa drinks tea, and Oscar coffee.", evidence: ["E1", "E2"] }],
  sections: [
    { heading: "Drinks", sentences: [{ text: `Somebody said: ${wicked}`, evidence: ["E3"] }] },
    { heading: short, sentences: [{ text: "مرحبا بالعالم، أنا أشرب الشاي.", evidence: ["E1", "E3"] }] },
  ],
  charts: chartsWith(short),
  evidence: [
    { mark: "E1", who: "Lisa", asked: "What do you drink?", text: "Tea, always tea.", place: "person:lisa#1.0" },
    { mark: "E2", who: "Oscar", text: "Coffee.", place: "person:oscar#1.0" },
    { mark: "E3", who: wicked, asked: wicked, text: wicked, place: wicked },
  ],
  read: 3,
  leftOut: [],
};

const said = (place: number, from: string, text: string): TranscriptEntry => ({
  ...{ id: `kitchen#${place}.0`, kind: place % 5 === 4 ? "stimulus" : "action", step: Math.floor(place / 4) },
  ...{ type: ["TALK", "THINK", "SEARCH", "TALK", "CONVERSATION"][place % 5] as string },
  ...{ from, to: place % 2 === 0 ? ["Oscar", short] : [], text },
});
const entries: readonly TranscriptEntry[] = [
  { id: "n", kind: "narration", type: "ENDED", to: [], text: short },
  ...Array.from({ length: 10 }, (_, place) =>
    said(
      place,
      ["Lisa", "Oscar", short][place % 3] as string,
      place % 3 === 2 ? wicked : "Tea, always tea. ".repeat(9),
    ),
  ),
];

const key = (place: number) => ({
  system: place % 2 === 0 ? "shop bot" : short,
  goal: place % 4 < 2 ? "hours" : "repair a kettle",
  person: place % 3 === 0 ? short : `Person ${place}`,
  session: 1,
});
const sessions: SystemTest["sessions"] = Array.from({ length: 24 }, (_, place) => ({
  ...key(place),
  ...{ success: place % 3 > 0, by: "check", end: place % 3 > 0 ? "reached" : "gave up" },
  ...{ steps: 1 + (place % 7), failures: place % 2, seconds: 12.5 + place, ease: 1 + (place % 7) },
  ...{ path: place === 3 ? wicked : "asked > asked again > left", why: place === 6 ? wicked : "It said when." },
  ...{ did: "asked", showed: place === 9 ? wicked : "Sorry, I do not understand." },
}));
const systemTest: SystemTest = {
  sessions,
  findings: [0, 3, 6].map((place) => ({
    ...key(place),
    ...{ kind: "gave up", severity: 3, what: place === 6 ? wicked : "The bot understands nothing.", by: "rule" },
    ...{ did: "asked for the repair desk", showed: "Sorry, I do not understand.", said: place === 3 ? wicked : "" },
    ...{ quote: "Sorry, I do not understand.", entry: `visit#${place}.0` },
  })),
  claims: [{ ...key(0), claim: "The bot was polite.", verdict: "false", why: short, quote: wicked }],
  failures: [{ ...key(1), error: { code: "SYSTEM_FAILED", message: wicked, hint: "Look." } as never }],
  visits: [0, 3].map((place) => ({
    ...key(place),
    ...{ success: place > 0, check: undefined },
    visit: { ...key(place), first: { text: "" }, steps: [], end: "gave up", transcript: entries } as never,
  })),
  unsupported: 2,
};

export const markdown = `# Minutes ${short}

${wicked}

مرحبا بالعالم، أنا أشرب الشاي.

- tea, and [where it grows](https://tea.example)
- [ ] ![a cup](https://tea.example/cup.png)

> ${short}

\`\`\`
${"const tea = always; ".repeat(20)}
\`\`\`

| ${Array.from({ length: 12 }, (_, place) => `column ${place}`).join(" | ")} |
|${" ---: |".repeat(12)}
${Array.from(
  { length: 30 },
  (_, place) =>
    `| ${Array(12)
      .fill(place === 7 ? short : place)
      .join(" | ")} |`,
).join("\n")}
`;

/** An experiment of two arms with two models and three seeds, with findings, people who were lost, and names of others. */
function experiment() {
  const rows = ["one", short].flatMap((model) =>
    ["1", "2", "3"].flatMap((seed) =>
      Array.from({ length: 8 }, (_, place) => `p${place}`).flatMap((person, place) => [
        row("control", person, place, { model, seed }),
        row(short, person, place === 7 ? null : place + 1 + ((place * Number(seed)) % 5) / 5, { model, seed }),
      ]),
    ),
  );
  const claim = { metric: "intent", contrast: [short, "control"] as [string, string], direction: "greater" as const };
  const arms = ["control", short].map((name) => ({ name, levels: {} })) as [DesignedArm, ...DesignedArm[]];
  return analyseExperiment(plan({ name: wicked, arms, digest: "0".repeat(64), claims: { [wicked]: claim } }), rows);
}

/** Simulated answers beside people's on a scale, in options and in orders, with a claim. */
function comparison() {
  const items = {
    vote: { title: wicked, scale: likert, desirable: "high" },
    [short]: { scale: { kind: "nominal", options: [short, "B", "C"] } },
    order: { scale: { kind: "ranking", options: ["A", "B", "C"] }, separator: "-" },
  };
  const of = (lift: number) =>
    answersOf(
      items,
      Array.from({ length: 40 }, (_, place) => ({
        attributes: { group: place % 2 === 0 ? short : "other" },
        answers: {
          vote: place % 13 === 12 ? null : String(Math.min(5, 1 + ((place * 7) % (5 - lift)) + lift)),
          [short]: [short, "B", "C"][place % (3 - lift)] as string,
          order: [
            ["A", "B", "C"],
            ["C", "A", "B"],
            ["B", "C", "A"],
          ][(place * place) % (3 - lift)] as string[],
        },
      })),
    );
  const declared = { [wicked]: { item: "vote", measure: "mean", within: 1.5, why: short } };
  return compareAnswers(of(0), of(1), { resamples: 200, halves: 20, claims: parseClaims({ claims: 1, declared }) });
}

const stamp = { line: wicked, facts: [["run", wicked]] } as const;

/** Each sort of page that is written, from data that are always the same, with what is hostile among them. */
export async function pages(): Promise<Readonly<Record<string, string>>> {
  const crowd = Array.from({ length: 60 }, (_, place) => ({
    ...{ name: `P${place}`, age: 20 + ((place * 7) % 60), gender: ["female", "male", short][place % 3] },
    ...{ occupation: place === 7 ? wicked : `job ${place % 9}`, interests: ["chess", short] },
  }));
  const profile = await profilePopulation([...messy, ...crowd], { cross: [["gender", "age"]], unverified: [short] });
  return {
    report: await reportHtml(report),
    transcript: transcriptHtml(entries, { title: wicked }),
    profile: await profileHtml(profile, { title: wicked, source: wicked }),
    document: Buffer.from(await writeDocument(markdown, "html", { title: short, stamp })).toString(),
    "systems test": await testReportHtml(systemTest, { title: short }),
    experiment: await experimentReportHtml((await experiment()).analysis, { title: short }),
    comparison: await validationReportHtml(await comparison(), { title: short }),
    survey: await surveyReportHtml(await findingsWith(wicked, true), { title: short }),
  };
}
