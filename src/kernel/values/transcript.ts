import type { TranscriptEntry } from "../contracts/events.ts";

/**
 * A transcript as plain lines for a model or a text file; nothing is cut, and each entry appears once.
 * @example
 * renderTranscript([{ id: "a#0.0", kind: "action", type: "TALK", from: "Lisa", to: ["Oscar"], text: "Hello." }]); // => "Lisa to Oscar: Hello."
 */
export function renderTranscript(entries: readonly TranscriptEntry[], options: { ids?: boolean } = {}): string {
  return entries.map((entry) => (options.ids ? `[${entry.id}] ` : "") + line(entry)).join("\n");
}

function line(entry: TranscriptEntry): string {
  const to = entry.to.length > 0 ? ` to ${entry.to.join(", ")}` : "";
  const from = entry.from ?? "(from outside)";
  switch (entry.type) {
    case "TALK":
    case "CONVERSATION":
      return `${from}${to}: ${entry.text}`;
    case "THINK":
    case "THOUGHT":
      return `${from} thinks: ${entry.text}`;
    default:
      return `${from}${to} [${entry.type}] ${entry.text}`;
  }
}
