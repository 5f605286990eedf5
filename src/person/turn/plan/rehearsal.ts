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
      heard ??= log.episodes
        .slice(Math.max(0, until - heardAtMost), until)
        .flatMap((episode) => saidIn(episode, who.name));
      return heard;
    },
  };
}

function saidIn(episode: Episode, name: string): readonly { from: string; text: string }[] {
  if (episode.kind === "turn") {
    const talks = episode.actions.filter((action) => action.type === "TALK");
    return talks.map((action) => ({ from: name, text: action.content ?? "" }));
  }
  const { type, source, content } = episode.stimulus;
  return type === "CONVERSATION" ? [{ from: source ?? "someone", text: content }] : [];
}
