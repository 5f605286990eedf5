import { describe, expect, it } from "vitest";
import { meant, pageViewOf, portionsOf } from "../../../src/systems/web/page-view.ts";

const tree = `- generic [active] [ref=e1]:
  - heading "Shop" [level=1] [ref=e2]
  - link "Kettles" [ref=e4] [cursor=pointer]:
    - /url: /x
    - img [ref=e41]
  - link "Kettles" [ref=e5] [cursor=pointer]:
    - /url: /y
  - textbox "Name" [ref=e8]: Ann
  - combobox "Size" [ref=e9]:
    - option "S" [selected]
    - option "M"
  - 'button "Say: \\"yes\\"" [ref=e10]'
  - checkbox "Agree" [checked] [ref=e11]
  - button "Order" [disabled] [ref=e15]
  - paragraph [ref=e12]: "Price: 20 €"
  - listitem [ref=e13]: Steel \u001b[31mkettle
  - generic [ref=e14] [cursor=pointer]: Buy now
  - generic [ref=e16]: ⋯`;

describe("a page, told by its accessibility tree", () => {
  const view = pageViewOf(tree);

  it("is plain lines, in which each control has a label of its own", () => {
    expect(view.lines).toEqual([
      "# Shop",
      'link "Kettles"',
      'link "Kettles" (2)',
      'textbox "Name": Ann',
      'combobox "Size": S; one of S | M',
      'button "Say: yes"',
      'checkbox "Agree" (checked)',
      'button "Order" (disabled)',
      "Price: 20 €",
      "- Steel kettle",
      'clickable "Buy now"',
      "⋯",
    ]);
  });

  it.each([
    ['link "Kettles" (2)', ["e5"]],
    ['link "Kettles"', ["e4"]],
    ["kettles", ["e4", "e5"]],
    ['"Agree"', ["e11"]],
    ["button order", ["e15"]],
    ["buy", ["e14"]],
    ["⋯", ["e16"]],
    ["Price: 20 €", ["e12"]],
    ["nowhere", []],
    ['""', []],
  ])("%s means %j", (named, refs) => {
    expect(meant(named, view).map(({ ref }) => ref)).toEqual(refs);
  });

  it("comes in portions that can be read at once, and loses nothing", () => {
    const lines = Array.from({ length: 500 }, (_, place) => `line ${place} ${"x".repeat(40)}`);
    const portions = portionsOf({ lines, controls: [], words: [] });
    expect(portions.length).toBeGreaterThan(2);
    expect(Math.max(...portions.map(({ length }) => length))).toBeLessThanOrEqual(6_000);
    expect(portions.join("\n")).toBe(lines.join("\n"));
  });
});
