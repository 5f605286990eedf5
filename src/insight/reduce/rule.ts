import type { EventType, JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Which entries of a transcript a rule is for; all of them unless told. */
export interface EntryFilter {
  /** `action`: what somebody did; `stimulus`: what they perceived; `narration`: what happened besides. */
  readonly kind?: TranscriptEntry["kind"];
  /** As in `TALK` or `CONVERSATION`, or several. */
  readonly type?: string | readonly string[];
  /** Somebody by their full name. */
  readonly person?: string;
  /** What that person did, or what reached them; what was for everybody reaches each. Default: both. */
  readonly direction?: "done" | "perceived";
  readonly world?: string;
}

/** What a rule makes of something that happened: a row, several, or none. */
export type Reduced = object | readonly object[] | null | undefined;

/** A rule over the entries of a transcript, or over events of a type. */
export type Rule =
  | { readonly filter: EntryFilter; readonly rowOf: (entry: TranscriptEntry) => Reduced }
  | { readonly event: EventType; readonly rowOf: (event: JournalEvent) => Reduced };

/** Throws OPTION_INVALID for a direction of nobody. */
export function checkedFilter(filter: EntryFilter): EntryFilter {
  if (filter.direction === undefined || filter.person !== undefined) return filter;
  throw new TinyTroupeError("OPTION_INVALID", "A direction is somebody's: it needs a person.", {
    data: { option: "direction", value: filter.direction },
    hint: "Name the person, or choose by kind: action or stimulus.",
  });
}

/** Whether a rule is for this entry. */
export function isFor({ kind, type, person, direction, world }: EntryFilter, entry: TranscriptEntry): boolean {
  if (kind !== undefined && entry.kind !== kind) return false;
  if (type !== undefined && ![type].flat().includes(entry.type)) return false;
  if (world !== undefined && entry.world !== world) return false;
  if (person === undefined) return true;
  const did = entry.from === person && entry.kind === "action";
  if (direction === "done" || did) return did && direction !== "perceived";
  return entry.kind !== "narration" && (entry.to.length === 0 || entry.to.includes(person));
}
