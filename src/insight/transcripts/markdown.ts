import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { sourceText } from "../../kernel/values/transcript.ts";
import { type Heads, manner, notice, passagesOf, plainLine, plainLines } from "./passages.ts";

/** A transcript as Markdown: a heading for each step, and what was said as quotes, in which no markup of theirs works. */
export function transcriptMarkdown(
  entries: readonly TranscriptEntry[],
  { title = "Transcript", worlds }: Heads = {},
): string {
  const parts = passagesOf(entries, worlds).flatMap(({ heading, entries: said }) => [
    ...(heading === "" ? [] : [`## ${markdownLine(heading)}`]),
    ...said.map(block),
  ]);
  return `${[`# ${markdownLine(title)}`, `*${notice}*`, ...parts].join("\n\n")}\n`;
}

function block(entry: TranscriptEntry): string {
  if (entry.kind === "narration") return `*${markdownLine(entry.text)}*`;
  const to = entry.to.length > 0 ? ` → ${entry.to.map(markdownLine).join(", ")}` : "";
  const does = manner(entry);
  const head = `**${markdownLine(sourceText(entry))}**${to}${does === "" ? "" : ` (${markdownLine(does)})`}`;
  return entry.text === "" ? head : `${head}\n\n${quoted(entry.text)}`;
}

/** Each line of a text within a quote; what is empty ends a paragraph, any other line its line. */
function quoted(text: string): string {
  const lines = plainLines(text).split("\n").map(escaped);
  return lines
    .map((line, index) =>
      line === "" ? ">" : `> ${line}${index < lines.length - 1 && lines[index + 1] !== "" ? "\\" : ""}`,
    )
    .join("\n");
}

/** A text on one line of Markdown, in which nothing of it is markup. */
export const markdownLine = (text: string): string => escaped(plainLine(text));

/** One line in which nothing is markup (CommonMark, GitHub's too): no emphasis, tag, link, list, heading or code. */
function escaped(line: string): string {
  return line
    .trimEnd()
    .replace(/[\\`*_[\]<>&|~$@]/g, "\\$&")
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, "\\$&")
    .replace(/^\s+/, (space) => "\u00a0".repeat(space.length))
    .replace(/^(\u00a0*)([#+=-])/, "$1\\$2")
    .replace(/^(\u00a0*\d{1,9})([.)])/, "$1\\$2");
}
