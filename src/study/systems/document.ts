import { z } from "zod";
import { SettingsDocument } from "../../simulation/configuration/document.ts";
import { PersonSource } from "../document/document.ts";

const settings = SettingsDocument.shape;
const said = z.string().min(1);
const count = z.int().positive();
const seconds = z.number().positive().describe("How long it may take to answer.").optional();
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
const address = (example: string) =>
  z.string().regex(/^https?:\/\/[^/?#\s]/i, { error: `Write an address with http or https, as in ${example}.` });

const sending = {
  key: variable.describe("The variable of the environment that holds its key, sent as a bearer token.").optional(),
  headers: z.record(said, variable).describe("Headers, each by the variable that holds it.").optional(),
  seconds,
};

const SystemDocument = z
  .union([
    z
      .strictObject({
        name: said,
        chat: address("http://localhost:8080/v1").describe(
          "The base of an OpenAI-compatible service, as in http://localhost:8080/v1.",
        ),
        model: said.optional(),
        opening: said.describe("What it says before anybody has said anything.").optional(),
        ...sending,
      })
      .describe("A chat."),
    z
      .strictObject({
        name: said,
        search: z
          .string()
          .regex(/^https?:\/\/[^/?#\s].*\{query\}/i, {
            error: "Write an address with {query} where the query goes, as in http://localhost:8080/find?q={query}.",
          })
          .describe("The address of an answer, with {query} where the query goes."),
        results: said
          .describe("Where in the JSON the list of results is, as in data.items. Default: the JSON itself is the list.")
          .optional(),
        fields: z
          .strictObject({ title: said.optional(), address: said.optional(), snippet: said.optional() })
          .describe("Where in a result these are. Default: title, url and snippet.")
          .optional(),
        limit: count.describe("Results that people are shown. Default 10.").optional(),
        ...sending,
      })
      .describe("A search."),
    z
      .strictObject({
        name: said,
        program: said.describe(
          "A path from the folder of this file, or a name that is found by PATH; it is started without a shell, in an empty folder.",
        ),
        args: z
          .array(z.string())
          .describe("What it is always given; {folder} in it is the folder of this file, as in {folder}/cli.js.")
          .optional(),
        prompt: said.describe("It is talked to, and shows this when it waits for a line.").optional(),
        variables: z.array(variable).describe("Variables of the environment that it gets.").optional(),
        seconds,
      })
      .describe("A command-line program."),
    z
      .strictObject({
        name: said,
        website: address("http://localhost:8080").describe("Where people come in."),
        screenshots: z.boolean().describe("Models that take pictures see the pages, too.").optional(),
        seconds,
      })
      .describe("A website, in an installed Chromium."),
  ])
  .describe("A system, or a build of one.");
export type SystemDocument = z.infer<typeof SystemDocument>;

const GoalDocument = z
  .strictObject({
    name: said,
    goal: said.describe("What somebody wants, as they put it to themselves."),
    success: z
      .strictObject({
        text: said.describe("What the system has to have shown: a text, or a /pattern/i.").optional(),
        url: said.describe("Where a website has to have been: a part of its address, or a /pattern/.").optional(),
        exitCode: z.int().describe("With which code a program has to have ended.").optional(),
      })
      .describe("When it is reached, all of it; else the judge says so.")
      .optional(),
  })
  .describe("What people come for; the systems are not told of it.");

/** A test of systems as a YAML or JSON file. */
export const TestDocument = z
  .strictObject({
    $schema: z.string().optional(),
    name: said.describe("The name of the test; the run is known by it."),
    about: z.string().optional(),
    seed: settings.seed,
    model: settings.model,
    judge: settings.judge,
    budget: settings.budget,
    allow: z
      .array(said)
      .min(1)
      .describe("The hosts and programs that may be touched; nothing else is, wherever a system leads."),
    systems: z.array(SystemDocument).min(1).describe("One, or several builds: the first two are compared."),
    people: z.array(PersonSource).describe("Who tries them.").optional(),
    population: z
      .strictObject({
        folder: said.describe("A folder that `tinytroupe population generate` made."),
        first: count.describe("So many of them.").optional(),
      })
      .describe("Or people of a population.")
      .optional(),
    goals: z.array(GoalDocument).min(1),
    situations: z
      .boolean()
      .describe("Each person says first, in a call for each goal, what in their life makes them want it.")
      .optional(),
    goalsEach: count.describe("So many goals each person gets, drawn evenly. Default: all.").optional(),
    sessions: count.describe("How often each does each. Default 1.").optional(),
    steps: count.describe("Moves at most. Default 20.").optional(),
    claims: z.record(said, said).describe("By name, what the judge says of each visit, true or not.").optional(),
    opinions: z.boolean().describe("False asks nobody how easy it was, and has nobody look for problems.").optional(),
    concurrency: count.describe("Visits at the same time. Default 4.").optional(),
    perMinute: count.describe("Requests a minute to each system. Default 60.").optional(),
  })
  .refine(({ people, population }) => people !== undefined || population !== undefined, {
    path: ["people"],
    message: "Say who tries them: people, or a population.",
  })
  .describe("A test for `tinytroupe test`.");
export type TestDocument = z.infer<typeof TestDocument>;
