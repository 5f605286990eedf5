import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Parser } from "htmlparser2";
import { expect, it } from "vitest";
import { comparePopulations } from "../../../../src/population/profile/compare/populations.ts";
import { compareWithTarget } from "../../../../src/population/profile/compare/target.ts";
import { profilePopulation } from "../../../../src/population/profile/profile.ts";
import { comparisonHtml, profileHtml } from "../../../../src/population/profile/report/html.ts";
import { parseSpecification } from "../../../../src/population/specification/parse.ts";
import { chromium, openedInChromium } from "../../../support/chromium.ts";
import { messy, thousand } from "./messy.ts";

const nasty = `</title></text></svg><script>document.title="pwned"</script><img src=x onerror=alert(1)>"'\u0000\u001b[31m\u202e`;
const people = [
  ...messy,
  { name: nasty, age: 51, gender: nasty, interests: [nasty, "chess"], occupation: nasty },
  { [nasty]: nasty, name: "x", gender: "female", age: 7 },
];

/** Elements and their attributes' names, as a browser would read them. */
function tagsOf(html: string): ReadonlySet<string> {
  const found = new Set<string>();
  const parser = new Parser({
    onopentag: (name, attributes) => void [name, ...Object.keys(attributes)].map((word) => found.add(word)),
  });
  parser.end(html);
  return found;
}

const pages = async () => {
  const profile = await profilePopulation(people, {
    cross: [["gender", "preferences.interests"]],
    unverified: [nasty],
  });
  const target = parseSpecification({
    specification: 1,
    name: "x",
    dimensions: { sex: { kind: "categorical", shares: { female: 1, [nasty]: 1 } } },
  });
  return [
    await profileHtml(profile, { title: nasty, source: nasty }),
    await comparisonHtml(await compareWithTarget(people, target), { title: nasty }),
    await comparisonHtml(await comparePopulations(people, messy, { by: ["occupation.title"] })),
  ];
};

it("a report is one page that needs nothing else, which no label breaks", async () => {
  for (const page of await pages()) {
    const tags = tagsOf(page);
    for (const word of ["script", "img", "iframe", "link", "href", "src", "onerror", "style="])
      expect(tags).not.toContain(word);
    expect(tags).toContain("svg");
    expect(page).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
    expect(page).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e]/);
    expect(page).toContain("Simulated: no real people took part.");
    expect(page).toMatch(/&#60;script&#62;|‹script›/);
  }
});

it("a report says n, weights, source and what nobody checked", async () => {
  const profile = await profilePopulation(thousand(), { by: ["age"], unverified: ["income"] });
  const page = await profileHtml(profile, { title: "Buyers", source: "buyers/" });
  for (const words of [
    "n = 1000, weighted, an effective size of",
    "Source: buyers/",
    "nobody checked these figures against a source: income",
    "Shannon H",
  ])
    expect(page).toContain(words);
});

it.skipIf(chromium === undefined)(
  "a report looks in Chromium as it was written: no script runs, the policy forbids nothing of ours (needs Chromium)",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "report-"));
    for (const page of await pages()) {
      const { dom, complaints } = await openedInChromium(page, folder);
      expect(complaints).toEqual([]);
      expect(tagsOf(dom)).toEqual(new Set([...tagsOf(page), "tbody"]));
      expect(dom).not.toMatch(/<title>pwned/);
      expect(dom.match(/<svg/g)?.length).toBe(page.match(/<svg/g)?.length);
    }
    const forbidden =
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p style="color:red">x</p>';
    expect((await openedInChromium(forbidden, folder)).complaints).not.toEqual([]);
    await rm(folder, { recursive: true });
  },
  120_000,
);
