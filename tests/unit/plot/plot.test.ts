import { execFileSync } from "node:child_process";
import { Parser } from "htmlparser2";
import { describe, expect, it } from "vitest";
import type { Chart } from "../../../src/plot/chart.ts";
import { groupColours, groups, poles, scaleColours } from "../../../src/plot/look.ts";
import { chartSvg } from "../../../src/plot/svg.ts";
import { vegaLiteSpec } from "../../../src/plot/vega-lite.ts";
import { inWords, lineOf } from "../../../src/plot/words.ts";
import { chartsWith, hostile } from "./charts.ts";

const named = chartsWith("others").map((chart, place) => [`${chart.kind} ${place}`, chart] as const);

/** The names of elements and attributes in a picture, and the texts of its elements. */
function readSvg(svg: string) {
  const found = { elements: new Set<string>(), attributes: new Map<string, Set<string>>(), texts: [] as string[] };
  let text = "";
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        // A long title has several lines.
        if (name === "tspan") return;
        found.elements.add(name);
        text = "";
        for (const [key, value] of Object.entries(attributes))
          found.attributes.set(key, (found.attributes.get(key) ?? new Set()).add(value));
      },
      ontext: (piece) => {
        text += piece;
      },
      onclosetag: (name) => {
        if (["text", "title", "desc"].includes(name)) found.texts.push(text);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(svg);
  return found;
}

describe("a chart", () => {
  it("counts in whole numbers", async () => {
    const bars: Chart = { kind: "bars", title: "t", measure: "times", bars: [{ label: "a", value: 2 }] };
    const bins = [{ from: 18, to: 38, count: 2 }];
    const histogram: Chart = { kind: "histogram", title: "t", measure: "years", bins };
    for (const chart of [bars, histogram])
      expect(readSvg(await chartSvg(chart)).texts, chart.kind).not.toContain("0.5");
  });

  it.each(named)("is plain data of Vega-Lite: %s", async (_name, chart) => {
    expect(await vegaLiteSpec(chart)).toMatchSnapshot();
  });

  it.each(named)("is drawn, the same each time, with what is to be seen in words: %s", async (_name, chart) => {
    const svg = await chartSvg(chart);
    expect(svg).toBe(await chartSvg(chart));
    const { texts, attributes } = readSvg(svg);
    expect(texts.slice(0, 2)).toEqual([lineOf(chart.title), inWords(chart)]);
    expect(attributes.get("role")).toContain("img");
    // Nothing is written in a colour of its own that would vanish on a dark ground.
    const paints = [...(attributes.get("fill") ?? []), ...(attributes.get("stroke") ?? [])];
    expect(paints.filter((paint) => !/^(none|currentColor|transparent|#[0-9a-f]{6})$/.test(paint))).toEqual([]);
    expect(paints.filter((paint) => /^#(000000|ffffff)$/.test(paint))).toEqual([]);
  });

  it("has long labels on several lines where there is room, its title at its own left edge, and no half counts", async () => {
    const long = "Herbal infusions of one's own garden, dried on the windowsill";
    const bars = [long, "None"].map((label, place) => ({ label, value: 1 + place }));
    const chart: Chart = { kind: "bars", title: "Tea", measure: "times", bars };
    const svg = await chartSvg(chart);
    const lines = [...svg.matchAll(/<tspan[^>]*>([^<]*)/g)].map(([, line]) => line);
    expect(lines).toEqual(["Herbal infusions of one's own", "garden, dried on the", "windowsill"]);
    const [edge, ...others] = readSvg(svg).texts.slice(2);
    expect([edge, ...others].filter((text = "") => /^\d/.test(text))).toEqual(["0", "1", "2"]);
    expect(await chartSvg({ ...chart, bars: [...bars, { label: "x", value: 1.5 }] })).toMatch(/>0\.5</);
    expect(await chartSvg(chart, { narrow: true })).not.toContain("windowsill</tspan>");
    const step = async (label: string) =>
      (await vegaLiteSpec({ ...chart, bars: [{ label, value: 1 }] }))["height"] as { readonly step: number };
    expect((await step(long)).step).toBeGreaterThan((await step("None")).step + 20);
    expect(await vegaLiteSpec(chart)).toMatchObject({ title: { anchor: "start", frame: "bounds" } });
  });

  it.each(chartsWith(hostile).map((chart, place) => [`${chart.kind} ${place}`, chart] as const))(
    "is broken by no label: %s",
    async (_name, chart) => {
      const svg = await chartSvg(chart);
      const { elements, attributes, texts } = readSvg(svg);
      const expected = readSvg(await chartSvg(named.find(([name]) => name === _name)?.[1] as Chart));
      expect(elements).toEqual(expected.elements);
      expect([...attributes.keys()].sort()).toEqual([...expected.attributes.keys()].sort());
      expect(texts.join(" ")).toContain("<script>");
      expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e\ufffe\uffff]/);
      expect(svg.isWellFormed()).toBe(true);
      expect(svg).not.toMatch(/<script|\bhref=|\son\w+=|url\(/);
    },
  );

  it("makes no field, expression or address of a label", async () => {
    for (const chart of chartsWith(hostile)) {
      const walk = (value: unknown, key: string): void => {
        if (typeof value === "object" && value !== null)
          for (const [inner, below] of Object.entries(value)) walk(below, inner);
        if (["field", "expr", "signal", "calculate", "filter", "url", "href", "format", "timeUnit"].includes(key))
          expect(String(value)).toMatch(/^[a-z]+$/i);
        // A list to sort by would be made into an expression.
        if (key === "sort") expect(value).toBeNull();
      };
      walk(await vegaLiteSpec(chart), "");
    }
  });

  it("draws nothing much of nothing", async () => {
    const empty: readonly Chart[] = [
      { kind: "bars", title: "", measure: "", bars: [] },
      { kind: "likert", title: "", levels: [], rows: [] },
      { kind: "histogram", title: "", measure: "", bins: [] },
      {
        kind: "heat map",
        title: "",
        across: { title: "", labels: [] },
        down: { title: "", labels: [] },
        values: [],
        measure: "",
      },
      { kind: "against target", title: "", measure: "", names: { value: "a", target: "b" }, levels: [] },
      { kind: "scatter", title: "", x: "", y: "", points: [] },
      { kind: "ranking", title: "", items: [] },
      { kind: "ranking", title: "", items: [{ label: "unranked", counts: [0, 0] }] },
      { kind: "intervals", title: "", measure: "", estimates: [] },
      { kind: "network", title: "", nodes: [], links: [] },
      {
        kind: "network",
        title: "",
        nodes: [{ id: "a", label: "a" }],
        links: [
          { from: "a", to: "a" },
          { from: "a", to: "nobody" },
        ],
      },
      { kind: "timeline", title: "", rows: [], events: [], measure: "" },
    ];
    for (const chart of empty) {
      const svg = await chartSvg(chart);
      expect(svg).toMatch(/^<svg role="img".*<\/svg>$/s);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("puts the best on the mean at the top, and the whole bar is those who ranked it", async () => {
    const spec = await vegaLiteSpec({
      kind: "ranking",
      title: "",
      items: [
        { label: "second", counts: [1, 3] },
        { label: "first", counts: [3, 1] },
        { label: "of few", counts: [0, 1] },
      ],
    });
    const { encoding, data } = spec as { encoding: { y: { scale: { domain: string[] } } }; data: { values: Bar[] } };
    type Bar = { label: string; share: number };
    expect(encoding.y.scale.domain).toEqual(["first", "second", "of few"]);
    const sums = Object.groupBy(data.values, ({ label }) => label);
    expect(Object.values(sums).map((bars = []) => bars.reduce((all, { share }) => all + share, 0))).toEqual([
      100, 100, 100,
    ]);
  });

  it("brings together who is linked, and draws names up to sixty", async () => {
    const ring = (count: number): Chart => ({
      kind: "network",
      title: "",
      nodes: Array.from({ length: count }, (_, place) => ({ id: `n${place}`, label: `n${place}` })),
      links: Array.from({ length: count }, (_, place) => ({
        from: `n${place}`,
        to: `n${(place % 2) + 2 * Math.floor(place / (count / 2))}`,
      })),
    });
    expect((await chartSvg(ring(20))).match(/>n1?\d</g)?.length).toBeGreaterThanOrEqual(20);
    expect(await chartSvg(ring(61))).not.toMatch(/>n\d+</);
    const spec = await vegaLiteSpec({
      kind: "network",
      title: "",
      nodes: ["a", "b", "c", "d", "e", "f"].map((id) => ({ id, label: id })),
      links: [
        ["a", "b"],
        ["b", "c"],
        ["a", "c"],
        ["d", "e"],
        ["e", "f"],
        ["d", "f"],
        ["c", "d"],
      ].map(([from = "", to = ""]) => ({ from, to })),
    });
    const points =
      (spec as { layer: { data: { values: { label: string; x: number; y: number }[] } }[] }).layer[1]?.data.values ??
      [];
    const of = (id: string) => points.find(({ label }) => label === id) ?? { x: 0, y: 0 };
    const apart = (one: string, other: string): number => Math.hypot(of(one).x - of(other).x, of(one).y - of(other).y);
    expect(apart("a", "b")).toBeLessThan(apart("a", "f") / 2);
  });

  it("has colours for light and dark in a file, and none of its own in a page", async () => {
    const [chart] = chartsWith("x") as [Chart];
    expect(await chartSvg(chart, { file: true })).toContain("prefers-color-scheme:dark");
    expect(await chartSvg(chart)).not.toContain("<style");
  });

  it("changes nothing of what others write as JSON", async () => {
    await chartSvg(chartsWith("x")[0] as Chart);
    expect(JSON.stringify(new Set([1n]))).toBe("{}");
    const own = { value: () => "somebody's own", configurable: true };
    Object.defineProperty(Set.prototype, "toJSON", own);
    try {
      await chartSvg(chartsWith("x")[0] as Chart);
      expect(JSON.stringify(new Set([1]))).toBe(`"somebody's own"`);
    } finally {
      Reflect.deleteProperty(Set.prototype, "toJSON");
    }
  });

  it("is drawn where no code can be made of text", () => {
    const program = `import { chartSvg } from "./src/plot/svg.ts";
      console.log((await chartSvg({ kind: "bars", title: "t", measure: "m", bars: [{ label: "a", value: 1 }] })).length > 500);`;
    const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program];
    expect(execFileSync(process.execPath, flags, { encoding: "utf8" }).trim()).toBe("true");
  });

  it("is told in words, up to what anybody listens to", () => {
    const bars = Array.from({ length: 60 }, (_, place) => ({ label: `b${place}`, value: place }));
    expect(inWords({ kind: "bars", title: "t", measure: "m", bars })).toMatch(/^b0 0, b1 1, .*b39 39, and 20 more\.$/);
    expect(inWords({ kind: "bars", title: "t", measure: "m", bars, description: "All\nthe same." })).toBe(
      "All the same.",
    );
    expect(lineOf("x".repeat(500))).toHaveLength(200);
    expect(lineOf(`${"x".repeat(198)}😀😀`).isWellFormed()).toBe(true);
  });
});

describe("colours", () => {
  const luminance = (colour: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [light, dark] = [luminance(one), luminance(other)].sort((left, right) => right - left) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };

  it.each([...groups, ...poles])("%s stands out from light and dark", (colour) => {
    for (const ground of ["#ffffff", "#16181b"]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
  });

  it("are as many as are asked for", () => {
    expect(groupColours(8)).toHaveLength(8);
    expect(scaleColours(1)).toEqual(["#8c8c8c"]);
    expect(scaleColours(5)).toEqual(poles);
    expect(scaleColours(0)).toEqual([]);
    expect(new Set(scaleColours(7)).size).toBe(7);
  });
});
