import { fit } from "./text.ts";

/** Where text goes: a stream of a terminal, a file or a test. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Lines that scroll, above a footer that stays last; without a terminal the footer is never drawn. */
export interface Screen {
  readonly width: number;
  /** It is a terminal that can redraw. */
  readonly live: boolean;
  print(...lines: readonly string[]): void;
  /** Replaces the footer; each line is cut to the width by the caller's styling or else here. */
  footer(lines: readonly string[]): void;
}

/** A screen on an output; 80 columns where the output does not say, at most 100 for easy reading. */
export function createScreen(output: Output): Screen {
  const live = output.isTTY === true;
  let drawn: readonly string[] = [];
  const erase = (): string =>
    drawn.length === 0 ? "" : `\r${drawn.length > 1 ? `\u001b[${drawn.length - 1}A` : ""}\u001b[J`;
  const width = (): number => Math.min(100, Math.max(20, (output.columns ?? 80) - 1));
  return {
    live,
    get width() {
      return width();
    },
    print: (...lines) => {
      if (lines.length === 0) return;
      output.write(`${erase()}${lines.join("\n")}\n${drawn.join("\n")}`);
    },
    footer: (lines) => {
      if (!live || (lines.length === drawn.length && lines.every((line, index) => line === drawn[index]))) return;
      const before = erase();
      drawn = lines.map((line) => (line.includes("\u001b") ? line : fit(line, width())));
      output.write(before + drawn.join("\n"));
    },
  };
}
