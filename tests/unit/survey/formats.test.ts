import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { instrumentText } from "../../../src/survey/formats/written.ts";
import { parseInstrument } from "../../../src/survey/instrument/read/parse.ts";
import { common, derived, further, surveyOf } from "./instruments.ts";

const whole = surveyOf([...common, ...further, ...derived], {
  intro: "Hello.",
  quotas: [{ name: "q", if: { item: "drinks", is: "yes" }, most: 3 }],
});

describe("an instrument that is written", () => {
  it.each(["yaml", "json"] as const)("as %s is the same when it is read", async (format) => {
    const text = await instrumentText(whole, format);
    expect(parseInstrument(parse(text))).toEqual(whole);
    expect(text).not.toContain("optionOrder");
  });
});
