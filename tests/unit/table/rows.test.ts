import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsToCsv } from "../../../src/table/formats/csv.ts";
import { rowsToMarkdown } from "../../../src/table/formats/markdown.ts";

/** Reads RFC 4180, for the round trip. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === "," || (letter === "\r" && text[at + 1] === "\n")) {
      row.push(cell);
      cell = "";
      if (letter === "\r") {
        rows.push(row);
        row = [];
        at++;
      }
    } else cell += letter;
  }
  return rows;
}

describe("rows as CSV", () => {
  it("has the columns of all rows, quotes what needs it, and says that it is simulated", () => {
    const rows = [
      { idea: 'say "hi", then\nleave', votes: -2, tags: ["a", "b"] },
      { idea: null, who: { name: "Lisa" }, sure: true },
    ];
    expect(rowsToCsv(rows)).toBe(
      'idea,votes,tags,who,sure,simulated\r\n"say ""hi"", then\nleave",-2,a; b,,,true\r\n,,,"{""name"":""Lisa""}",true,true\r\n',
    );
    expect(rowsToCsv([])).toBe("simulated\r\n");
    expect(rowsToCsv([{ simulated: "no" }])).toBe("simulated,simulated_2\r\nno,true\r\n");
  });
  it("lets no text be a formula or a terminal code, and leaves numbers alone", () => {
    const cells = [
      "=1+1",
      "+CMD|' /C calc'!A0",
      "@SUM(A1)",
      "-2+3",
      "＝1",
      " =1",
      "\t=1",
      "-2.5",
      "+12%",
      "-5.7e-18",
      "\u001b[31mred",
      "a=b",
    ];
    expect(
      readCsv(rowsToCsv(cells.map((cell) => ({ cell }))))
        .slice(1)
        .map((row) => row[0]),
    ).toEqual([
      "'=1+1",
      "'+CMD|' /C calc'!A0",
      "'@SUM(A1)",
      "'-2+3",
      "'＝1",
      "' =1",
      "'\t=1",
      "-2.5",
      "+12%",
      "-5.7e-18",
      "red",
      "a=b",
    ]);
    expect(rowsToCsv([{ "=cmd()": 1 }])).toBe("'=cmd(),simulated\r\n1,true\r\n");
  });
  it("is read back as it was, whatever the text", () => {
    const word = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r\n", "한", "=", "|", " ") });
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const read = readCsv(rowsToCsv(words.map((one) => ({ one }))))
          .slice(1)
          .map((row) => row[0]?.replace(/^'/, ""));
        expect(read).toEqual(words);
      }),
    );
  });
});

describe("rows as Markdown", () => {
  it("escapes markup and says that it is simulated", () => {
    expect(
      rowsToMarkdown([{ "a|b": "x|y\n<img src=x> ![](http://t)", n: 1 }, { n: "*bold* `code`" }]),
    ).toMatchInlineSnapshot(`
      "| a\\|b | n |
      | --- | --- |
      | x\\|y<br>&lt;img src=x&gt; \\!\\[\\](http://t) | 1 |
      |  | \\*bold\\* \\\`code\\\` |

      *Simulated: no real people took part.*
      "
    `);
    expect(rowsToMarkdown([])).toBe("(no rows)\n\n*Simulated: no real people took part.*\n");
  });
});
