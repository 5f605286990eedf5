import type { StoryBeat } from "../../kernel/contracts/told/story.ts";
import { withoutControls } from "../../kernel/text/controls.ts";

/** A story as Markdown, marked as simulated. What Markdown or HTML would take for markup is escaped. */
export function storyMarkdown(subject: string, beats: readonly StoryBeat[]): string {
  const parts = beats.map(({ heading, text }) => `## ${inLine(heading)}\n\n${prose(text)}`);
  return [`# ${inLine(subject)}`, "*Simulated: no real people took part.*", ...parts].join("\n\n").concat("\n");
}

const prose = (text: string): string =>
  withoutControls(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]>#|~$]/g, "\\$&");

const inLine = (text: string): string => prose(text).replace(/\s+/gu, " ").trim();
