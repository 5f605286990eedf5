import type { Message, Rehearsal } from "../../kernel/contracts/model.ts";
import type { Character } from "./character/character.ts";
import { readCharacter } from "./character/character.ts";
import { personaFromText } from "./character/from-text.ts";
import type { Reader } from "./reading.ts";

/** Knows who plays in a call. */
export interface Cast {
  characterIn(request: {
    readonly messages: readonly Message[];
    readonly rehearsal?: Rehearsal | undefined;
  }): Character;
}

/** Reads each persona once as long as nobody can change it; without a persona, the system's messages describe one. */
export function createCast(reader: Reader): Cast {
  const known = new WeakMap<object, Character>();
  const remembered = (key: object, make: () => Character): Character => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const now = make();
    known.set(key, now);
    return now;
  };
  return {
    characterIn({ messages, rehearsal }) {
      const persona = rehearsal?.persona;
      if (typeof persona === "object" && persona !== null) {
        return Object.isFrozen(persona) ? remembered(persona, () => readCharacter(persona)) : readCharacter(persona);
      }
      const described = messages.filter((message) => message.role === "system").slice(0, 2);
      const last = described.at(-1);
      const text = (): Character => readCharacter(personaFromText(described.map(reader.text).join("\n\n")));
      return last === undefined ? text() : remembered(last, text);
    },
  };
}
