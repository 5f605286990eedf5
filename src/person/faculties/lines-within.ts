import type { Note } from "../../kernel/contracts/faculty.ts";
import { estimateTokens } from "../memory/token-estimate.ts";

/** The first of these lines that fit into so many estimated tokens. */
export function linesWithin(lines: readonly string[], tokens: number): readonly Note[] {
  let left = tokens;
  const beyond = lines.findIndex((line) => {
    left -= estimateTokens(line);
    return left < 0;
  });
  return (beyond === -1 ? lines : lines.slice(0, beyond)).map((text) => ({ text }));
}

/** A text on one line, cut after so many characters. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`;
}
