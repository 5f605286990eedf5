import { widthOf } from "../../src/cli/terminal/text.ts";

const tokens = /\u001b\[[0-?]*[A-Za-z]|[\r\n]|[^\u0000-\u001f\u007f-\u009f]+|[\s\S]/g;
const unknown = (piece: string): Error => new Error(`This terminal does not know ${JSON.stringify(piece)}.`);

/**
 * As much of a terminal as the command line uses: text with wide characters, line feeds, wrapping at the edge, moving up,
 * erasing downwards, colours (which are dropped), and what Node's line editor writes. What scrolled off can no longer be
 * reached. Any other code is an error.
 */
export class TinyTerminal {
  readonly isTTY = true;
  readonly columns: number;
  readonly rows: number;
  /** Everything that was written, codes and all. */
  written = "";
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;
  #wraps = true;
  /** The beginning of a code whose end has not come yet. */
  #rest = "";

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    this.written += text;
    const whole = this.#rest + text;
    this.#rest = /\u001b(?:\[[0-?]*)?$/.exec(whole)?.[0] ?? "";
    const pieces = whole.slice(0, whole.length - this.#rest.length).match(tokens) ?? [];
    for (const piece of pieces) this.#take(piece);
  }

  /** What can be read, from the first line that ever scrolled by; spaces at the ends are not seen. */
  text(): string {
    return this.#lines
      .map((cells) => cells.join("").trimEnd())
      .join("\n")
      .trimEnd();
  }

  #take(piece: string): void {
    if (piece === "\r") this.#column = 0;
    else if (piece === "\n") this.#newLine();
    else if (/^\u001b\[\?7[lh]$/.test(piece)) this.#wraps = piece.endsWith("h");
    else if (/^\u001b\[[\d;]*m$/.test(piece)) return;
    else if (piece.startsWith("\u001b[")) this.#steer(piece.at(-1) ?? "", Number(piece.slice(2, -1)), piece);
    else if (/^[\u0000-\u001f\u007f-\u009f]/.test(piece)) throw unknown(piece);
    else for (const { segment } of new Intl.Segmenter().segment(piece)) this.#put(segment);
  }

  #steer(code: string, amount: number, piece: string): void {
    const line = this.#lines[this.#row] ?? [];
    if (code === "A") this.#up(amount);
    else if (code === "B") for (let count = 0; count < amount; count++) this.#row += 1;
    else if (code === "C") this.#column = Math.min(this.columns - 1, this.#column + amount);
    else if (code === "D") this.#column = Math.max(0, this.#column - amount);
    else if (code === "G") this.#column = amount - 1;
    else if (code === "J" && amount === 0) this.#eraseDown();
    else if (code === "K" && amount === 0) line.length = Math.min(line.length, this.#column);
    else throw unknown(piece);
    this.#lines[this.#row] ??= [];
  }

  #put(character: string): void {
    const width = widthOf(character);
    if (this.#column + width > this.columns) {
      if (!this.#wraps) return;
      this.#newLine();
    }
    const line = this.#lines[this.#row] ?? [];
    if (width === 0) line[Math.max(0, this.#column - 1)] = (line[Math.max(0, this.#column - 1)] ?? "") + character;
    else {
      while (line.length < this.#column) line.push(" ");
      line.splice(this.#column, width, character, ...Array.from({ length: width - 1 }, () => ""));
      this.#column += width;
    }
  }

  #newLine(): void {
    this.#row += 1;
    this.#column = 0;
    this.#lines[this.#row] ??= [];
  }

  #up(count: number): void {
    const top = Math.max(0, this.#lines.length - this.rows);
    this.#row = Math.max(top, this.#row - count);
  }

  #eraseDown(): void {
    this.#lines.length = this.#row + 1;
    this.#lines[this.#row] = (this.#lines[this.#row] ?? []).slice(0, this.#column);
  }
}
