import type { Rehearsal } from "../../../kernel/contracts/model.ts";
import type { Reachable } from "../../../kernel/contracts/person.ts";
import type { Episode } from "../../memory/episodic-log.ts";
import type { Mind } from "../mind.ts";

const heardAtMost = 200;

/** Only the stand-in reads it, so that it is made when it is read. The log grows at its end alone: it tells what it told when the model was asked. */
export function rehearsalOf({ log, who, persona }: Mind, reachable: readonly Reachable[] = []): Rehearsal {
  const until = log.episodes.length;
  let others: Rehearsal["others"];
  let heard: Rehearsal["heard"];
  return {
    persona,
    get others() {
      others ??= reachable.map((one) => one.name);
      return others;
    },
    get heard() {
      heard ??= saidIn(log.episodes.slice(Math.max(0, until - heardAtMost), until), who.name);
      return heard;
    },
  };
}

function saidIn(episodes: readonly Episode[], name: string): readonly { from: string; text: string }[] {
  const said: { from: string; text: string }[] = [];
  for (const episode of episodes) {
    if (episode.kind === "turn") {
      for (const { type, content = "" } of episode.actions)
        if (type === "TALK") said.push({ from: name, text: content });
    } else if (episode.stimulus.type === "CONVERSATION") {
      said.push({ from: episode.stimulus.source ?? "someone", text: episode.stimulus.content });
    }
  }
  return said;
}
