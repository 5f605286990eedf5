import { describe, expect, it } from "vitest";
import { parsePerson } from "../../../../src/person/state/parse.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, says } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const heard = (content: string, source = "Oscar", at: unknown = "2024-03-01T10:00:00") => ({
  ...{ role: "user", type: "stimulus", simulation_timestamp: at },
  content: { stimuli: [{ type: "CONVERSATION", content, source }] },
});
const did = (type: string, content: string, target = "") => ({
  ...{ role: "assistant", type: "action", simulation_timestamp: null },
  content: { action: { type, content, target }, cognitive_state: { emotions: "calm" } },
});

/** An agent as the original library saves it with its memories, in words of our own. */
const agent = {
  type: "TinyPerson",
  persona: {
    name: "Lisa Ray",
    age: 40,
    relationships: [
      { Name: "Oscar", Description: "Her brother." },
      { name: "Ana", description: "A friend." },
    ],
  },
  mental_state: {
    datetime: "2024-03-01 10:00",
    location: "The mill",
    context: ["It is early."],
    goals: ["sell the mill", "sleep"],
    attention: null,
    emotions: "Weary.",
    accessible_agents: [{ name: "Oscar", relation_description: "brother" }],
  },
  mental_faculties: [{ type: "RecallFaculty", name: "Memory Recall" }],
  current_episode_event_count: 4,
  episodic_memory: {
    type: "EpisodicMemory",
    memory: [
      heard("Will you sell?"),
      did("THINK", "He asks again."),
      did("TALK", "Not today.", "Oscar"),
      did("DONE", ""),
      { role: "assistant", content: "Info: there were other messages here, but they were omitted." },
      { role: "system", content: "Do not repeat yourself.", type: "feedback", simulation_timestamp: null },
      heard("When then?", "Oscar", "someday"),
    ],
    episodic_buffer: [
      did("TALK", "In May.", "Oscar"),
      heard("I will hold you to it."),
      { type: "stimulus", content: 7 },
    ],
  },
  semantic_memory: {
    type: "SemanticMemory",
    memories: [
      {
        role: "assistant",
        type: "consolidated",
        simulation_timestamp: "2024-02-01T08:00:00+01:00",
        content: "# Consolidated\n\nThe mill stopped in winter.",
      },
      { role: "assistant", type: "rumour", content: "Oscar owes money." },
      { role: "assistant", type: "reflection", content: "" },
    ],
  },
};

describe("an agent of the original library", () => {
  const { person, warnings } = parsePerson(structuredClone(agent));

  it("comes with what it lived through, each thing once and in order", () => {
    const told = person.life?.episodes.map((episode) =>
      episode.kind === "turn" ? episode.actions.map(({ type }) => type) : episode.stimulus.content,
    );
    expect(told).toEqual([
      "Will you sell?",
      ["THINK", "TALK", "DONE"],
      "Do not repeat yourself.",
      "When then?",
      ["TALK"],
      "I will hold you to it.",
    ]);
    expect(person.life?.pending).toEqual([5]);
    expect(person.life?.episodes[0]).toMatchObject({
      id: "original#0",
      time: "2024-03-01T10:00:00.000Z",
      stimulus: { source: "Oscar" },
    });
    expect(person.life).toMatchObject({
      location: "The mill",
      state: { goals: "sell the mill; sleep", context: ["It is early."], emotions: "Weary." },
      acquaintances: [{ name: "Oscar", relation: "brother" }],
    });
    expect(person.persona.relationships).toEqual([
      { name: "Oscar", description: "Her brother." },
      { name: "Ana", description: "A friend." },
    ]);
  });

  it("comes with its notes, their kinds mapped and their headings gone", () => {
    expect(person.life?.notes).toEqual([
      {
        id: "n1",
        kind: "event",
        text: "The mill stopped in winter.",
        time: "2024-02-01T07:00:00.000Z",
        sources: [],
        importance: 0.5,
      },
      { id: "n2", kind: "fact", text: "Oscar owes money.", sources: [], importance: 0.5 },
    ]);
  });

  it("says of all that cannot be read where it stands", () => {
    expect(warnings).toEqual([
      "episodic_memory.memory.4: a mark that something was left out; what that was is not in the file.",
      "episodic_memory.memory.6.simulation_timestamp: no moment of the calendar, and was left aside.",
      "episodic_memory.episodic_buffer.2: neither a stimulus nor an action, and was left aside.",
      "semantic_memory.memories.1.type: of no kind that is known here; taken as a fact.",
      "semantic_memory.memories.2: a memory without words, and was left aside.",
      "'mental_faculties' (Memory Recall) are code: give faculties of your own where the person is loaded.",
    ]);
  });

  it("remembers in its next prompt what it lived through, items with a `type` of their own too", async () => {
    const model = scriptedModel([says("I said May.")]);
    const lisa = TinyPerson.restore(person, testContext({ model }).fork("person:lisa"));
    await lisa.act();
    const prompt = promptOf(model.requests[0]);
    for (const text of ["Will you sell?", "Not today.", "In May.", "I will hold you to it.", "Place: The mill"]) {
      expect(prompt.split(text)).toHaveLength(2);
    }
    expect(lisa.transcript().map(({ text }) => text)).toEqual(["I said May."]);
  });
});
