import { describe, expect, it } from "vitest";
import { renderTranscript, transcriptOf } from "../../../src/kernel/values/transcript.ts";
import { TinyWorld } from "../../../src/world/tiny-world.ts";
import { testContext } from "../../support/context.ts";
import { done, once, player, talk, think } from "./cast.ts";

function focusGroup() {
  const context = testContext();
  const lisa = player("Lisa Carter", context, {
    script: once([think("Hmm."), talk("I would add voice.")], [talk("Good point.", "Oscar"), done]),
  });
  const oscar = player("Oscar Brown", context, { script: once([talk("And a map, Lisa.", "Lisa"), done]) });
  const room = new TinyWorld("Focus group", [lisa, oscar], context.fork("world:focus-group"));
  return { context, lisa, oscar, room };
}

describe("a world", () => {
  it("plays steps, delivers what is said and ends when all are quiet", async () => {
    const { context, lisa, room } = focusGroup();
    room.makeEveryoneAccessible();
    await room.broadcast("Which feature would you add?");
    const result = await room.run(9);
    expect(result.stopped).toBe("quiet");
    expect(result.steps.map((step) => step.quiet)).toEqual([false, false, true]);
    expect(lisa.heard.map((one) => one.content)).toEqual(["Which feature would you add?", "And a map, Lisa."]);
    expect(renderTranscript(room.transcript(), { ids: true })).toMatchInlineSnapshot(`
      "[world:focus-group#2] (from outside): Which feature would you add?
      [person:lisa-carter#1.0] Lisa Carter thinks: Hmm.
      [person:lisa-carter#1.1] Lisa Carter to Oscar Brown: I would add voice.
      [person:oscar-brown#1.0] Oscar Brown to Lisa Carter: And a map, Lisa.
      [person:lisa-carter#3.0] Lisa Carter to Oscar Brown: Good point."
    `);
    expect(transcriptOf(context.events)).toEqual(room.transcript());
  });
});
