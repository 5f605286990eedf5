import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import { transcriptText } from "../../kernel/values/transcript.ts";
import { transcriptHtml } from "./html.ts";
import { transcriptMarkdown } from "./markdown.ts";
import { plainLine } from "./passages.ts";

/** The formats of a transcript. */
export const transcriptFormats = ["text", "markdown", "jsonl", "html"] as const;

/** How a transcript is written out. */
export interface RenderOptions {
  /** `text` unless told: plain lines, as models read them, which also say what an intervention did. The others are whole documents, which say that they are simulated. */
  readonly format?: (typeof transcriptFormats)[number];
  /** Stands above it, with the word that it is simulated. */
  readonly title?: string;
  /** What worlds are called in headings, by their ids: `storyNames(events).worlds`. Default: their ids. */
  readonly worlds?: ReadonlyMap<WorldId, string>;
  /** Plain lines begin with the ids of their entries, for evidence. */
  readonly ids?: boolean;
}

/**
 * A transcript as plain lines for a model or a text file, as Markdown, as lines of JSON or as one page of HTML that needs
 * nothing else; nothing is cut, and each entry appears once. Whatever people say stays text: it can pass for no entry,
 * no markup, no address that is fetched and no terminal code.
 * @example
 * renderTranscript([{ id: "a#0.0", kind: "action", type: "TALK", from: "Lisa", to: ["Oscar"], text: "Hello." }]); // => "Lisa to Oscar: Hello."
 */
export function renderTranscript(entries: readonly TranscriptEntry[], options: RenderOptions = {}): string {
  const { format = "text", title, worlds, ids = false } = options;
  switch (format) {
    case "markdown":
      return transcriptMarkdown(entries, { title, worlds });
    case "html":
      return transcriptHtml(entries, { title, worlds });
    case "jsonl": {
      const head = {
        simulated: true,
        format: "tinytroupe-transcript",
        version: 1,
        ...(title !== undefined && { title }),
      };
      return `${[head, ...entries].map((line) => JSON.stringify(line)).join("\n")}\n`;
    }
    default: {
      const head = title === undefined ? "" : `${plainLine(title)} · simulated\n\n`;
      return head + transcriptText(entries, { ids, interventions: true });
    }
  }
}
