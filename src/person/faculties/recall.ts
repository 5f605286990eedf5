import { z } from "zod";
import type { Context } from "../../kernel/contracts/context.ts";
import type { ActionKind, ActorView, Faculty } from "../../kernel/contracts/faculty.ts";
import type { MemoryNote } from "../../kernel/contracts/memory/notes.ts";
import type { Outcome } from "../../kernel/contracts/person.ts";
import { sourcesOf } from "../memory/notes/forgetting.ts";
import { entryLine, noteLine } from "../memory/remembered.ts";
import { fullScan } from "./full-scan.ts";

const recallArgs = z.object({ about: z.string() });
const scanArgs = z.object({ question: z.string() });

/** What one RECALL brings back. */
const notesWanted = { most: 12, tokens: 900 };
const episodesWanted = { most: 12, tokens: 900 };

/**
 * Lets a person search their memory: RECALL brings the notes and moments that have most to do with something, at no
 * cost; RECALL_WITH_FULL_SCAN has the model read all of their life for the answer to a question, in parts at the same
 * time, for when RECALL was not enough.
 * @example
 * const lisa = await simulation.person("lisa", { faculties: [new RecallFaculty()] });
 */
export class RecallFaculty implements Faculty {
  readonly name = "recall";
  readonly actions: readonly ActionKind[] = [
    {
      type: "RECALL",
      kind: "query",
      description: "search your memory for what you know `about` something",
      args: recallArgs,
      run: (args, who) => recalled(recallArgs.parse(args).about, who),
    },
    {
      type: "RECALL_WITH_FULL_SCAN",
      kind: "query",
      description: "go through your whole life for the answer to a `question` that RECALL did not bring back",
      args: scanArgs,
      run: (args, who, context) => scanned(scanArgs.parse(args).question, who, context),
    },
  ];
}

async function recalled(about: string, { memory }: ActorView): Promise<Outcome> {
  const notes = await memory.recall(about, notesWanted);
  const episodes = memory.recallEpisodes(about, episodesWanted);
  if (notes.length + episodes.length === 0) return { text: `Nothing comes to your mind about “${about}”.` };
  return {
    ...quoting(notes, await memory.kept()),
    text: [
      ...(notes.length > 0 ? ["What you keep in mind, what fits best first:", ...notes.map(noteLine).map(listed)] : []),
      ...(episodes.length > 0 ? ["What happened, in its order:", ...episodes.map(entryLine).map(listed)] : []),
    ].join("\n"),
  };
}

/** What an answer that is made of notes rests on, so that it is purged with it. */
function quoting(notes: readonly MemoryNote[], all: readonly MemoryNote[]): Pick<Outcome, "sources"> {
  const sources = sourcesOf(notes, all);
  return sources.length === 0 ? {} : { sources };
}

const listed = (line: string): string => `- ${line}`;

async function scanned(question: string, { memory }: ActorView, context: Context): Promise<Outcome> {
  const notes = await memory.kept();
  const lines = [...notes.map(noteLine), ...memory.happened.map(entryLine)];
  const found = await fullScan(question, { lines, context: context.fork("recall") });
  if (found.outcome === "nothing") return { text: `Nothing in all of your life answers “${question}”.` };
  return { text: found.answer, ...quoting(notes, notes) };
}
