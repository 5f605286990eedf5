import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Parts } from "./golden.ts";

/** Whether pages of a PDF can be made into pictures: Debian's `poppler-utils`. */
export const popplerThere = spawnSync("pdftoppm", ["-v"]).status === 0;

const [rows, columns] = [32, 24];

/** The pages of a PDF as pictures: each as brightness from 0 to z in a coarse grid. */
export function sheetsOf(pdf: Uint8Array): Parts {
  const drawn = execFileSync("pdftoppm", ["-gray", "-r", "36", "-"], { input: pdf, maxBuffer: 1 << 28 });
  const sheets: [string, string][] = [];
  for (let at = 0; at < drawn.length; ) {
    // PGM: a head of three lines, and a byte for each pixel.
    const head = /^P5\s(\d+) (\d+)\s255\s/.exec(drawn.toString("latin1", at, at + 40));
    if (head === null) throw new Error("pdftoppm wrote no PGM.");
    const [width, height] = [Number(head[1]), Number(head[2])];
    const pixels = drawn.subarray(at + head[0].length, at + head[0].length + width * height);
    sheets.push([`sheet ${sheets.length + 1}`, gridOf(pixels, width, height)]);
    at += head[0].length + width * height;
  }
  return Object.fromEntries(sheets);
}

/** The same as PNG, to be looked at by people. */
export function keepSheets(pdf: Uint8Array, prefix: string): void {
  writeFileSync(`${prefix}.pdf`, pdf);
  execFileSync("pdftoppm", ["-png", "-r", "60", `${prefix}.pdf`, prefix]);
}

function gridOf(pixels: Uint8Array, width: number, height: number): string {
  const sums = new Float64Array(rows * columns);
  const counts = new Float64Array(rows * columns);
  for (const [place, brightness] of pixels.entries()) {
    const [x, y] = [place % width, Math.floor(place / width)];
    const cell = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
    sums[cell] = (sums[cell] ?? 0) + brightness;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return [...sums].map((sum, cell) => Math.round((sum / (counts[cell] ?? 1) / 255) * 35).toString(36)).join("");
}
