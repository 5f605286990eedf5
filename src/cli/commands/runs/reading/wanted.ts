import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  filterTranscript,
  findByName,
  type JournalEvent,
  TinyTroupeError,
  type TranscriptEntry,
  transcriptFormats,
  transcriptOf,
} from "../../../../index.ts";
import { collected } from "../../../live/approval.ts";
import { harmless } from "../../../terminal/text.ts";
import { writtenSo } from "../../people-called.ts";

/** What of a transcript is wanted, and how. */
export interface WantedFlags {
  readonly format?: (typeof transcriptFormats)[number];
  readonly world?: string;
  readonly person?: readonly string[];
  readonly kind?: readonly string[];
  readonly from?: number | string;
  readonly to?: number | string;
  readonly out?: string;
  readonly thoughts: boolean;
}

/** Adds the flags that say what of a transcript is wanted, and how. */
export function withWantedFlags(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "a document of that kind").choices(transcriptFormats).conflicts("json"))
    .option("--world <world>", "what happened in this world alone")
    .option("--person <name>", "what they did, or was said to them by name; repeatable", collected)
    .option("--kind <kind>", "action, stimulus, narration, talk, think, …; repeatable", collected)
    .option("--from <when>", "from a step on, as in 3, or a simulated time, as in 2030-02-01T09:00", placed)
    .option("--to <when>", "up to that step or time, which is still in it", placed)
    .addOption(
      new Option(
        "--out <file>",
        "write it there, never over another file; .md, .html, .jsonl say the format",
      ).conflicts("json"),
    );
}

/** A step, or a beginning of a time as clocks show it. */
function placed(value: string): number | string {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const [date] = /^\d{4}-\d\d(?:-\d\d(?:T\d\d(?::\d\d(?::\d\d)?)?)?)?$/.exec(value) ?? [];
  if (date === undefined)
    throw new InvalidArgumentError("Write it as in 3, a step, or 2030-02, 2030-02-01 or 2030-02-01T09:00.");
  if (!isMoment(`${date}${"0000-01-01T00:00:00".slice(date.length)}`))
    throw new InvalidArgumentError("No calendar has this day, or no clock this time.");
  return date;
}

/** What a calendar lacks is no number, or another day: of 30 February it makes the first of March. */
function isMoment(written: string): boolean {
  const moment = Date.parse(`${written}Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(written);
}

/**
 * The format that was asked for, by its name or by that of the file; undefined for what the terminal shows.
 * OPTION_INVALID for a file whose ending says no format, or another one than its name does.
 */
export function formatOf({ format, out, world, person, kind, from, to }: WantedFlags): WantedFlags["format"] {
  if (out !== undefined) return formatOfFile(out, format);
  if (format !== undefined) return format;
  return [world, person, kind, from, to].some((flag) => flag !== undefined) ? "text" : undefined;
}

function formatOfFile(out: string, format: WantedFlags["format"]): NonNullable<WantedFlags["format"]> {
  const ending = extname(out).toLowerCase();
  const told = formats.get(ending);
  if (format === undefined) return told ?? refuse(out);
  if (told === undefined || told === format || ending === "") return format;
  throw new TinyTroupeError("OPTION_INVALID", `The ending of ${out} says ${told}, and --format says ${format}.`, {
    data: { option: "--format", value: format },
    hint: "Leave --format out, or end the file as it says.",
  });
}

/** By the endings of files. */
const formats: ReadonlyMap<string, (typeof transcriptFormats)[number]> = new Map([
  ...["", ".txt", ".text"].map((ending) => [ending, "text"] as const),
  ...[".md", ".markdown"].map((ending) => [ending, "markdown"] as const),
  ...[".html", ".htm"].map((ending) => [ending, "html"] as const),
  [".jsonl", "jsonl"],
]);

function refuse(out: string): never {
  throw new TinyTroupeError("OPTION_INVALID", `The ending of ${out} says no format of transcripts.`, {
    data: { option: "--out", value: out },
    hint: "End it with .txt, .md, .html or .jsonl, or say which it is with --format.",
  });
}

/** The entries that are wanted. OPTION_INVALID where a flag names what the run does not have. */
export function wantedEntries(events: readonly JournalEvent[], flags: WantedFlags): readonly TranscriptEntry[] {
  const { world, person, kind, from, to, thoughts } = flags;
  if (from !== undefined && to !== undefined && isAfter(from, to)) throw backward(from, to);
  const entries = transcriptOf(events).filter((entry) => thoughts || entry.type !== "THINK");
  const names = [
    ...new Set(entries.flatMap((entry) => [...(entry.from === undefined ? [] : [entry.from]), ...entry.to])),
  ];
  const kinds = ["action", "stimulus", "narration", ...new Set(entries.map(({ type }) => type.toLowerCase()))];
  return filterTranscript(entries, {
    ...(world !== undefined && { world: worldNamed(events, world) }),
    ...(person && { people: person.flatMap((name) => peopleNamed(names, name)) }),
    ...(kind && { kinds: kind.map((one) => kindNamed(kinds, one)) }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
}

/** `2030-02-03` is within `2030-02`; a step and a time cannot be held against each other. */
function isAfter(from: number | string, to: number | string): boolean {
  if (typeof from === "string" && typeof to === "string") return from.slice(0, to.length) > to;
  return typeof from === typeof to && from > to;
}

function backward(from: number | string, to: number | string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `--from ${from} is after --to ${to}.`, {
    data: { option: "from", value: from },
    hint: "Give the earlier one with --from.",
  });
}

function worldNamed(events: readonly JournalEvent[], wanted: string): string {
  const worlds = events.filter((event) => event.type === "world-created");
  const found = worlds.find(({ world, name }) => world === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found) return found.world;
  throw unknown(
    "world",
    wanted,
    worlds.map(({ world }) => world),
  );
}

/** All who are so written, by the whole name or a word of it; or else the one who is so called without accents and the like. */
function peopleNamed(names: readonly string[], wanted: string): readonly string[] {
  const people = names.map((name) => ({ name }));
  const written = writtenSo(people, wanted);
  const found = (written.length > 0 ? written : findByName(people, wanted)).map(({ name }) => name);
  if (found.length === 0) throw unknown("person", wanted, names);
  if (found.length > 1 && written.length === 0) throw ambiguous(wanted, found);
  return found;
}

function ambiguous(wanted: string, meant: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", harmless(`'${wanted}' may be ${meant.join(" or ")}.`), {
    data: { option: "person", value: wanted },
    hint: "Write the name as it stands there, or give --person more than once.",
  });
}

function kindNamed(kinds: readonly string[], wanted: string): string {
  if (kinds.includes(wanted.trim().toLowerCase())) return wanted;
  throw unknown("kind", wanted, kinds);
}

function unknown(what: string, value: string, there: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  const some = there.slice(0, 12).join(", ");
  return new TinyTroupeError("OPTION_INVALID", harmless(`The transcript has no ${what} '${value}'.`), {
    data: { option: what, value },
    hint: some === "" ? `It has no ${what} at all.` : harmless(`It has ${some}${there.length > 12 ? ", …" : ""}.`),
  });
}
