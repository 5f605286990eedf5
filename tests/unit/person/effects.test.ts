import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { EffectBegun, EffectDone } from "../../../src/kernel/contracts/events.ts";
import type { EffectTerms } from "../../../src/kernel/contracts/faculty.ts";
import type { Outcome } from "../../../src/kernel/contracts/person.ts";
import { type ApprovalQuestion, isTinyTroupeError, TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { defineAction } from "../../../src/person/actions/define-action.ts";
import { says, type TestPersonOptions, testPerson, textOf } from "../../support/person.ts";
import type { Script } from "../../support/scripted-model.ts";

const mail = { type: "SEND_MAIL", to: "Oscar" };
const sending = { actions: [mail, { type: "DONE" }] };

interface Post {
  readonly sent: string[];
  readonly turn: ReturnType<typeof testPerson>;
}

interface PostOptions extends TestPersonOptions {
  readonly script?: Script;
  readonly send?: () => Outcome;
  readonly owner?: string;
}

const script = [sending, says("Well, let us see what he says."), sending];

/** Lisa, who can send mail on these terms; how it goes is up to `send`. */
function post(effect: EffectTerms, more: PostOptions = {}): Post {
  const sent: string[] = [];
  const { send = () => ({ text: "sent" }), owner, script: told = script, ...options } = more;
  const action = defineAction({
    type: "SEND_MAIL",
    kind: "effect",
    description: "send a mail",
    args: z.object({ to: z.string() }),
    effect,
    ...(owner === undefined ? {} : { owner }),
    run: async ({ to }) => {
      sent.push(to);
      return send();
    },
  });
  const turn = testPerson(told, {
    faculties: [{ name: "post", actions: [action] }],
    ...options,
  });
  return { sent, turn };
}

const needed = (question: ApprovalQuestion): TinyTroupeError =>
  new TinyTroupeError("APPROVAL_NEEDED", "May it?", { data: { question }, hint: "Say so." });

/** The events of a first opening, as the next one finds them. */
async function played(effect: EffectTerms): Promise<{ begun: EffectBegun; done: EffectDone }> {
  const { turn } = post(effect);
  await turn.person.listenAndAct("Write to him.");
  const found = (type: string) => turn.context.events.find((event) => event.type === type);
  return { begun: found("effect-begun") as EffectBegun, done: found("effect-done") as EffectDone };
}

describe("an effect", () => {
  it("is begun on record, done, on record again, and only then told", async () => {
    const { sent, turn } = post({});
    const { outcomes, warnings } = await turn.person.listenAndAct("Write to him.");
    expect(sent).toEqual(["Oscar"]);
    expect(turn.context.events.map((event) => event.type).slice(2)).toEqual(["turn", "effect-begun", "effect-done"]);
    const done = turn.context.events.at(-1) as EffectDone & { id: string };
    expect(done).toMatchObject({ action: "person:lisa#2.0", how: "run", outcome: { text: "sent" } });
    expect(done.effect).toMatch(/^send-mail-[0-9a-f]{12}$/);
    expect(outcomes).toEqual([{ action: "person:lisa#2.0", type: "SEND_MAIL", outcome: { text: "sent" }, how: "run" }]);
    expect(warnings).toEqual([]);
    expect(turn.person.pending).toEqual([{ type: "FEEDBACK", content: "SEND_MAIL: sent", via: done.id }]);
    expect(turn.context.settled.count).toBe(2);
  });
  it("does not happen in a run that simulates effects, whatever its policy", async () => {
    for (const policy of ["allow", "ask"] as const) {
      const { sent, turn } = post({ realWorld: true, policy }, { context: { simulating: true } });
      const { outcomes } = await turn.person.listenAndAct("Write to him.");
      expect(sent).toEqual([]);
      expect(outcomes).toMatchObject([{ type: "SEND_MAIL", how: "simulated", outcome: { text: "done" } }]);
    }
  });

  it("that the tool says has failed wakes the person, and warns the caller", async () => {
    const { turn } = post({}, { send: () => ({ text: "no such box", failed: { code: "NO_SUCH_BOX" } }) });
    const first = await turn.person.listenAndAct("Write to him.");
    expect(first.warnings).toEqual(["SEND_MAIL failed (NO_SUCH_BOX): no such box"]);
    expect((await turn.person.act()).stop).toBe("done");
    expect(textOf(turn.model.requests[1]?.messages.at(-2))).toContain("(NO_SUCH_BOX): no such box</feedback>");
  });
  it("with a fault in its program keeps that from the person, and tells the caller", async () => {
    const { turn } = post(
      {},
      {
        send: () => {
          throw new TypeError("x is not a function");
        },
      },
    );
    const { warnings } = await turn.person.listenAndAct("Write to him.");
    expect(warnings).toEqual(["SEND_MAIL failed by a fault in its program: x is not a function"]);
    expect(turn.person.pending.map((stimulus) => stimulus.content)).toEqual(["SEND_MAIL failed: It did not work."]);
  });
  it("ends the turn with what concerns the whole run, and is not on record as done", async () => {
    const stop = new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
      data: { limit: {}, spent: {}, wanted: {} },
      hint: "Raise it.",
    });
    const { turn } = post(
      {},
      {
        send: () => {
          throw stop;
        },
      },
    );
    await expect(turn.person.listenAndAct("Write to him.")).rejects.toBe(stop);
    expect(turn.context.events.at(-1)?.type).toBe("effect-begun");
  });
  it("does not begin once the run is stopping", async () => {
    const stopping = new AbortController();
    const answered = (): unknown => {
      stopping.abort("Enough.");
      return sending;
    };
    const { sent, turn } = post({}, { context: { signal: stopping.signal }, script: answered });
    await expect(turn.person.listenAndAct("Write to him.")).rejects.toMatchObject({ code: "ABORTED" });
    expect(turn.person.turns).toHaveLength(1);
    expect(sent).toEqual([]);
  });
  it("has an id that tells who, what and how often before, and nothing else", async () => {
    const { turn } = post({});
    await turn.person.listenAndAct("Write to him.");
    await turn.person.listenAndAct("Did you?");
    await turn.person.listenAndAct("Write again.");
    const [first, second] = turn.context.events.filter((event) => event.type === "effect-done") as EffectDone[];
    expect(second?.effect).not.toBe(first?.effect);
    expect(first?.effect).toBe((await played({})).done.effect);
  });
});

describe("a policy", () => {
  it("simulates by default what reaches beyond the run", async () => {
    const { sent, turn } = post({ realWorld: true });
    const { outcomes } = await turn.person.listenAndAct("Write to him.");
    expect(sent).toEqual([]);
    expect(outcomes).toMatchObject([{ how: "simulated", outcome: { text: "done" } }]);
    expect(turn.context.events.map((event) => event.type)).not.toContain("effect-begun");
    expect(turn.person.pending.map((stimulus) => stimulus.content)).toEqual(["SEND_MAIL: done"]);
  });
  it("tells the person what the tool says would have come of it", async () => {
    const { turn } = post({ realWorld: true, simulate: async () => ({ text: "He has it." }) });
    await turn.person.listenAndAct("Write to him.");
    expect(turn.person.pending.map((stimulus) => stimulus.content)).toEqual(["SEND_MAIL: He has it."]);
  });
  it("lets it happen when allowed", async () => {
    const { sent, turn } = post({ realWorld: true, policy: "allow" });
    await turn.person.listenAndAct("Write to him.");
    expect(sent).toEqual(["Oscar"]);
  });
  it.each([
    [true, ["Oscar"], "run"],
    [false, [], "refused"],
  ] as const)("asks: answered with %s", async (answer, expected, how) => {
    const asked: ApprovalQuestion[] = [];
    const approve = async (question: ApprovalQuestion) => {
      asked.push(question);
      return answer;
    };
    const { sent, turn } = post({ policy: "ask" }, { context: { approve } });
    const { outcomes } = await turn.person.listenAndAct("Write to him.");
    expect(sent).toEqual(expected);
    expect(outcomes?.map((one) => one.how)).toEqual([how]);
    expect(asked).toEqual([
      { id: expect.stringMatching(/^send-mail-/), person: "Lisa", type: "SEND_MAIL", args: { to: "Oscar" } },
    ]);
  });
  it("that asks in vain leaves nothing half done: the turn stands, and the effect is not begun", async () => {
    const approve = async (question: ApprovalQuestion) => {
      throw needed(question);
    };
    const { sent, turn } = post({ policy: "ask" }, { context: { approve } });
    const error = await turn.person.listenAndAct("Write to him.").catch((thrown: unknown) => thrown);
    expect(isTinyTroupeError(error, "APPROVAL_NEEDED")).toBe(true);
    expect(sent).toEqual([]);
    expect(turn.context.events.map((event) => event.type)).toEqual(["person-created", "stimulus", "turn"]);
  });
  it("B39: an owner is asked for of the tool's own actions alone", async () => {
    const { sent, turn } = post({}, { owner: "Oscar" });
    const { outcomes, warnings } = await turn.person.listenAndAct("Write to him.");
    expect(sent).toEqual([]);
    expect(outcomes).toMatchObject([{ how: "refused", outcome: { failed: { code: "NOT_OWNER" } } }]);
    expect(warnings).toEqual(["SEND_MAIL failed (NOT_OWNER): Only Oscar can do that."]);
    expect((await turn.person.act()).actions[0]).toMatchObject({ type: "TALK" });
    const own = post({}, { owner: "Lisa" });
    await own.turn.person.listenAndAct("Write to him.");
    expect(own.sent).toEqual(["Oscar"]);
  });
});

describe("an effect of an earlier opening", () => {
  const again = async (
    effect: EffectTerms,
    earlier: { begun?: EffectBegun; done?: EffectDone },
    approve?: (question: ApprovalQuestion) => Promise<boolean>,
  ) => {
    const id = earlier.begun?.effect ?? earlier.done?.effect ?? "";
    const { sent, turn } = post(effect, {
      context: { effects: new Map([[id, earlier]]), ...(approve && { approve }) },
    });
    const { outcomes } = await turn.person.listenAndAct("Write to him.");
    const told = turn.context.events.flatMap((event) => (event.type.startsWith("effect-") ? [event] : []));
    return { sent, how: outcomes?.[0]?.how, text: outcomes?.[0]?.outcome.text, told };
  };

  it("that was done is told in the same words, and not done again", async () => {
    const { begun, done } = await played({});
    const stored = { begun, done: { ...done, outcome: { text: "sent at noon" } } };
    expect(await again({}, stored)).toMatchObject({
      sent: [],
      how: "run",
      text: "sent at noon",
      told: [begun, stored.done],
    });
    expect(await again({ realWorld: true }, stored)).toMatchObject({ sent: [], text: "sent at noon" });
  });
  it("that was begun alone is unsure, and run again only where twice does no harm", async () => {
    const { begun } = await played({});
    expect(await again({}, { begun })).toMatchObject({ sent: [], how: "unsure" });
    expect(await again({ repeat: "if-unsure" }, { begun })).toMatchObject({ sent: ["Oscar"], how: "run" });
  });
  it("that changes only what lives in the process runs whenever the story is told", async () => {
    const { begun, done } = await played({ repeat: "always" });
    expect(begun).toBeUndefined();
    expect(await again({ repeat: "always" }, { done })).toMatchObject({ sent: ["Oscar"], how: "run", told: [done] });
  });
  it("that was approved of is not asked about again, unless nobody knows whether it happened", async () => {
    const asked: (string | undefined)[] = [];
    const approve = async ({ earlier }: ApprovalQuestion) => asked.push(earlier) > 1;
    const { begun } = await played({ policy: "ask" });
    expect(begun.approved).toBe(true);
    expect(await again({ policy: "ask", repeat: "if-unsure" }, { begun }, approve)).toMatchObject({ sent: ["Oscar"] });
    expect(asked).toEqual([]);
    expect(await again({ policy: "ask" }, { begun }, approve)).toMatchObject({ sent: [], how: "unsure" });
    expect(await again({ policy: "ask" }, { begun }, approve)).toMatchObject({ sent: ["Oscar"], how: "run" });
    expect(asked).toEqual(["begun", "begun"]);
  });
  it("that was refused says so when it is asked about", async () => {
    const { done } = await played({});
    const asked: (string | undefined)[] = [];
    const approve = async ({ earlier }: ApprovalQuestion) => asked.push(earlier) === 0;
    expect(await again({ policy: "ask" }, { done: { ...done, how: "refused" } }, approve)).toMatchObject({
      sent: [],
      how: "refused",
    });
    expect(asked).toEqual(["refused"]);
  });
});
