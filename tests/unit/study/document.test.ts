import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isTinyTroupeError } from "../../../src/index.ts";
import { parseStudyDocument } from "../../../src/study/document/parse.ts";

/** What is said about a study that is written so. */
function complaints(yaml: string): string {
  try {
    parseStudyDocument(parse(yaml), { file: "study.yaml" });
  } catch (error) {
    if (isTinyTroupeError(error, "STUDY_INVALID")) return error.message;
    throw error;
  }
  return "";
}

const head = "name: x\npeople: [lisa]\n";
const room = `${head}world: { name: Room }\n`;

describe("a study file with a mistake", () => {
  it("says what is missing", () => {
    expect(complaints("about: nothing")).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        name: This is missing; a text is expected.
        people: This is missing; a list is expected.
        steps: This is missing; a list is expected."
    `);
    expect(complaints("[]")).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        (the whole file): This is a list; a group of keys is expected."
    `);
    expect(complaints("")).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        (the whole file): This is empty; a group of keys is expected."
    `);
    expect(complaints(`${head}steps: []`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps: This is empty."
    `);
    expect(complaints(`${head}steps: [{ ask: {} }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.ask.question: This is missing; a text is expected."
    `);
    expect(complaints(`${head}steps:\n  - ask:`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.ask: This is empty; a group of keys is expected."
    `);
  });

  it("knows which interventions cannot be", () => {
    const steered = (one: string) =>
      complaints(`${room}interventions: [{ name: a, do: [{ tell: Hi }], ${one} }]\nsteps: [{ run: 1 }]`);
    expect(steered("claim: They talk., atLeast: 6, once: true, of: each, cooldown: 2")).toBe("");
    expect(steered("atLeast: 6")).toContain("interventions.0.atLeast: This is about a `claim`");
    expect(steered("claim: They talk., atLeast: 6, atMost: 3")).toContain(
      "interventions.0.atLeast: `atLeast` is above",
    );
    expect(steered("claim: They talk., holds: false, atMost: 3")).toContain("interventions.0.holds: Give `holds`, or");
    expect(steered("cooldown: { minutes: 5 }")).toContain("interventions.0.cooldown: Time passes only in a study");
    expect(steered("cooldown: { hours: 5, days: 1 }")).toContain("interventions.0.cooldown: Time passes only in a");
    expect(steered("cooldown: {}")).toContain("Write a span as in { hours: 6 }");
    expect(steered("when: 3")).toContain("There is no 'when' here");
    const two = "[{ name: a, do: [{ tell: Hi }] }, { name: a, do: [{ tell: Hi }] }]";
    expect(complaints(`${head}interventions: ${two}\nsteps: [{ ask: { question: Why? } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        interventions: This needs a world. Add \`world: { name: … }\` to the study.
        interventions.1.name: There is an intervention of this name already."
    `);
  });

  it("knows which step was meant", () => {
    expect(complaints(`${head}steps: [{ aks: { question: Why? } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0: There is no 'aks' here. Did you mean ask?"
    `);
    expect(complaints(`${head}steps: [run]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0: This is a text; a group of keys is expected."
    `);
    expect(complaints(`${room}steps: [{ run: 2, broadcast: Hello }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0: Only one of these can stand here: run, broadcast. Write each as an entry of its own."
    `);
    expect(complaints(`${room}steps: [{ run: two }, { run: 0 }, { run: { steps: 2 } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.run: This is a text; a number or a group of keys is expected.
        steps.1.run: This must be above 0."
    `);
    expect(complaints(`${head}steps: [{ ask: { quesion: Why? } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.ask.question: This is missing; a text is expected.
        steps.0.ask.quesion: There is no 'quesion' here. Did you mean question?"
    `);
    expect(complaints(`${head}steps: [{ ask: Why? }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.ask: This is a text; a group of keys is expected."
    `);
  });

  it("says what can stand for a person, a field, a budget", () => {
    const steps = "steps: [{ ask: { question: Why? } }]";
    expect(complaints(`name: x\npeople: []\n${steps}`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        people: This is empty."
    `);
    expect(complaints(`name: x\npeople: lisa\n${steps}`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        people: This is a text; a list is expected."
    `);
    expect(
      complaints(
        `name: x\npeople: [7, { fil: a.json }, { persona: { age: 3 } }, { name: Mila, age: 31 }, { name: Jon, generate: A baker }]\n${steps}`,
      ),
    ).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        people.0: This is a number; a text or a group of keys is expected.
        people.1: There is no 'fil' here. Did you mean file?
        people.2.persona.name: This is missing; a text is expected.
        people.3: What a person is like stands below \`persona\`, as in \`- persona: { name: Ann, age: 31 }\`; from elsewhere they come by \`file\`, \`population\` or \`generate\`.
        people.4.name: There is no 'name' here. Possible: file, fragments, memories, population, first, generate, particularities, persona."
    `);
    expect(complaints(`${head}budget: { calls: -1, dollars: 2 }\n${steps}`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        budget.calls: This must be above 0.
        budget.dollars: There is no 'dollars' here. Possible: calls, tokens, usd."
    `);
    expect(complaints(`name: x\npeople: [{ file: a.json, generate: A bank }]\n${steps}`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        people.0: Only one of these can stand here: file, generate. Write each as an entry of its own."
    `);
    const field = (text: string) => `${head}steps: [{ extract: { objective: o, as: t, fields: { f: ${text} } } }]`;
    expect(complaints(field("{ options: [A] }"))).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.extract.fields.f.options: At least 2 entries are needed."
    `);
    expect(complaints(field("{ type: date }"))).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.extract.fields.f.type: "date" is none of "text", "number", "integer", "yes-no"."
    `);
    expect(complaints(field("[a, b]"))).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.extract.fields.f: This is a list; a text or a group of keys is expected."
    `);
  });

  it("tells contradictions before anybody is asked", () => {
    expect(complaints(`${head}steps: [{ broadcast: Hello }, { run: 2 }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.broadcast: This needs a world. Add \`world: { name: … }\` to the study, or use \`ask\`, \`tell\` or \`think\`.
        steps.1.run: This needs a world. Add \`world: { name: … }\` to the study, or use \`ask\`, \`tell\` or \`think\`."
    `);
    expect(complaints(`${room}steps: [{ run: { steps: 2, every: { minutes: 30 } } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.run.every: Time passes only in a study that begins at a moment: add \`startAt\`."
    `);
    const beats =
      "{ story: { as: a } }, { story: { as: a, purpose: x } }, { story: { as: b, from: Ann, broadcast: true } }";
    expect(complaints(`${room}steps: [${beats}, { tally: { table: a, by: words, as: b } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.1.story.purpose: The story 'a' has begun: this stands in its first step.
        steps.2.story.broadcast: Only the story of a world is broadcast.
        steps.3.tally.by: The table 'a' has no 'words'. It has: heading, text, people, from.
        steps.3.tally.as: There is a table 'b' already: give this one another name."
    `);
    const shows =
      "{ show: { what: x, document: a.md } }, { show: { what: x, image: a.png, name: A } }, { story: { as: a } }";
    expect(complaints(`${head}steps: [${shows}, { show: { what: x, image: a, document: b } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.show.document: This is for everybody in a world: the study needs one, and the step no \`who\`.
        steps.1.show.name: This is for everybody in a world: the study needs one, and the step no \`who\`.
        steps.2.story.from: The study has no world: name a person.
        steps.3.show: Give an \`image\` or a \`document\`, each a step of its own."
    `);
    expect(complaints(`${head}startAt: tomorrow\nsteps: [{ tell: { what: Hi } }]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        startAt: 'tomorrow' is no moment of the calendar. Write it as in 2030-01-31, 2030-01-31T09:00 or 2030-01-31T09:00[Europe/Berlin]."
    `);
    expect(complaints(`${head}startAt: 2029-02-29\nsteps: [{ tell: { what: Hi } }]`)).toContain(
      "startAt: '2029-02-29' is no moment of the calendar. There is no such day.",
    );
    const extract = (rest: string) => `{ extract: { objective: o, ${rest} } }`;
    expect(
      complaints(`${head}steps:
  - ${extract("as: a, fields: { person: p, n: { minimum: 3, maximum: 1, type: integer } }")}
  - ${extract("as: a, from: world, evidence: true, rows: { evidence: e }")}
  - ${extract("as: b, fields: { x: y }, rows: { x: y }")}
  - { tally: { table: c, by: x, as: counts } }
  - { tally: { table: b, by: z, as: more, winner: b } }`),
    ).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.extract.fields.person: This table gets a column 'person' by itself: call the field otherwise.
        steps.0.extract.fields.n: \`minimum\` is above \`maximum\`.
        steps.1.extract.from: The study has no world: use \`each\` or a person's name.
        steps.1.extract.rows.evidence: This table gets a column 'evidence' by itself: call the field otherwise.
        steps.1.extract.as: There is a table 'a' already: give this one another name.
        steps.2.extract: Give \`fields\` for one answer or \`rows\` for several, not both.
        … and 3 more."
    `);
    expect(
      complaints(
        `${head}steps: [${extract("as: t, fields: { f: { type: number, options: [A, B] }, g: { minimum: 1 } }")}]`,
      ),
    ).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.extract.fields.f: A field with \`options\` holds a text: leave \`type\` out.
        steps.0.extract.fields.g: Bounds are for \`type: number\` or \`integer\`."
    `);
  });

  it("knows who can read, and what a report can be on", () => {
    const extract = (rest: string) => `{ extract: { objective: o, ${rest} } }`;
    const report = (rest: string) => `{ report: { task: t, ${rest} } }`;
    expect(
      complaints(`${head}steps:
  - ${extract("as: a, by: judge, readers: [judge, judge], rows: { x: y }")}
  - ${extract("as: b, samples: 1, agreement: a, fields: { agreement: y }")}
  - ${extract("as: c, agreement: d, fields: { x: y }")}`),
    ).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.extract.by: Give \`by\` for one reader or \`readers\` for several, not both.
        steps.0.extract.readers: 'judge' reads twice: give \`samples\` for that.
        steps.0.extract.readers: Readers agree field by field: give \`fields\`, not \`rows\`.
        steps.1.extract.samples: There is nobody to agree with: give \`samples: 3\`, or several \`readers\`.
        steps.1.extract.fields.agreement: This table gets a column 'agreement' by itself: call the field otherwise.
        steps.1.extract.agreement: There is a table 'a' already: give this one another name.
        … and 1 more."
    `);
    expect(
      complaints(`${head}steps:
  - ${report("as: a, kind: estimate, from: world, interview: [Why?], talk: true")}
  - ${report("as: b, table: a, from: each")}
  - ${extract("as: a, fields: { x: y }")}
  - ${report("as: c, table: d, who: z")}
  - { tally: { table: b, by: x, as: counts } }`),
    ).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.report.kind: Say in \`heldAgainst\` what it was held against, or call it a pilot.
        steps.0.report.talk: The report is on \`interview\`: leave this out.
        steps.0.report.from: The study has no world: use \`each\` or a person's name.
        steps.1.report.from: The report is on a \`table\`: leave this out.
        steps.1.report.table: 'a' is a report: this is about a table.
        steps.2.extract.as: There is a report 'a' already: give this one another name.
        … and 2 more."
    `);
    expect(complaints(`${head}steps: [${report("as: a, who: z, kind: proof, interview: []")}]`)).toMatchInlineSnapshot(`
      "The study study.yaml is not valid:
        steps.0.report.kind: "proof" is none of "pilot", "theory probe", "estimate".
        steps.0.report.interview: This is empty."
    `);
  });

  it("lets nothing be called __proto__", () => {
    const value = JSON.parse(
      '{"name":"x","people":["lisa"],"steps":[{"extract":{"objective":"o","as":"t","fields":{"__proto__":"f"}}}]}',
    );
    expect(() => parseStudyDocument(value)).toThrow(/steps\.0\.extract\.fields\.__proto__/);
  });
});

describe("a study file without one", () => {
  it("is taken as it is", () => {
    const yaml = `${room}startAt: 2030-01-31T09:00
seed: 4
budget: { usd: 0.5 }
steps:
  - broadcast: Hello
  - run: { steps: 2, every: { minutes: 30 } }
  - ask: { who: Lisa, question: Why?, from: A friend }
  - extract: { objective: o, as: t, from: each, evidence: true, fields: { ad: { options: [A, B] } } }
  - tally: { table: t, by: person, as: people }
  - tally: { table: t, by: ad, as: counts, winner: winner }
  - tally: { table: counts, by: count, as: meta }`;
    expect(complaints(yaml)).toBe("");
    expect(parseStudyDocument(parse(yaml)).steps.length).toBe(7);
  });
});
