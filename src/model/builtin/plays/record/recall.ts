import type { ModelRequest } from "../../../../kernel/contracts/model.ts";
import { shared, stems } from "../../../../kernel/language/stems.ts";
import type { Reader } from "../../reading.ts";

const told = 3;

/** What the remembered lines say about a question: those that share most words with it, as they stand, or nothing. */
export function recallDraft({ messages }: Pick<ModelRequest<unknown>, "messages">, reader: Reader) {
  const [lines = "", question = ""] = messages.filter(({ role }) => role === "user").map(reader.text);
  const asked = stems(question.replace(/^[^:]*:/u, ""));
  const found = lines
    .split("\n")
    .map((line) => ({ line: line.replace(/<\/?earlier>|^- /gu, ""), common: shared(asked, stems(line)) }))
    .filter(({ common }) => common > 0 && common >= asked.size / 3)
    .toSorted((one, other) => other.common - one.common)
    .slice(0, told)
    .map(({ line }) => line);
  return { outcome: found.length > 0 ? "found" : "nothing", findings: found, answer: found.join(" ") };
}
