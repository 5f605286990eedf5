/** A file of a study folder. */
export interface TemplateFile {
  readonly name: string;
  readonly text: string;
  /** One that is there already is left as it is, and all is well; any other stands in the way. */
  readonly mayBeThere?: true;
}

const persona = {
  name: "Marit Osei",
  age: 52,
  gender: "female",
  nationality: "Norwegian",
  residence: "two rooms above her own workshop in Bergen, Norway",
  languages: ["English", "Norwegian"],
  education: "A bicycle mechanic's certificate at nineteen; since then everything from broken things.",
  occupation: {
    title: "repairer of household appliances",
    description:
      "You mend kettles, toasters and vacuum cleaners for people who were told to buy new ones. Half of what comes in needs a part for two kroner that the maker sells only inside of a motor for nine hundred. You keep drawers of parts from the dead ones, labelled in a hand that nobody else can read.",
  },
  style: "You speak slowly and answer a question with what you have seen, not with what you think. No small talk.",
  personality: { traits: ["You trust hands before words.", "You are patient with things and short with salesmen."] },
  long_term_goals: [
    "To train one apprentice who stays longer than a summer.",
    "To see a law that makes makers print the screw size on the box.",
  ],
  preferences: {
    likes: ["Torx screws", "customers who kept the manual", "the hour before opening, with the radio off"],
    dislikes: ["glued housings", "apps for things that have one button", "being called a hero of sustainability"],
  },
  beliefs: [
    "Whoever cannot open a thing does not own it.",
    "Most people would repair if the shop were on their way home.",
  ],
  other_facts: [
    "Your father sold the first dishwashers in the valley and never repaired one.",
    "You lost the tip of a finger to a bread slicer, and kept the bread slicer.",
  ],
  behaviors: {
    routines: "You open at ten, take nothing in after four, and cook fish on Thursdays for whoever is still there.",
    quirks: ["You turn every cup over to see who made it.", "You never say a price before the thing is open."],
  },
};

const objective = "What each person would change, and why.";
const question = "What would you change about a kettle, so that people pay to have it repaired?";
const fields = { who: "the person", idea: "what they would change", reason: "why" };

interface StudyKind {
  readonly kind: "yaml" | "program";
  /** The command that installs the package there, where it is missing. */
  readonly install: string | undefined;
}

/**
 * The files of a study folder that can be played at once.
 * @param schemas where the package's JSON Schemas lie, as seen from the folder
 */
export function studyTemplate(schemas: string, { kind, install }: StudyKind): readonly TemplateFile[] {
  const study = kind === "yaml" ? "study.yaml" : "main.ts";
  const persons = { $schema: `${schemas}/persona.schema.json`, type: "TinyPerson", persona };
  const settings = { $schema: `${schemas}/config.schema.json`, budget: { calls: 200 } };
  return [
    { name: "marit.json", text: json(persons) },
    { name: study, text: kind === "yaml" ? yamlStudy(schemas) : programStudy },
    ...(kind === "yaml" ? [{ name: "experiment.yaml", text: experiment(schemas) }] : []),
    { name: "tinytroupe.config.json", text: json(settings) },
    { name: ".gitignore", text: ".tinytroupe/\nnode_modules/\n", mayBeThere: true },
    { name: "README.md", text: readMe(study, install), mayBeThere: true },
    ...(kind === "yaml"
      ? []
      : ([{ name: "package.json", text: json({ private: true, type: "module" }), mayBeThere: true }] as const)),
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const yamlStudy = (schemas: string): string => `# yaml-language-server: $schema=${schemas}/study.schema.json
name: kettles
about: Would people pay for a kettle that can be repaired?
seed: 7
people:
  - marit.json
  - lisa # comes with the package; \`tinytroupe persona list\` shows all
world: { name: Kitchen table }
steps:
  - broadcast: ${question}
  - run: 2
  - extract:
      objective: ${objective}
      rows:
        who: ${fields.who}
        idea: ${fields.idea}
        reason: ${fields.reason}
      as: ideas
`;

const experiment = (schemas: string): string => `# yaml-language-server: $schema=${schemas}/experiment.schema.json
experiment: 1
name: kettle prices
question: Is what was dear worth a repair?
study: study.yaml
arms: # the first is the study as it is; the others are forks of it, with the same people and dice
  control: {}
  dear: { reword: { a kettle: a kettle for 200 euros } }
seeds: [1, 2]
metrics: # what is measured of each person in each arm
  repair: { from: { proposition: "They would have a broken kettle repaired." } } # by the judge, from 0 to 9
  talk: { from: { count: TALK } }
claims: # what you expect, written down before anybody is asked; all else is exploratory
  dear is repaired: { metric: repair, contrast: [dear, control], direction: greater }
`;

const programStudy = `import { defineStudy, extract, z } from "tinytroupe";

const Ideas = z.object({
  ideas: z.array(
    z.object({
      who: z.string().describe("${fields.who}"),
      idea: z.string().describe("${fields.idea}"),
      reason: z.string().describe("${fields.reason}"),
    }),
  ),
});

export default defineStudy({
  name: "kettles",
  about: "Would people pay for a kettle that can be repaired?",
  seed: 7,
  run: async (simulation) => {
    const people = await simulation.loadPeople("./marit.json", "lisa");
    const room = simulation.world("Kitchen table", people);
    room.makeEveryoneAccessible();
    await room.broadcast("${question}");
    await room.run(2);
    return extract(room, { objective: "${objective}", schema: Ideas });
  },
});
`;

const readMe = (study: string, install: string | undefined): string => `# Kettles

Would people pay for a kettle that can be repaired? Two simulated people talk about it.

\`\`\`sh
${install === undefined ? "" : `${install}\n`}npx tinytroupe run ${study} --model builtin    # rehearse: no model, no cost, no insight
${study.endsWith(".yaml") ? `npx tinytroupe validate ${study}             # what is wrong with it, before anything runs\n` : ""}npx tinytroupe doctor                          # which model a run would take
npx tinytroupe run ${study}                    # for real
npx tinytroupe runs transcript                 # what was said
${study.endsWith(".yaml") ? "npx tinytroupe experiment show experiment.yaml  # the same study, with a price and without\n" : ""}\`\`\`

- \`marit.json\`: a person. \`npx tinytroupe persona new "…"\` makes another from a description.
- \`${study}\`: who is there, what they are asked, which table comes home.
${study.endsWith(".yaml") ? "- `experiment.yaml`: what is compared, measured and expected; `tinytroupe experiment --help` says how it is run.\n" : ""}- \`tinytroupe.config.json\`: what holds for every run here; \`npx tinytroupe config\` shows it. Keys of providers stay in
  the environment.

What simulated people say was produced by a program. Ask real ones before you decide.
`;
