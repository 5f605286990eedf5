import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Action } from "../kernel/contracts/person.ts";
import { actionText } from "../kernel/values/transcript.ts";

/** What somebody is about to do as a judge reads it: their words, and deeds that others see; DONE is none. */
export function draftEntries(actions: readonly Action[], name: string): readonly TranscriptEntry[] {
  return actions.flatMap((action, index) => {
    const { type, target } = action;
    if (type === "DONE") return [];
    const to = target === undefined ? [] : [target];
    return [{ id: `draft.${index}`, kind: "action", type, from: name, to, text: actionText(action) } as const];
  });
}
