import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { lisa, marcos, oscar, overlapOf, type TestTurn, talkIn, thoughtIn, turnSchema } from "./people.ts";

const model = createBuiltin();
const people = [lisa, oscar, marcos];
const question = "Which AI feature would you add to a word processor? Think as wildly as you can.";

interface Line {
  readonly from: string;
  readonly text: string;
}

const act = async (persona: { name: string }, heard: readonly Line[], seed = 1): Promise<TestTurn> => {
  const others = people.map((one) => one.name).filter((name) => name !== persona.name);
  const messages = [{ role: "user" as const, content: heard.map((line) => `${line.from}: ${line.text}`).join("\n") }];
  return (
    await model.generate({
      messages,
      schema: turnSchema,
      purpose: "act",
      scope: "t",
      seed,
      rehearsal: { persona, others, heard },
    })
  ).value;
};

/** A conversation of all three, so many rounds. */
async function converse(
  rounds: number,
  seed: number,
): Promise<{ heard: Line[]; turns: { name: string; turn: TestTurn }[] }> {
  const heard: Line[] = [{ from: "", text: question }];
  const turns: { name: string; turn: TestTurn }[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const persona of people) {
      const turn = await act(persona, heard, seed);
      turns.push({ name: persona.name, turn });
      for (const action of turn.actions)
        if (action.type === "TALK") heard.push({ from: persona.name, text: action.content });
    }
  }
  return { heard, turns };
}

describe("a turn of the built-in model", () => {
  it("thinks before it talks, to somebody who is there, and ends with DONE after a few actions", async () => {
    for (let seed = 0; seed < 30; seed++) {
      for (const persona of people) {
        const { actions } = await act(persona, [{ from: "", text: question }], seed);
        const types = actions.map((action) => action.type);
        expect(types.at(-1)).toBe("DONE");
        expect(types.length).toBeLessThanOrEqual(5);
        expect(types.filter((type) => type === "TALK")).toHaveLength(1);
        expect(types.indexOf("THINK")).toBeLessThan(types.indexOf("TALK"));
        for (const action of actions) {
          if (action.type === "TALK")
            expect(people.map((one) => one.name).filter((name) => name !== persona.name)).toContain(action.target);
        }
      }
    }
  });

  it("answers the one who asked, by name", async () => {
    const heard = [
      { from: "", text: question },
      {
        from: "Marcos Almeida",
        text: "I would add a reading voice, so that my eyes can rest. Oscar, what would you add?",
      },
    ];
    for (let seed = 0; seed < 12; seed++) {
      const { actions } = await act(oscar, heard, seed);
      const talk = actions.find((action) => action.type === "TALK");
      expect(talk).toMatchObject({ target: "Marcos Almeida" });
      expect(talkIn({ actions })).toMatch(/Marcos/);
    }
  });

  it("quotes a keyword of what was said", async () => {
    const heard = [
      { from: "", text: question },
      { from: "Marcos Almeida", text: "I would add a submarine periscope, so that nobody drowns in text." },
    ];
    const talks = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => talkIn(await act(lisa, heard, seed))));
    expect(talks.filter((talk) => /periscope/.test(talk)).length).toBeGreaterThanOrEqual(4);
  });

  it("agrees and disagrees as the person would", async () => {
    const heard = [
      { from: "", text: question },
      {
        from: "Lisa Tierney",
        text: "I would add artificial intelligence everywhere, so that everybody writes with artificial intelligence.",
      },
    ];
    const against =
      /don't buy|would not work|other way round|who would really|leaves me cold|do not have|puts me off|normal Tuesday|want proof|too easy|cannot follow|different one/;
    for (let seed = 0; seed < 10; seed++) expect(talkIn(await act(oscar, heard, seed))).toMatch(against);
    const liked = [heard[0] as Line, { from: "Lisa Tierney", text: "I would add heavy metal and camping by the sea." }];
    for (let seed = 0; seed < 10; seed++) expect(talkIn(await act(marcos, liked, seed))).not.toMatch(against);
  });

  it("says more the more extraverted a person is", async () => {
    const length = async (persona: { name: string }): Promise<number> => {
      let sum = 0;
      for (let seed = 0; seed < 20; seed++)
        sum += talkIn(await act(persona, [{ from: "", text: question }], seed)).length;
      return sum;
    };
    expect(await length(marcos)).toBeGreaterThan(1.5 * (await length(oscar)));
  });

  it("does not repeat itself in a conversation, and lets it end", async () => {
    for (const seed of [1, 2, 3]) {
      const { turns } = await converse(10, seed);
      for (const { name } of people) {
        const said = turns
          .filter((one) => one.name === name)
          .map((one) => talkIn(one.turn))
          .filter((talk) => talk !== "");
        for (const [index, one] of said.entries())
          for (const other of said.slice(index + 1)) expect(overlapOf(one, other)).toBeLessThan(0.5);
      }
      const quiet = turns.map((one) => talkIn(one.turn) === "");
      expect(quiet.slice(0, 3)).toEqual([false, false, false]);
      expect(quiet.slice(-6)).toEqual(new Array(6).fill(true));
      expect(turns.some((one) => talkIn(one.turn) === "" && thoughtIn(one.turn) !== "")).toBe(true);
    }
  });

  it("mostly waits when nothing was said since it spoke", async () => {
    const { heard } = await converse(1, 1);
    let quiet = 0;
    for (let seed = 0; seed < 30; seed++) if (talkIn(await act(marcos, heard, seed)) === "") quiet += 1;
    expect(quiet).toBeGreaterThan(18);
  });

  it("has a state that changes", async () => {
    const { turns } = await converse(3, 4);
    const states = turns.filter((one) => one.name === "Marcos Almeida").map((one) => one.turn.state);
    expect(states[0]).toMatchObject({
      goals: expect.any(String),
      attention: expect.any(String),
      emotions: expect.any(String),
    });
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length);
    expect(states.some((state) => state?.goals === undefined)).toBe(true);
  });

  it("answers what is asked: about oneself, yes or no, a choice among options", async () => {
    const about = await act(marcos, [{ from: "", text: "Please tell us about yourself." }]);
    expect(talkIn(about)).toMatch(
      /Marcos Almeida|physician|camping|guitar|clinic|heavy metal|listening|medicine|bureaucracy|malls/i,
    );
    const choice = await act(lisa, [{ from: "", text: "Which do you like best: tea, coffee or water?" }]);
    expect(talkIn(choice)).toMatch(/\b(?:tea|coffee|water)\b/i);
    const closed = await act(oscar, [{ from: "", text: "Would you pay for artificial intelligence?" }]);
    expect(talkIn(closed)).toMatch(/\bno\b|not really|don't think so|rather not/i);
  });

  it("reaches out to somebody when nothing was heard yet", async () => {
    const { actions } = await act(lisa, []);
    expect(actions.map((action) => action.type)).toContain("REACH_OUT");
  });

  it("fills a small answer, and stays silent in it where the conversation is over", async () => {
    const small = z.object({ thought: z.string(), say: z.string(), to: z.string().optional() });
    const ask = async (heard: readonly Line[], seed: number) =>
      (
        await model.generate({
          messages: [],
          schema: small,
          purpose: "act",
          scope: "t",
          seed,
          rehearsal: { persona: lisa, others: ["Oscar Brandt"], heard },
        })
      ).value;
    const first = await ask([{ from: "", text: question }], 1);
    expect(first.say).toMatch(/word processor/);
    expect(first.thought.length).toBeGreaterThan(5);
    const { heard } = await converse(6, 1);
    const later = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => ask(heard, seed)));
    expect(later.some((answer) => answer.say === "")).toBe(true);
  });

  it("fills turns with nullable fields in another order, single actions, and types in an enum", async () => {
    const variants = [
      z.object({
        actions: z.array(
          z.object({
            content: z.string().nullable(),
            target: z.string().nullable(),
            type: z.enum(["TALK", "THINK", "REACH_OUT", "DONE"]),
          }),
        ),
        cognitive_state: z.object({
          goals: z.string(),
          context: z.array(z.string()),
          attention: z.string(),
          emotions: z.string(),
        }),
      }),
      z.object({
        action: z.object({ type: z.string(), content: z.string(), target: z.string() }),
        emotions: z.string().nullable(),
      }),
    ] as const;
    const heard = [{ from: "", text: question }];
    const [many, single] = await Promise.all(
      variants.map((schema) =>
        model.generate<unknown>({
          messages: [],
          schema,
          purpose: "act",
          scope: "t",
          rehearsal: { persona: lisa, others: ["Oscar Brandt"], heard },
        }),
      ),
    );
    const turn = many?.value as z.infer<(typeof variants)[0]>;
    expect(turn.actions.map((action) => action.type)).toEqual(["THINK", "TALK", "DONE"]);
    expect(turn.actions[2]).toEqual({ content: null, target: null, type: "DONE" });
    expect(single?.value).toMatchObject({ action: { type: "THINK" } });
  });

  it("uses a faculty's action, with its arguments, when it is called for", async () => {
    const schema = z.object({
      actions: z.array(
        z.discriminatedUnion("type", [
          ...turnSchema.shape.actions.element.options,
          z.object({
            type: z.literal("WRITE_DOCUMENT"),
            title: z.string().max(60),
            content: z.string().min(10),
            kind: z.enum(["report", "memo"]),
          }),
        ]),
      ),
    });
    const heard = [{ from: "Oscar Brandt", text: "Lisa, please write a document on camping by the sea. Can you?" }];
    const types = new Set<string>();
    for (let seed = 0; seed < 10; seed++) {
      const { value } = await model.generate({
        messages: [],
        schema,
        purpose: "act",
        scope: "t",
        seed,
        rehearsal: { persona: lisa, others: ["Oscar Brandt"], heard },
      });
      for (const action of value.actions) types.add(action.type);
      expect(value.actions.at(-1)?.type).toBe("DONE");
    }
    expect(types).toContain("WRITE_DOCUMENT");
  });

  it("works from the messages alone when there is no rehearsal", async () => {
    const messages = [
      { role: "system" as const, content: "You live as one person." },
      {
        role: "system" as const,
        content:
          "You are Ingrid Sund.\n<persona>\n# Interests\n- glacier hiking\n- knitting\n\nOccupation: ferry captain\nNationality: Norwegian\n</persona>",
      },
      {
        role: "user" as const,
        content: '<conversation from="Per Dahl">What do you do on your ferry all day?</conversation>',
      },
      { role: "user" as const, content: "<now>\nWithin reach: Per Dahl\n</now>\nGo on." },
    ];
    const said: string[] = [];
    for (let seed = 0; seed < 6; seed++) {
      const { value } = await model.generate({ messages, schema: turnSchema, purpose: "act", scope: "t", seed });
      said.push(talkIn(value));
      expect(value.actions.find((action) => action.type === "TALK")).toMatchObject({ target: "Per Dahl" });
    }
    expect(said.join(" ")).toMatch(/glacier hiking|knitting|ferry captain/);
  });
});

describe("different personas", () => {
  it("give different answers to the same question, in their own words", async () => {
    const own = [
      /learning|recipes|coffee|code|meetings|messy|data|privacy|AI technology/i,
      /timber|jazz|drawing|mornings|hype|open-plan|buildings|software|architect|hundred years/i,
      /camping|guitar|metal|medical|bureaucracy|malls|listen|medicine|physician|clinic/i,
    ];
    for (let seed = 0; seed < 15; seed++) {
      const talks = await Promise.all(
        people.map(async (persona) => talkIn(await act(persona, [{ from: "", text: question }], seed))),
      );
      for (const [index, one] of talks.entries())
        for (const other of talks.slice(index + 1)) expect(overlapOf(one, other)).toBeLessThan(0.5);
    }
    for (const [index, persona] of people.entries()) {
      let hits = 0;
      for (let seed = 0; seed < 20; seed++)
        if (own[index]?.test(talkIn(await act(persona, [{ from: "", text: question }], seed)))) hits += 1;
      expect(hits).toBeGreaterThanOrEqual(15);
    }
  });

  it("overlap little on average", async () => {
    let [sum, count] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const [one = "", two = "", three = ""] = await Promise.all(
        people.map(async (persona) => talkIn(await act(persona, [{ from: "", text: question }], seed))),
      );
      sum += overlapOf(one, two) + overlapOf(two, three) + overlapOf(one, three);
      count += 3;
    }
    expect(sum / count).toBeLessThan(0.15);
  });

  it("may be any data at all", async () => {
    const odd = [
      {},
      "Just a text about somebody",
      null,
      42,
      [],
      {
        name: 7,
        age: "old",
        personality: "curious",
        occupation: { title: { x: 1 } },
        preferences: ["a", { b: ["c"] }],
        relationships: "none",
        beliefs: { a: { b: { c: "deep" } } },
      },
      JSON.parse('{"__proto__":{"name":"x"},"constructor":"y","name":"Z"}'),
    ];
    for (const persona of odd) {
      const { value } = await model.generate({
        messages: [{ role: "user", content: "What now?" }],
        schema: turnSchema,
        purpose: "act",
        scope: "t",
        rehearsal: { persona },
      });
      expect(value.actions.at(-1)?.type).toBe("DONE");
    }
  });
});
