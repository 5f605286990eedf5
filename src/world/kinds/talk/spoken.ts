import type { Actor } from "../../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { PersonId } from "../../../kernel/values/ids.ts";
import type { RunOptions } from "../../time/run-options.ts";
import type { TinyWorld } from "../../tiny-world.ts";

/** Something that somebody said. */
export interface Spoken {
  readonly person: PersonId;
  readonly name: string;
  readonly words: string;
  /** As they wrote it; empty for everybody. */
  readonly target: string;
  /** `<turn event>.<index of the action>` */
  readonly reference: string;
}

/** Plays one step, counted under `hold <world>`, and tells what was said in it. ABORTED when it was cut short: the meeting does not go on without it. */
export async function stepOf<P extends Actor>(world: TinyWorld<P>, options: RunOptions): Promise<readonly Spoken[]> {
  const { steps, stopped } = await world.run(1, { label: `hold ${world.name}`, ...options });
  if (stopped === "signal" || stopped === "budget") throw cutShort(world.name, stopped);
  const turns = steps.flatMap(({ outcomes }) => outcomes.flatMap((one) => ("turn" in one ? [one.turn] : [])));
  return turns.flatMap(({ actions, event, person, name }) =>
    actions.flatMap(({ type, content = "", target = "" }, index) =>
      type === "TALK" && content.trim() !== ""
        ? [{ person, name, words: content, target, reference: `${event}.${index}` }]
        : [],
    ),
  );
}

/** Those of these people who said nothing. */
export function silentAmong<P extends Actor>(people: readonly P[], spoken: readonly Spoken[]): readonly P[] {
  const heard = new Set(spoken.map(({ person }) => person));
  return people.filter(({ id }) => !heard.has(id));
}

function cutShort(name: string, reason: string): TinyTroupeError<"ABORTED"> {
  return new TinyTroupeError("ABORTED", `'${name}' was stopped in the middle.`, {
    data: { reason },
    hint: "Nothing is lost: start the same study again and it goes on from here.",
  });
}
