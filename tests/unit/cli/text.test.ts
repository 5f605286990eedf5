import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";
import { facts, table } from "../../../src/cli/terminal/table.ts";
import { fit, harmless, pad, widthOf, wrap, wrapWhole } from "../../../src/cli/terminal/text.ts";

const plain = createStyle(false);

describe("harmless", () => {
  it("takes out colours, titles, links, cursor moves and the bell, keeps words and line breaks", () => {
    expect(
      harmless("\u001b]0;owned\u0007a\u001b[2Jb\u001b]8;;http://x\u001b\\c\u001b]8;;\u001b\\\r\nd\u009b31me"),
    ).toBe("abc\nd31me");
  });
  it("does not let an unfinished sequence swallow what follows", () => {
    expect(harmless("before \u001b]0;title without an end, and after")).toBe(
      "before 0;title without an end, and after",
    );
  });
  it("never lets a control character through, whatever comes", () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        "\u001b",
        "[",
        "]",
        "0",
        ";",
        "m",
        "\u0007",
        "\\",
        "\u009b",
        "\r",
        "\n",
        "a",
        "\u202e",
        "P",
        "\u0000",
      ),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        expect(harmless(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe("wrap", () => {
  it.each([
    ["English", "The quick brown fox jumps over the lazy dog, twice."],
    ["Korean", "저는 서울에서 작은 카페를 운영하고 있어요. 손님들이 무엇을 원하는지 잘 알고 있습니다."],
    ["Japanese", "新しいワープロに人工知能の機能を加えるなら、まず文章の校正を手伝ってほしいです。"],
    ["Arabic", "أعتقد أن الإعلان الثاني أفضل لأنه يخاطب العائلات مباشرة."],
    ["emoji", "👩‍👩‍👧‍👦 family 🇵🇹 flag 👍🏽 thumbs and plain words to follow"],
  ])("keeps every %s line within the columns and loses nothing", (_name, text) => {
    for (const width of [8, 20, 37]) {
      const lines = wrap(text, width);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }
  });
  it("does it for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 60 }), (raw, width) => {
        const text = harmless(raw);
        const lines = wrap(text, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
      { examples: [["    !", 4]] },
    );
  });
  it("does not end a line with a mark that opens", () => {
    for (const [text, lines] of [
      ["each: `goals` what", ["each:", "`goals`", "what"]],
      ['say "maybe" so', ["say", '"maybe"', "so"]],
    ] as const) {
      expect(wrap(text, 7)).toEqual(lines);
    }
  });
  it("keeps the time of a day whole", () => {
    expect(wrap("arrives at 2031-10-26 16:00.", 24)).toEqual(["arrives at 2031-10-26", "16:00."]);
    expect(wrap("one: two", 5)).toEqual(["one:", "two"]);
  });
  it("does not begin a line with a comma", () => {
    expect(wrap("journal: .tinytroupe/runs/talk", 14)).toEqual(["journal:", ".tinytroupe/", "runs/talk"]);
    for (const line of wrap("well, well, well, well", 5)) expect(line).not.toMatch(/^,/);
  });
});

describe("wrapWhole", () => {
  const install = "npm install --omit=optional node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1";
  const path = "/home/somebody/a-rather-long-folder/of/studies/.tinytroupe/troupe.db";
  it.each([
    [`→ Install it with: ${install} (for a graphics card: npm install node-llama-cpp@3)`, [install]],
    [`There is no journal at ${path}: nothing was played here yet.`, [path]],
    ["Play a study (tinytroupe run …), go to its folder.", ["(tinytroupe run …),"]],
    ["Fetch one: tinytroupe models pull <name>. Any other: no", ["tinytroupe models pull <name>."]],
    [
      'As in: npx tinytroupe run a.yaml --budget "2 usd, 9 calls" --model x. So.',
      ['--budget "2 usd, 9 calls" --model x.'],
    ],
    [
      "See: tinytroupe run --help. See the runs with: tinytroupe runs list",
      ["tinytroupe run --help.", "tinytroupe runs list"],
    ],
  ])("keeps what is to be copied whole: %s", (text, parts) => {
    for (const width of [10, 38, 60, 79]) {
      const lines = wrapWhole(text, width);
      expect(lines.join(" ")).toBe(text);
      for (const part of parts) expect(lines.filter((line) => line.includes(part))).toHaveLength(1);
    }
  });
  it("fills lines, keeps line breaks and what a line begins with, and lets other words share no line with a long command", () => {
    expect(wrapWhole("one two three\n\nfour", 9)).toEqual(["one two", "three", "", "four"]);
    const issue = "Not valid:\n  bad.yaml:3:2 steps.0: There is none.\nSo mend it.";
    expect(wrapWhole(issue, 18)).toEqual([
      ...["Not valid:", "  bad.yaml:3:2", "    steps.0: There", "    is none.", "So mend it."],
    ]);
    expect(wrapWhole("Go on: npm install kettle", 12)).toEqual(["Go on:", "npm install kettle"]);
  });
  it("is done at a terminal alone", () => {
    const text = "one two three ".repeat(20).trim();
    const written = (isTTY: boolean): string => {
      const pieces: string[] = [];
      createScreen({ isTTY, columns: 30, write: (piece) => pieces.push(piece) }).say(`\u001b[31m${text}`);
      return pieces.join("");
    };
    expect(written(false)).toBe(`${text}\n`);
    expect(
      written(true)
        .split("\n")
        .slice(0, -1)
        .map((line) => line.length <= 29),
    ).toEqual(Array(10).fill(true));
  });
});

describe("table", () => {
  it("leaves out, where rows are lists of fields, those that a row does not have", () => {
    const rows = [
      { run: "a".repeat(30), "fork of": undefined },
      { run: "b".repeat(30), "fork of": "c".repeat(30) },
    ];
    const lines = table(rows, { width: 45, style: plain, whole: ["run"] });
    expect(lines.filter((line) => line.startsWith("fork of"))).toEqual([`fork of  ${"c".repeat(30)}`]);
    expect(table(rows, { width: 80, style: plain }).join("\n")).toContain("fork of");
  });
  it("never breaks a name or a path in a column that is to stay whole", () => {
    const run = "a-study-with-a-long-name-about-kettles-a20daf";
    const [rows, look] = [[{ run, note: "words ".repeat(20) }], { style: plain, whole: ["run"] }];
    for (const width of [40, 60, 80]) expect(table(rows, { ...look, width }).join("\n")).toContain(run);
    for (const line of table(rows, { ...look, width: 60 })) expect(widthOf(line)).toBeLessThanOrEqual(60);
    expect(facts({ run, files: `a.txt\n${run}` }, { ...look, width: 30, whole: ["files"] }).join("\n")).toContain(
      `  ${run}`,
    );
    expect(table(rows, { width: 60, style: plain }).join("\n")).not.toContain(run);
  });
  it("aligns by columns, not by characters", () => {
    const lines = table(
      [
        { who: "김민지", idea: "자동 요약" },
        { who: "Oscar", idea: "Voice notes" },
      ],
      { width: 60, style: plain },
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "who     idea",
        "───────────────────",
        "김민지  자동 요약",
        "Oscar   Voice notes",
      ]
    `);
  });
  it("fits any rows into the width", () => {
    const row = fc.record({
      who: fc.string({ unit: "grapheme", maxLength: 20 }),
      idea: fc.string({ maxLength: 200 }),
      count: fc.integer(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.integer({ min: 40, max: 120 }), (rows, width) => {
        for (const line of table(rows, { width, style: plain })) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
  it("pads and fits by columns", () => {
    expect(widthOf(pad("김", 6))).toBe(6);
    expect(fit("김민지민지", 6)).toBe("김민…");
  });
});
