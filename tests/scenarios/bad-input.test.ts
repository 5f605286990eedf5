import { execFileSync } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  extract,
  isTinyTroupeError,
  loadFragment,
  loadPersona,
  loadStudy,
  openSimulation,
  parsePersona,
  type Simulation,
  z,
} from "../../src/index.ts";
import { readConfigFile } from "../../src/simulation/configuration/files.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeAll(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
  execFileSync("mkfifo", [join(project.folder, "pipe")]);
  await mkdir(join(project.folder, "folder"));
  await symlink("/dev/zero", join(project.folder, "endless"));
  await symlink("circle", join(project.folder, "circle"));
});
afterAll(() => Promise.all([project, server].map((each) => each[Symbol.asyncDispose]())));

const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort(), "nothing is polluted").toEqual(prototype);
});

/** What steers a terminal or turns the direction of text; tabs and line ends do not. */
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** `code: message` of the typed error that something ends with, after what each such error must be; or what it gives. */
async function told(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!isTinyTroupeError(error)) throw error;
    expect(error.message + error.hint).not.toMatch(steering);
    expect(error.hint).toMatch(/\.$/);
    expect(error.message.length, "a message is for reading").toBeLessThan(6_000);
    return `${error.code}: ${error.message}`;
  }
}

/** A pattern whose dots mean every character: messages have several lines. */
const across = (says: RegExp): RegExp => new RegExp(says.source, "s");

type Content = string | Uint8Array;

async function file(name: string, content: Content): Promise<string> {
  // A name alone is something that is there already: a folder, a pipe, a device.
  if (content === there) return join(project.folder, name);
  return project.write(name, content as string);
}

const there = "(there already)";
const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le");
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const evil = '"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}';

const places: readonly (readonly [string, string, Content, RegExp])[] = [
  ["no file", "none", there, /^FILE_UNREADABLE: Cannot read .*none: there is no such file/],
  ["a folder", "folder", there, /^FILE_UNREADABLE: Cannot read .*folder: it is a folder or a device/],
  ["a pipe that nobody writes to", "pipe", there, /^FILE_UNREADABLE: .*pipe: it is a folder or a device/],
  ["a device without an end", "endless", there, /^FILE_UNREADABLE: .*endless: it is a folder or a device/],
  ["links in a circle", "circle", there, /^FILE_UNREADABLE: .*circle: its links lead in a circle/],
  ["a path with a zero", "a\u0000b", there, /^FILE_UNREADABLE: .*a character that no path can have/],
  ["a path without an end", "x".repeat(5_000), there, /^FILE_UNREADABLE: Cannot read .*its name is too long/],
  [
    "fifty megabytes",
    "huge",
    `"${"x".repeat(50_000_000)}"`,
    /^FILE_UNREADABLE: .*has 50000002 bytes; at most \d+ are read/,
  ],
  ["UTF-16", "utf16", utf16('{"name": "Ann"}'), /^FILE_UNREADABLE: .*it is not UTF-8/],
  ["Latin-1", "latin1", latin1('{"name": "Zoë"}'), /^FILE_UNREADABLE: .*it is not UTF-8/],
];

describe("a persona's file", () => {
  const named = (rest: string): string => `{"name": "Ann", ${rest}}`;

  it.each([
    ...places.map(([what, name, content, says]) => [what, name, content, says] as const),
    ["nothing", "p", "", /^PERSONA_INVALID: .*p:1:1: This is no JSON: Unexpected end/],
    ["something behind the end", "p", '{"name": "Ann"}\n}', /^PERSONA_INVALID: .*p:2:1: /],
    ["a byte order mark", "p", '\ufeff{"name": "Ann"}', "Ann"],
    [
      "100,000 lists in each other",
      "p",
      named(`"x": ${nested(100_000)}`),
      /^PERSONA_INVALID: .*x\.0\.0.*deeper than 16 levels/,
    ],
    ["lists alone", "p", nested(100_000), /^PERSONA_INVALID: .*deeper than 16 levels/],
    [
      "a text of 30 million characters",
      "p",
      named(`"x": "${"x".repeat(30_000_000)}"`),
      /^PERSONA_INVALID: .*more than 400000 characters/,
    ],
    ["a million values", "p", named(`"x": [${"1,".repeat(1_000_000)}1]`), /^PERSONA_INVALID: .*more than 20000 values/],
    ["NaN", "p", named('"age": NaN'), /^PERSONA_INVALID: .*p:1:24: /],
    ["a number without an end", "p", named('"age": 1e999'), /^PERSONA_INVALID: .*p:1:17 age: This is no finite number/],
    ["keys of a prototype", "p", named(evil), "Ann"],
    ["terminal codes in the name", "p", '{"name": "A\\u001b[31m"}', /^PERSONA_INVALID: .*name: This must be printable/],
    [
      "terminal codes in keys",
      "p",
      named('"a\\u001b[31mb": 1e999'),
      /^PERSONA_INVALID: .*ab: This is no finite number/,
    ],
    ["a name of half a character", "p", '{"name": "A\\ud800"}', "A\ufffd"],
    ["a name from right to left", "p", '{"name": "\\u202eAnn"}', "Ann"],
    ["no name", "p", "{}", /^PERSONA_INVALID: .*name: /],
    ["an empty name", "p", '{"name": "  "}', /^PERSONA_INVALID: .*name: /],
    [
      "a name that nobody sees",
      "p",
      '{"name": "\\udb40\\udc41\\u3164"}',
      /^PERSONA_INVALID: .*name: This must have a character that can be seen/,
    ],
    ["a name of 10,000 characters", "p", `{"name": "${"x".repeat(10_000)}"}`, /^PERSONA_INVALID: .*name: .*200/],
    ["null", "p", "null", /^PERSONA_INVALID: .*This is .*; a group of keys is expected/],
    ["a list", "p", "[1]", /^PERSONA_INVALID: .*This is .*; a group of keys is expected/],
  ] as const)("with %s", async (_what, name, content, says) => {
    const path = await file(name, content);
    const answer = await told(async () => (await loadPersona(path)).persona.name);
    expect(answer).toEqual(typeof says === "string" ? says : expect.stringMatching(across(says)));
    if (typeof says !== "string") expect(await told(() => loadFragment(path))).not.toBe("");
  });

  it("as an object of a program: what is no JSON is named, and circles end", () => {
    const circle: Record<string, unknown> = { name: "Ann" };
    circle["self"] = circle;
    const values = { at: new Date(0), map: new Map(), run: () => 1, key: Symbol("x"), many: 1n, no: Number.NaN };
    for (const [key, value] of Object.entries(values)) {
      const path = expect.objectContaining({ data: { issues: [expect.objectContaining({ path: key })] } });
      expect(() => parsePersona({ name: "Ann", [key]: value })).toThrow(path);
    }
    expect(() => parsePersona(circle)).toThrow(/self\.self.*deeper than 16 levels/);
    expect(() => parsePersona(undefined)).toThrow(/This is missing; a group of keys is expected/);
  });
});

describe("a study's file", () => {
  const study = (more = "", name = "s"): string =>
    `name: ${name}\npeople: [lisa]\nsteps:\n  - tell: { what: hi }\n${more}`;
  const bomb = [..."bcdefgh"].map((letter, place) => `${letter}: &${letter} [${`*${"abcdefgh"[place]},`.repeat(9)}]`);

  it.each([
    ...places.map(([what, name, content, says]) => [what, name, content, says] as const),
    ["nothing", "s", "", /^STUDY_INVALID: .*This is empty/],
    ["a byte order mark", "s", `\ufeff${study()}`, "s"],
    ["two documents", "s", `${study()}---\nname: t\n`, /^STUDY_INVALID: .*multiple documents/],
    ["a key twice", "s", study("name: t\n"), /^STUDY_INVALID: .*yaml:5:1: Map keys must be unique/],
    ["a seed that is no number", "s", study("seed: .nan\n"), /^STUDY_INVALID: .*seed: This is no finite number/],
    [
      "a budget without an end",
      "s",
      study("budget: { usd: .inf }\n"),
      /^STUDY_INVALID: .*budget\.usd: This is no finite number/,
    ],
    [
      "aliases that multiply",
      "s",
      `a: &a [x]\n${bomb.join("\n")}\n${study()}`,
      /^STUDY_INVALID: .*Excessive alias count/,
    ],
    ["aliases in a circle", "s", `${study()}about: &a [*a]\n`, /^STUDY_INVALID: .*about\.0\.0.*deeper than 32 levels/],
    ["100,000 lists in each other", "s", `about: ${nested(100_000)}\n`, /^STUDY_INVALID: .*nested too deeply/],
    [
      "keys of a prototype",
      "s",
      study("__proto__: { polluted: 1 }\n"),
      /^STUDY_INVALID: .*__proto__: Nothing can be called/,
    ],
    ["terminal codes in keys", "s", study('"k\\e[31m": 1\n'), /^STUDY_INVALID: .*There is no 'k' here/],
    ["an empty name", "s", study("", '"  "'), /^STUDY_INVALID: .*name: The name is empty/],
    [
      "a name of 10,000 characters",
      "s",
      study("", "x".repeat(10_000)),
      /^STUDY_INVALID: .*name: The name has 10000 characters/,
    ],
    [
      "a world without a name that can be seen",
      "s",
      study('world: { name: "\\u200b" }\n'),
      /^STUDY_INVALID: .*world\.name: The name is empty/,
    ],
    ["binary data", "s", study("about: !!binary aGVsbG8=\n"), /^STUDY_INVALID: .*about: This is .* a text is expected/],
    [
      "20,000 wrong steps",
      "s",
      study("  - tel: { what: hi }\n".repeat(20_000)),
      /^STUDY_INVALID: .*tel.*… and 19994 more/s,
    ],
  ] as const)("with %s", async (_what, name, content, says) => {
    const path = await file(`${name}${content === there ? "" : ".yaml"}`, content);
    // What is there already has no name that tells YAML: a link gives it one.
    const link = content === there && !/^x{5}|\u0000/.test(name) ? join(project.folder, `${name}.yaml`) : undefined;
    if (link !== undefined) await symlink(path, link).catch(() => undefined);
    const answer = await told(
      async () => (await loadStudy(link ?? (path.endsWith(".yaml") ? path : `${path}.yaml`))).name,
    );
    if (content === there && typeof says !== "string") return expect(answer).toMatch(/^FILE_UNREADABLE: Cannot read /);
    expect(answer).toEqual(typeof says === "string" ? says : expect.stringMatching(across(says)));
  });

  it("whose fields and tables are called as a prototype's keys: they are fields and tables", async () => {
    server.direct(() => undefined);
    const fields = "{ constructor: x, toString: y, hasOwnProperty: z }";
    const path = await project.write(
      "keys.yaml",
      study(`  - ask: { question: Tea? }\n  - extract: { objective: x, as: constructor, fields: ${fields} }\n`),
    );
    const { code, stderr, stdout } = await commandHere(
      project,
      ["run", path, "--model", chatModel, "--json"],
      openaiAt(server.url),
    );
    expect(code, stderr).toBe(0);
    expect(Object.keys(JSON.parse(stdout).result.constructor[0])).toEqual([
      "person",
      "constructor",
      "toString",
      "hasOwnProperty",
    ]);
  });
});

describe("a configuration's file", () => {
  it.each([
    ["a folder", undefined, /^FILE_UNREADABLE: .*it is a folder or a device/],
    ["fifty megabytes", `{"seed": "${"x".repeat(50_000_000)}"}`, /^FILE_UNREADABLE: .*bytes; at most/],
    ["UTF-16", utf16("{}"), /^FILE_UNREADABLE: .*it is not UTF-8/],
    ["something behind the end", '{"seed": 1} x', /^CONFIG_INVALID: .*json:1:13: /s],
    ["a circle", "a: &a [*a]", /^CONFIG_INVALID: .*An alias/],
    ["100,000 lists in each other", nested(100_000), /^CONFIG_INVALID: .*nested too deeply/s],
    ["keys of a prototype", `{${evil}}`, /^CONFIG_INVALID: /],
    ["terminal codes", '{"se\\u001b[31med": 1}', /^CONFIG_INVALID: .*There is no 'seed'/s],
    ["a seed without an end", '{"seed": 1e999}', /^CONFIG_INVALID: .*seed: This is no finite number/s],
  ] as const)("with %s", async (what, content, says) => {
    const folder = join(project.folder, `config with ${what}`);
    await mkdir(content === undefined ? join(folder, "tinytroupe.config.json") : folder, { recursive: true });
    if (content !== undefined) await file(join(`config with ${what}`, "tinytroupe.config.json"), content);
    expect(await told(() => readConfigFile(folder))).toMatch(across(says));
  });
});

describe("in a program", () => {
  const open = (name = "bad input"): Promise<Simulation> => {
    const environment = project.environment(openaiAt(server.url));
    return openSimulation({ name, model: chatModel, store: createMemoryStore(), environment });
  };

  it.each([
    ["a picture that is not there", "none.png", /^FILE_UNREADABLE: .*none\.png/],
    ["a folder for a picture", "folder", /^FILE_UNREADABLE: .*folder/],
    ["a pipe for a picture", "pipe", /^FILE_UNREADABLE: .*pipe/],
    ["a device for a picture", "endless", /^FILE_UNREADABLE: .*endless/],
    ["a path with a zero for a picture", "a\u0000b", /^FILE_UNREADABLE: /],
    [
      "an address that leads nowhere for a picture",
      "http://127.0.0.1:1/a.png?secret",
      /^FILE_UNREADABLE: (?!.*secret)/,
    ],
    ["an address that is none for a picture", "http://", /^(FILE_UNREADABLE|OPTION_INVALID): /],
    ["a text for a picture", "text.png", /^OPTION_INVALID: .*no picture/],
  ] as const)("%s is told, and the person sees nothing", async (_what, name, says) => {
    await project.write("text.png", "not a picture");
    await using simulation = await open();
    const lisa = await simulation.person("lisa");
    const image = name.startsWith("http") ? name : join(project.folder, name);
    expect(await told(() => lisa.see({ description: "A poster", image }))).toMatch(across(says));
    expect(lisa.pending).toEqual([]);
  });

  it("names are refused when they are taken, in any case and any normal form, empty or without an end", async () => {
    await using simulation = await open();
    await simulation.person({ name: "Zoë Braun" });
    for (const name of ["Zoë Braun", "ZOË BRAUN", "Zoë Braun".normalize("NFD"), "\u202eZoë\u200b Braun", "Zoë-Braun"]) {
      expect(await told(() => simulation.person({ name })), name).toMatch(
        /^NAME_TAKEN: .*called 'Zoë|^NAME_TAKEN: .*called 'ZOË|^NAME_TAKEN/,
      );
    }
    simulation.world("Square");
    expect(await told(async () => simulation.world("SQUARE"))).toMatch(/^NAME_TAKEN: /);
    for (const name of ["", " \u200b", "x".repeat(10_000)]) {
      expect(await told(async () => simulation.world(name))).toMatch(/^OPTION_INVALID: The name /);
      expect(await told(() => open(name))).toMatch(/^OPTION_INVALID: The name /);
    }
  });

  it("a study's name of two hundred Korean signs gives a folder that can be made", async () => {
    const name = "가".repeat(200);
    const path = await project.write(
      "long.yaml",
      `name: ${name}\npeople: [minji]\nsteps: [{ ask: { question: 뭐 해요? } }, { extract: { objective: x, as: ${name} } }]\n`,
    );
    const { code, stderr, stdout } = await commandHere(project, ["run", path, "--model", "builtin", "--json"]);
    expect(code, stderr).toBe(0);
    expect(Object.keys(JSON.parse(stdout).result)).toEqual([name]);
  });
});

describe("what a model says", () => {
  const said = (content: string): string =>
    `{"state": null, "actions": [{"type": "TALK", "target": null, "content": ${content}}, {"type": "DONE"}]}`;

  it.each([
    ["nested 100,000 levels deep", `{"state": null, "actions": ${nested(100_000)}}`, /^MODEL_/],
    ["five million characters", said(`"${"x".repeat(5_000_000)}"`), /^x|^MODEL_/],
    ["NaN", said("NaN"), /^NaN$|^MODEL_/],
    ["a number for words", said("1e999"), /^$|^MODEL_/],
    ["with something behind it", `${said('"Hello."')} ${"}".repeat(1000)}`, /^Hello\.$|^MODEL_/],
    ["with keys of a prototype", `{${evil}, ${said('"Hello."').slice(1)}`, /^Hello\.$|^MODEL_/],
    ["with terminal codes", said('"Hel\\u001b[31mlo.\\u0007"'), /^Hel.*lo\./],
    ["with half characters", said('"Hello \\ud83d.\\udc00"'), /^Hello /],
    ["from right to left", said('"\\u202eHello."'), /Hello\./],
    [
      "of 20,000 actions",
      `{"state": null, "actions": [${'{"type": "THINK", "content": "Hm."},'.repeat(20_000)}{"type": "DONE"}]}`,
      /^$|^MODEL_/,
    ],
  ] as const)("%s becomes a turn or a typed error, and the next turn is as usual", async (_what, text, says) => {
    await using simulation = await openSimulation({
      ...{ name: "words", model: chatModel, store: createMemoryStore() },
      environment: project.environment(openaiAt(server.url)),
    });
    const lisa = await simulation.person("lisa");
    server.direct(() => ({ text }));
    const answer = await told(async () => {
      const { actions } = await lisa.listenAndAct("Hello?");
      return actions.flatMap((action) => (action.type === "TALK" ? [action.content] : [])).join();
    });
    expect(String(answer).slice(0, 200)).toMatch(across(says));
    server.direct(() => undefined);
    const next = await lisa.listenAndAct("And then?");
    expect(next.actions.at(0)?.content).toMatch(/^Thought/);
    const way = await extract(lisa, { objective: "The way", schema: z.object({ way: z.string() }) });
    expect(way).toEqual({ way: expect.stringMatching(/^text /) });
  });
});

describe("on the command line", () => {
  const bad = "\u001b[31mx\u009b2J\u202e";

  it("a key that may be misspelt is told where a person is shown, rehearsed, played and talked to, and kept", async () => {
    await project.write("ann.json", '{ "name": "Ann Lee", "ocupation": "baker" }');
    await project.write("ann.yaml", "name: s\npeople: [ann.json]\nsteps: [{ ask: { question: hi } }]\n");
    const told = "is a key of your own; did you mean occupation?";
    const model = ["--model", "builtin"];
    const calls = [
      ["persona", "show", "ann.json"],
      ["run", "ann.yaml", "--dry-run", ...model],
      ["run", "ann.yaml", ...model],
      ["chat", "ann.json", ...model],
    ];
    for (const args of calls) {
      const { code, stderr } = await project.cli(args, {}, "hi\n").ended;
      expect([code, stderr.replaceAll(/\s+/g, " ")], args.join(" ")).toEqual([0, expect.stringContaining(told)]);
    }
    const { stdout, stderr } = await commandHere(project, ["persona", "show", "ann.json"]);
    expect(stdout).toContain("ocupation: baker");
    expect(stderr).toMatch(/^ocupation: is a key/m);
    expect(stderr).toMatch(/^The persona says nothing on age/m);
  });

  it.each([
    [["run", "none.yaml"], 2, /FILE_UNREADABLE/],
    [["run", "folder"], 2, /STUDY_INVALID/],
    [["run", `${bad}.yaml`], 2, /FILE_UNREADABLE/],
    [["run", "x".repeat(10_000)], 2, /STUDY_INVALID|FILE_UNREADABLE/],
    [["run", "good.yaml", "--concurrency", "NaN"], 2, /concurrency/],
    [["run", "good.yaml", "--budget", "all of it"], 2, /budget/i],
    [["run", "good.yaml", "--model", bad], 2, /MODEL_UNKNOWN/],
    [["run", "good.yaml", "--store", "/dev/null/x.db"], 1, /STORE_FAILED/],
    [["run", "good.yaml", "--store", "pipe"], 1, /STORE_FAILED/],
    [["runs", "show", bad], 2, /RUN_UNKNOWN/],
    [["persona", "show", "/dev/zero"], 2, /FILE_UNREADABLE/],
    [[bad], 2, /unknown command/i],
  ] as const)("wrong use %# ends with a code and words", async (args, code, says) => {
    await project.write("good.yaml", "name: s\nmodel: builtin\npeople: [lisa]\nsteps: [{ ask: { question: hi } }]\n");
    const ended = await commandHere(project, args);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(across(says))]);
    expect(ended.stdout + ended.stderr).not.toMatch(steering);
    expect(ended.stderr).not.toMatch(/^\s+at .*\.ts:/m);
  });
});
