import type { Message } from "../../../../kernel/contracts/model.ts";
import type { Random } from "../../../../kernel/values/random.ts";
import type { Reader } from "../../reading.ts";

const numbered = /^(\d+)\. (.+?)(?: to .+?)? \[([A-Z_]+)\]/u;

/** A game master who cannot read: a decision on each numbered action, mostly that it comes about. */
export function decisionsDraft(messages: readonly Message[], { reader, dice }: { reader: Reader; dice: Random }) {
  const lines = reader.text(messages.at(-1) ?? { role: "user", content: "" }).split("\n");
  const actions = lines.slice(lines.findIndex((line) => line.startsWith("What they try"))).map((l) => numbered.exec(l));
  const decisions = actions.flatMap((found) => {
    if (found === null) return [];
    const [, action, name, type] = found;
    const comes = dice.next() < 0.8;
    const reason = comes ? "Nothing stands in its way." : "Somebody else was quicker.";
    const narration = comes ? `${name} succeeds (${type}).` : `${name} comes too late (${type}).`;
    return [{ action: Number(action), outcome: comes ? "accepted" : "refused", reason, instead: null, narration }];
  });
  return { decisions };
}
