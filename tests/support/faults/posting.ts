// A study whose Lisa can do things outside: each leaves a line in the file `trace`. What the file `kill` says happens
// once: `in POST before`, `in POST after` kill the process in the middle of an action, `told` after all was told.
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { type ActionKind, defineAction, defineStudy, type EffectTerms, z } from "tinytroupe";

function dieIf(moment: string): void {
  if (!existsSync("kill") || readFileSync("kill", "utf8") !== moment) return;
  rmSync("kill");
  process.kill(process.pid, "SIGKILL");
}

function leavingTrace(type: string, effect: EffectTerms): ActionKind {
  return defineAction({
    type,
    kind: "effect",
    description: `send something to \`to\` by ${type}`,
    args: z.object({ to: z.string() }),
    effect,
    run: async ({ to }) => {
      dieIf(`in ${type} before`);
      appendFileSync("trace", `${type} ${to}\n`);
      dieIf(`in ${type} after`);
      return { text: `sent to ${to}` };
    },
  });
}

export default defineStudy({
  name: "posting",
  run: async (simulation) => {
    const actions = [
      leavingTrace("POST", existsSync("ask") ? { realWorld: true, policy: "ask" } : {}),
      leavingTrace("FILE", { repeat: "if-unsure" }),
      leavingTrace("WIRE", { realWorld: true }),
    ];
    const lisa = await simulation.person("lisa", { faculties: [{ name: "post", actions }] });
    const { outcomes = [] } = await lisa.listenAndAct("Write to Oscar.");
    dieIf("told");
    await lisa.listenAndAct("What came of it?");
    return outcomes.map(({ type, how, outcome }) => ({ type, how, text: outcome.text }));
  },
});
