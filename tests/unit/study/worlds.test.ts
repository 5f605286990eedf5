import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isTinyTroupeError, loadStudy, twins, validateFiles } from "../../../src/index.ts";
import { parseStudyDocument } from "../../../src/study/document/parse.ts";
import { type PlayOptions, tempProject } from "../../support/project.ts";

/** What is said about a study with this world and these steps, each at its place. */
function complaints(world: string, steps = "[{ run: 1 }]", head = ""): readonly string[] {
  try {
    parseStudyDocument(parse(`name: x\npeople: [lisa, oscar]\n${head}world: ${world}\nsteps: ${steps}`));
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "STUDY_INVALID")) throw error;
    return error.data.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}

/** What is said about a study with this world once its people are known. */
async function strangers(world: string, steps = "[{ run: 1 }]", head = ""): Promise<readonly string[]> {
  await using project = await tempProject();
  const text = `name: x\npeople: [lisa, oscar]\n${head}world: ${world}\nsteps: ${steps}\n`;
  const [report] = await validateFiles(await project.write("study.yaml", text));
  return report?.issues.map(({ path, message }) => `${path}: ${message}`) ?? [];
}

/** Plays a study on the built-in rules. */
async function played(yaml: string, options: PlayOptions = {}) {
  await using project = await tempProject();
  const study = await loadStudy(await project.write("study.yaml", yaml));
  const { story, error, result } = await project.play(study, {
    model: "builtin",
    ...(study.startAt && { startAt: study.startAt }),
    ...options,
  });
  if (error !== undefined) throw error;
  return { story, result: result as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> };
}

const calendar = "startAt: 2030-01-07T07:00\n";

describe("places in a study file", () => {
  it("say which kinds there are, and what can be said of one", () => {
    expect(complaints("{ kind: market place }")[0]).toMatch(/^world\.kind: "market place" is none of .*Did you mean m/);
    expect(complaints("{ kind: social feed, ranking: best, page: 0, activity: 2, rank: 1 }")).toEqual([
      'world.ranking: "best" is none of "newest", "likes", "interests".',
      "world.page: This must be above 0.",
      "world.activity: This must be at most 1.",
      "world.rank: There is no 'rank' here. Possible: kind, name, ranking, page, activity, follows, schedule, termination.",
    ]);
    expect(complaints("{ kind: mail and chat, channels: { '#a': all }, mail: nextstep, chat: { lossy: 3 } }")).toEqual([
      'world.channels.#a: "all" is none of "everyone".',
      'world.mail: "nextstep" is none of "immediate", "next step". Did you mean next step?',
      "world.chat.lossy: This must be at most 1.",
    ]);
  });

  it("say what cannot be together", () => {
    expect(complaints("{ kind: social feed, activity: 0.5, schedule: shuffled }")).toEqual([
      "world.activity: Give `activity` or a `schedule`: either says who opens the feed.",
    ]);
    const market = "{ kind: marketplace, goods: [a, a], holdings: [{ money: 3, goods: { b: 1 } }, { money: 4 }] }";
    expect(complaints(market)).toEqual([
      "world.goods.1: There is a good 'a' already.",
      "world.holdings.1: Without `who` this is for all others, and so is an entry before it: say whom it is for.",
      "world.holdings.0.goods.b: No such good. There are: a, a.",
    ]);
    expect(complaints("{ kind: workplace, places: [A, { name: A }], start: { Lisa: C } }")).toEqual([
      "world.places.1: There is a place 'A' already.",
      "world.start.Lisa: No such place. There are: A, A.",
    ]);
    expect(complaints("{ kind: workplace, places: [A, { name: B, seats: 1 }], start: { Lisa: B, Oscar: B } }")).toEqual(
      ["world.start: 2 start at B, which has 1 seat."],
    );
    expect(complaints("{ kind: mail and chat, mail: { delayed: { hours: 2 } } }")).toEqual([
      "world.mail.delayed: Time passes only in a study that begins at a moment: add `startAt`.",
    ]);
    expect(complaints("{ kind: mail and chat, mail: { delayed: { hours: 2 } } }", undefined, calendar)).toEqual([]);
  });

  it("know whom names mean, before anybody is asked", async () => {
    const nobody = (path: string, name = "Zoe") => [
      `${path}: '${name}' names nobody of this study. Its people: Lisa Brannigan, Oscar Ramsaran.`,
    ];
    expect(await strangers("{ kind: workplace, places: [A], start: { Zoe: A } }")).toEqual(nobody("world.start.Zoe"));
    expect(await strangers("{ kind: mail and chat, channels: { '#a': [Lisa, Zoe] } }")).toEqual(
      nobody("world.channels.#a"),
    );
    expect(await strangers("{ kind: social feed, follows: { relations: [{ from: Lisa, to: Zoe }] } }")).toEqual(
      nobody("world.follows.relations.0.to"),
    );
    expect((await strangers("{ kind: social feed, follows: { file: none.csv } }")).join()).toMatch(
      /^world\.follows\.file: .*no such file/s,
    );
    const holdings = (who: string) =>
      `{ kind: marketplace, goods: [a], holdings: [{ who: Lisa, money: 1 }, { who: ${who}, money: 2 }] }`;
    expect(await strangers(holdings("Zoe"))).toEqual(nobody("world.holdings.1.who"));
    expect(await strangers(holdings("[Oscar, Lisa Brannigan]"))).toEqual([
      "world.holdings.1.who: There is an entry for Lisa Brannigan already.",
    ]);
    expect(await strangers(holdings("Oscar"))).toEqual([]);
    const rich = "{ kind: marketplace, goods: [a], holdings: [{ money: 1e15 }] }";
    expect(complaints(rich)).toEqual(["world.holdings.0.money: This must be at most 90071992547409."]);
    expect(await strangers("{ kind: workplace, places: [A], termination: { whenDone: { who: Zoe } } }")).toEqual(
      nobody("world.termination.whenDone.who"),
    );
    const routines = "[{ run: { days: 1, wake: { routines: { Zoe: [weekdays at 08:00 sing] } } } }]";
    expect(await strangers("{ name: R }", routines, calendar)).toEqual(nobody("steps.0.run.wake.routines.Zoe"));
  });

  it("keep tables that steps bring home, and know their columns", () => {
    const steps = "[{ tables: [post] }, { tables: { posts: p, likes: x } }, { tally: { table: p, by: autor, as: c } }]";
    expect(complaints("{ kind: social feed }", steps)).toEqual([
      "steps.0.tables.0: A social feed keeps no table 'post'. Did you mean posts? It has: posts, exposures, engagement, spread.",
      "steps.1.tables.likes: A social feed keeps no table 'likes'. It has: posts, exposures, engagement, spread.",
      "steps.2.tally.by: The table 'p' has no 'autor'. It has: post, author, step, content, exposures, likes, reposts, comments.",
    ]);
    expect(complaints("{ kind: social feed }", "[{ tables: [posts] }, { tables: [posts] }]")).toEqual([
      "steps.1.tables.0: There is a table 'posts' already: give this one another name.",
    ]);
    expect(complaints("{ name: R }", "[{ tables: [posts] }, { hold: { as: x } }]")).toEqual([
      "steps.0.tables.0: A room keeps no table 'posts'. It has: spread; `extract` what else you want to know of it.",
      "steps.1.hold: A room is no meeting: `run` it, or give the world a `kind` that is.",
    ]);
    const market = "{ kind: marketplace, goods: [tea], holdings: [{ money: 1 }] }";
    expect(complaints(market, "[{ tables: [holdings] }, { tally: { table: holdings, by: tea, as: c } }]")).toEqual([]);
  });

  it("have columns of the names that their tables have", async () => {
    const rows = async (world: string, tables: string) =>
      (
        await played(
          `name: x\nseed: 5\npeople: [lisa, oscar, marcos, doreen]\nworld: ${world}\nsteps: [{ broadcast: "Here are apples. Who buys some?" }, { run: 5 }, { tables: ${tables} }, { tables: { ${tables
            .slice(1, -1)
            .split(", ")
            .map((one) => `${one}: and ${one}`)
            .join(", ")} } }]`,
        )
      ).result;
    const known = (world: string, name: string, by: string) =>
      complaints(world, `[{ tables: [${name}] }, { tally: { table: ${name}, by: ${by}, as: c } }]`);
    for (const [world, tables] of [
      ["{ kind: social feed }", ["posts", "exposures", "engagement"]],
      ["{ kind: workplace, places: [A, B] }", ["whereabouts"]],
      ["{ kind: mail and chat, channels: { a: everyone } }", ["mails", "messages"]],
      [
        "{ kind: marketplace, goods: [apples], holdings: [{ who: Lisa, goods: { apples: 9 } }, { money: 30 }] }",
        ["trades", "prices", "orders", "holdings"],
      ],
    ] as const) {
      const result = await rows(world, `[${tables.join(", ")}]`);
      for (const name of tables) {
        expect(result[`and ${name}`]).toEqual(result[name]);
        for (const column of Object.keys(result[name]?.[0] ?? {}))
          expect(known(world, name, column), column).toEqual([]);
      }
    }
  });

  it("show people what those write whom they follow", async () => {
    const yaml = (follows: string) => `name: feed
seed: 3
people: [lisa, oscar, marcos, minji]
world: { kind: social feed, ${follows} }
steps:
  - broadcast: The library closes on Sundays. What do you think of it?
  - run: 4
  - tables: [exposures]
`;
    const seen = async (follows: string) => {
      const { exposures = [] } = (await played(yaml(follows))).result;
      return new Set(exposures.map(({ person, author }) => `${person} sees ${author}`));
    };
    expect((await seen("page: 5")).size).toBeGreaterThan(3);
    const follows = "follows: { relations: [{ from: Lisa, to: Oscar }, { from: Marcos, to: 곽민지 }] }";
    expect([...(await seen(follows))].toSorted()).toEqual([
      "Lisa Brannigan sees Oscar Ramsaran",
      "Marcos Benítez Ovelar sees 곽민지",
    ]);
  });
});

describe("the parts of a room in a study file", () => {
  it("say what can stand there", () => {
    expect(complaints("{ name: R, schedule: eventdriven, visibility: allowd, delivery: { delay: 2 } }")).toEqual([
      expect.stringMatching(/^world\.schedule: "eventdriven" is none of .* Did you mean event driven\?$/),
      'world.visibility: "allowd" is none of "in reach", "aloud", "addressed only". Did you mean aloud?',
      "world.delivery: There is no 'delay' here. Possible: delayed, lossy.",
    ]);
    const network = "network: { random: { degree: 1 } }";
    expect(complaints(`{ name: R, visibility: aloud, ${network} }`)).toEqual([
      "world.visibility: Words go along the `network` already: leave one of the two out.",
    ]);
    expect(complaints(`{ name: R, eavesdropping: 0.5, ${network} }`)).toEqual([]);
  });

  it("say what ends a run", () => {
    const ending = (text: string, head = "") => complaints(`{ name: R, termination: ${text} }`, undefined, head);
    expect(ending("{}")).toEqual(["world.termination: This is empty. Write what ends a run, as in { afterSteps: 4 }."]);
    expect(ending("{ whenQuit: true, allOf: { afterSteps: 0 } }")).toEqual([
      "world.termination.allOf.afterSteps: This must be above 0.",
      "world.termination.whenQuit: There is no 'whenQuit' here. Did you mean whenQuiet?",
    ]);
    expect(ending("{ atTime: later, whenDone: {}, allOf: { whenAllAgree: { on: x } } }")).toEqual([
      "world.termination.atTime: 'later' is no moment. Write it as in 2030-03-01 or 2030-03-01T09:00.",
      "world.termination.atTime: Time passes only in a study that begins at a moment: add `startAt`.",
      "world.termination.whenDone: This is empty. Say what is done, as in { says: sold }.",
      "world.termination.allOf.whenAllAgree: What people hold is kept only in a study that says so: add `stances: true`.",
    ]);
    expect(ending("{ atTime: 2030-02-01, whenAllAgree: { on: x } }", `${calendar}stances: true\n`)).toEqual([]);
  });

  it("have words heard by those whom they let hear them, when they let them", async () => {
    const heard = async (parts: string) => {
      const { story } = await played(`name: x
seed: 2
people: [lisa, oscar, marcos]
world: { name: R, ${parts} }
steps: [{ broadcast: What is a good kettle worth? }, { run: 3 }]`);
      return story;
    };
    const types = (story: Awaited<ReturnType<typeof heard>>) => new Set(story.map(({ type }) => type));
    const plain = types(await heard("schedule: sequential"));
    expect([...plain].filter((type) => ["sent", "lost", "overheard", "bid", "woken"].includes(type))).toEqual([]);
    expect(types(await heard("delivery: next step"))).toContain("sent");
    const late = await heard("delivery: { delayed: { steps: 2 } }");
    expect(late.flatMap((event) => (event.type === "sent" ? [Number(event.due)] : []))).toContain(3);
    const lost = types(await heard("delivery: { lossy: 1 }"));
    expect([lost.has("lost"), lost.has("delivered")]).toEqual([true, false]);
    expect(types(await heard("eavesdropping: 1"))).toContain("overheard");
    expect(types(await heard("schedule: urgency auction"))).toContain("bid");
    expect(types(await heard("schedule: event driven"))).toContain("woken");
    const meant = (await heard("visibility: aloud")).flatMap((event) => (event.type === "delivered" ? [event] : []));
    expect(meant.filter(({ meant: some }) => some !== undefined).length).toBeGreaterThan(0);
    expect(meant.every(({ to }) => to === "everyone" || to.length === 2)).toBe(true);
  });

  it("say what becomes of what people do", async () => {
    const rulings = async (resolution: string) => {
      const { story } = await played(`name: x
seed: 2
people: [lisa, oscar]
world: { name: R, schedule: sequential, resolution: ${resolution} }
steps: [{ broadcast: What is a good kettle worth? }, { run: 2 }]`);
      return story.flatMap((event) => (event.type === "resolved" ? [event] : []));
    };
    const cut = await rulings("{ timeLimit: 2 }");
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.every(({ outcome }) => outcome === "changed")).toBe(true);
    const refused = await rulings("{ refuse: [TALK], because: It is quiet hour. }");
    expect(new Set(refused.map(({ outcome, reason }) => `${outcome}: ${reason}`))).toEqual(
      new Set(["refused: It is quiet hour."]),
    );
    // Of what a model decides, `builtin` makes something up: that it was asked of talk, and of nothing else.
    expect((await rulings("{ gameMaster: Kettles are sold here., about: TALK }")).length).toBeGreaterThan(0);
    expect(await rulings("{ gameMaster: Kettles are sold here. }")).toEqual([]);
  });

  it("have nobody speak in the name of somebody who takes part", async () => {
    const hall = "{ kind: town hall, speaker: Lisa, opening: Well., moderator: Oscar }";
    const voice = (part: string) =>
      `world.${part}: Oscar Ramsaran takes part: a ${part} is a voice from outside. Give it another name.`;
    expect(await strangers(hall, "[{ hold: { as: asked } }]")).toEqual([voice("moderator")]);
    expect(await strangers(hall.replace("Oscar", "Olga"), "[{ hold: { as: asked } }]")).toEqual([]);
    const chaired = "{ kind: debate, motion: Well., for: [Lisa], against: [Oscar], chair: Oscar Ramsaran }";
    expect(await strangers(chaired, "[{ hold: { as: votes } }]")).toEqual([voice("chair")]);
  });

  it("end runs", async () => {
    const ended = async (ending: string, head = "", run = "20") => {
      const { story } = await played(`name: x
seed: 2
people: [lisa, oscar]
${head}world: { name: R, schedule: sequential }
steps: [{ broadcast: "Shall we buy the kettle?" }, { run: { steps: ${run}, stopWhenQuiet: false, stopWhen: ${ending} } }]`);
      return story.flatMap((event) => (event.type === "ended" ? [event.reason] : []));
    };
    expect(await ended("{ afterSteps: 2, whenQuiet: true }")).toEqual(["2 steps were played"]);
    expect(await ended("{ whenDone: KETTLE }")).toEqual([expect.stringContaining("did what was waited for")]);
    expect(await ended("{ whenDone: kettl, afterSteps: 3 }")).toEqual(["3 steps were played"]);
    expect(await ended("{ whenDone: { does: THINK, who: Oscar } }")).toEqual([
      "Oscar Ramsaran did what was waited for",
    ]);
    expect(await ended("{ afterSteps: 1 }")).toEqual(["1 step was played"]);
    expect(await ended("{ allOf: { afterSteps: 2, whenDone: { does: TALK } }, afterSteps: 5 }")).toEqual([
      expect.stringMatching(/^[2-4] steps were played, and .* did what was waited for$/),
    ]);
    const every = `${calendar}`;
    expect(await ended("{ atTime: 2030-01-07T09:00 }", every, "9, every: { hours: 1 }")).toEqual([
      "it is 2030-01-07 09:00",
    ]);
  });
});

describe("a run through time in a study file", () => {
  it("says what is missing", () => {
    const run = (plan: string, head = calendar) => complaints("{ name: R }", `[{ run: ${plan} }]`, head);
    const one =
      "steps.0.run: Give one of `steps`, `until` and a span such as `days`. Time before each step is `every`, as in { steps: 2, every: { minutes: 30 } }.";
    expect(run("{ steps: 2, minutes: 30 }")).toEqual([one]);
    expect(run("{}")).toEqual([one]);
    expect(run("{ days: 3, until: 2030-02-01, wake: {} }")).toEqual([one]);
    expect(run("{ days: 3 }")).toEqual([
      "steps.0.run: Nothing moves the time: say what passes before each step, `every`, or what wakes people, `wake`.",
    ]);
    expect(run("{ steps: 2, wake: {} }")).toEqual([
      "steps.0.run.wake: A run in which people sleep ends in time: give `until` or a span such as `days` instead of `steps`.",
    ]);
    expect(run("{ days: 3, wake: {} }", "")).toEqual([
      "steps.0.run.days: Time passes only in a study that begins at a moment: add `startAt`.",
    ]);
    expect(run("{ until: 2030-02-29, wake: {} }")).toEqual([
      "steps.0.run.until: '2030-02-29' is no moment. There is no such day.",
    ]);
    const odd = "{ until: soon, wake: { routines: { Lisa: [sing] }, appointments: [{ title: a, start: x }] } }";
    expect(run(odd)).toEqual([
      "steps.0.run.until: 'soon' is no moment. Write it as in 2030-03-01 or 2030-03-01T09:00.",
      expect.stringMatching(/^steps\.0\.run\.wake\.routines\.Lisa\.0: This says no day or no time\./),
      expect.stringMatching(/^steps\.0\.run\.wake\.appointments\.0\.start: The appointment 'a' begins at no moment/),
    ]);
  });

  it("wakes people for what they do regularly and what is planned, and skips the rest", async () => {
    const { story } = await played(`name: week
seed: 3
people: [lisa, oscar]
startAt: 2030-01-07T07:00[Europe/Amsterdam]
world: { name: Town }
steps:
  - run:
      days: 7
      wake:
        routines: { Lisa: [Wednesdays at 18:00 tell Oscar how the week began] }
        appointments: [{ title: Tea, start: 2030-01-11 15:30, attendees: [Oscar] }]
        exchanges: 1
`);
    const times = story.flatMap((event) => (event.type === "step-started" ? [event.time?.slice(0, 16)] : []));
    expect(times).toEqual(expect.arrayContaining(["2030-01-09T18:00", "2030-01-11T15:30"]));
    expect(times.length).toBeLessThan(8);
    const reminded = story.flatMap((event) =>
      event.type === "stimulus" && event.stimulus.type === "THOUGHT"
        ? [`${event.person}: ${event.stimulus.content}`]
        : [],
    );
    expect(reminded).toEqual([expect.stringMatching(/^lisa.*week began/), expect.stringMatching(/^oscar.*“Tea”/)]);
  });

  it("plays steps until a moment", async () => {
    const { story } = await played(`name: days
seed: 3
people: [lisa, oscar]
${calendar}world: { name: Town }
steps: [{ broadcast: Good morning. }, { run: { until: 2030-01-10T07:00, every: { days: 1 } } }]
`);
    const times = story.flatMap((event) => (event.type === "step-started" ? [event.time?.slice(0, 10)] : []));
    expect(times).toEqual(["2030-01-08", "2030-01-09", "2030-01-10"]);
  });
});

describe("people of a study who keep what they hold", () => {
  it("end a run once all are on one side", async () => {
    const ended = async (on: string) => {
      const { story } = await played(`name: agree
seed: 4
people: [lisa, oscar]
stances: true
world: { name: R, termination: { whenAllAgree: { on: ${on} }, afterSteps: 3 } }
steps: [{ broadcast: "What do you think of a kettle that can be repaired?" }, { run: 9 }]
`);
      expect(story.some((event) => event.type === "stance-taken")).toBe(true);
      return story.flatMap((event) => (event.type === "ended" ? [event.reason] : []));
    };
    expect(await ended("the kettle")).toEqual(['all hold "for"']);
    expect(await ended("the moon")).toEqual(["3 steps were played"]);
  });
});

describe("a study that would keep somebody in a file that it reads", () => {
  const yaml = (folder: string, people = "people/ann-lee.person.json", name = "second") => `name: ${name}
people: [${people}]
steps: [{ ask: { question: What will you do today? } }, { save: { folder: ${folder} } }]
`;

  it("is refused before anything happens", async () => {
    await using project = await tempProject();
    const save = async (text: string) => {
      const study = await loadStudy(await project.write("study.yaml", text));
      return project.play(study, { model: "builtin", folder: project.folder });
    };
    expect((await save(yaml("people", "{ persona: { name: Ann Lee } }", "first"))).error).toBeUndefined();
    const kept = await project.read("people/ann-lee.person.json");
    for (const folder of ["people", "./people/../people"]) {
      const { error, story } = await save(yaml(folder));
      expect(error).toMatchObject({ code: "STUDY_INVALID", data: { issues: [{ path: "steps.1.save.folder" }] } });
      expect((error as Error).message).toContain("at the next start it would be another study. Name another folder");
      expect(story.filter(({ type }) => type === "person-created" || type === "turn")).toEqual([]);
    }
    const [report] = await validateFiles(await project.write("study.yaml", yaml("people")));
    expect(report?.issues).toMatchObject([{ path: "steps.1.save.folder", line: 3 }]);
    expect(await project.read("people/ann-lee.person.json")).toBe(kept);
    expect((await save(yaml("after"))).error).toBeUndefined();
    expect((await save(yaml("people", "{ file: people/ann-lee.person.json, name: Bo }"))).error).toBeUndefined();
  });
});

describe("arms of a study file", () => {
  it("say what is wrong with them, each at its place", async () => {
    const arms = (text: string, world = "{ name: R }") => complaints(world, undefined, `arms: ${text}\n`);
    expect(arms("{ control: { reword: { a: b } }, a: {}, b: { do: [{ broadcast: Hi }] }, c: { to: Lisa } }")).toEqual([
      "arms.control: `control` is the study as it is: call the arm otherwise.",
      "arms.a: Nothing is different here: give `at` and `do` or `interventions`, or `personas`, `fragments`, `reword`, `said`, `prompt`, `without` or a `model`.",
      "arms.b.at: Say where it is done, as in at: room/3, before the third step of the world 'room'.",
      "arms.c: Nothing is different here: give `at` and `do` or `interventions`, or `personas`, `fragments`, `reword`, `said`, `prompt`, `without` or a `model`.",
      "arms.c.to: Nothing is done here that could be about somebody: give `do`.",
    ]);
    expect(arms("{ a: { at: r/1, doo: [] } }")).toEqual([expect.stringContaining("Did you mean do?")]);
    expect(await strangers("{ name: R }", undefined, "arms: { a: { personas: { Oscar: { age: 80 } } } }\n")).toEqual([
      "arms.a.personas.Oscar: Write the whole name: Oscar Ramsaran.",
    ]);
    const to = "arms: { a: { at: r/1, to: Zoe, do: [{ tell: Hi }] } }\n";
    expect((await strangers("{ name: R }", undefined, to))[0]).toMatch(/^arms\.a\.to: 'Zoe' names nobody/);
  });

  it("are differences that twins can be made of", async () => {
    await using project = await tempProject();
    const study = await loadStudy(
      await project.write(
        "study.yaml",
        `name: kettles
seed: 7
people: [lisa, oscar]
world: { name: Room }
arms:
  dearer: { at: room/2, to: Lisa, do: [{ tell: It costs 200 euros. }] }
  older: { personas: { Oscar Ramsaran: { age: 80 } } }
  toaster: { reword: { a kettle: a toaster } }
steps: [{ broadcast: What is a kettle worth? }, { run: 2 }]
`,
      ),
    );
    const { rows, runs } = await twins(study, {
      ...{ arms: { control: {}, ...study.arms }, model: "builtin", store: project.store },
      environment: project.environment(),
    });
    const story = async (arm: string) => project.story(runs.find((one) => one.arm === arm)?.run ?? "");
    const told = async (arm: string) =>
      (await story(arm)).flatMap((event) =>
        (event.type === "stimulus" || event.type === "broadcast") && event.stimulus.via === undefined
          ? [event.stimulus.content]
          : [],
      );
    expect(await told("control")).toEqual(["What is a kettle worth?"]);
    expect((await told("dearer")).toSorted()).toEqual(["It costs 200 euros.", "What is a kettle worth?"]);
    expect(await told("toaster")).toEqual(["What is a toaster worth?"]);
    const aged = (await story("older")).filter((event) => JSON.stringify(event).includes('"age":80'));
    expect(aged).toMatchObject([{ type: "person-created", name: "Oscar Ramsaran" }]);
    const first = rows.filter(({ arm, step }) => arm === "dearer" && step === "room/1");
    expect(first.map(({ reused }) => reused)).toEqual([true, true]);
  });
});
