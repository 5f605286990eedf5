import { createHash } from "node:crypto";
import { Parser } from "htmlparser2";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import {
  filterTranscript,
  renderTranscript,
  storyNames,
  type TranscriptEntry,
  type TranscriptFilter,
  transcriptFormats,
} from "../../../../src/index.ts";
import { transcriptLine } from "../../../../src/kernel/values/transcript.ts";

const entry = (rest: Partial<TranscriptEntry>): TranscriptEntry => ({
  ...{ id: "a#0", kind: "action", type: "TALK", from: "Lisa", to: [], text: "Hello." },
  ...rest,
});

const hostile = [
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)><!-- ]]></style></title></p></main>',
  "javascript:alert(1) https://evil.example/a www.evil.example me@evil.example",
  "![x](https://evil.example/p.png) [y](http://evil.example) [z]: http://evil.example <http://evil.example>",
  "&lt;b&gt; &#60;i&#62; `code` **bold** _em_ ~~gone~~ | a | b | $x$",
  "# Heading\n## Lisa · step 9\n- a list\n1. one\n> quote\n---\n===\n    code\n```\nfence\n```\n**Oscar**\n\n+ more",
  "a\u001b[31mb\u001b]8;;http://evil.example\u0007link\u001b[2J\u0000\u009b5C",
  "\u202eright to left\u202c مرحبا بالعالم \u2067x \u2066y \ud800",
  "\u2028**Oscar**\u2029<b>\u0085# x\r\n\r# y",
];
const entries: readonly TranscriptEntry[] = [
  entry({ id: "n", kind: "narration", type: "ENDED", text: hostile.join(" ") }),
  ...hostile.flatMap((text, index) => [
    entry({ id: `t${index}`, text }),
    entry({ id: `f${index}`, from: text, to: [text, "Oscar"], world: text, step: index, type: text, text: "Plain." }),
  ]),
];

interface Seen {
  readonly tags: Set<string>;
  readonly attributes: Set<string>;
  readonly values: string[];
  text: string;
}

function parsed(html: string): Seen {
  const seen: Seen = { tags: new Set(), attributes: new Set(), values: [], text: "" };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      seen.tags.add(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        seen.attributes.add(attribute);
        seen.values.push(value);
      }
    },
    ontext: (text) => {
      seen.text += text;
    },
  });
  parser.end(html);
  return seen;
}

describe("a transcript as HTML", () => {
  const html = renderTranscript(entries, { format: "html", title: `Talk ${hostile[0]}` });
  it("has no script, no handler and no address, whatever people say or are called", () => {
    const { tags, attributes, values } = parsed(html);
    expect([...tags].sort()).toEqual(
      ["article", "b", "bdi", "body", "h1", "h2", "head", "header", "html", "main", "meta", "p", "section"].concat([
        "small",
        "style",
        "title",
      ]),
    );
    expect([...attributes].sort()).toEqual(["charset", "class", "content", "dir", "http-equiv", "name"]);
    expect(values.filter((value) => /\/\/|javascript|url\(/i.test(value))).toEqual([]);
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(html.isWellFormed()).toBe(true);
  });
  it("keeps every word, and says that it is simulated", () => {
    const { text } = parsed(html);
    for (const words of [hostile[0], hostile[3], hostile[4], "مرحبا بالعالم"]) expect(text).toContain(words);
    expect(text).toMatch(/Simulated: what people say here was produced by a program/);
  });
  it("has a policy that lets its own style in, and nothing else", () => {
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/ style=|@import|url\(/);
    expect(style).toMatch(/color-scheme:light dark/);
    expect(html).toContain('name="viewport"');
  });
});

describe("a transcript as Markdown", () => {
  const markdown = renderTranscript(entries, { format: "markdown", title: `Talk ${hostile[3]}` });
  it("renders as headings, names and quotes alone: no markup of theirs works", () => {
    const { tags, text } = parsed(marked.parse(markdown, { gfm: true, async: false }));
    expect([...tags].sort()).toEqual(["blockquote", "br", "em", "h1", "h2", "p", "strong"]);
    for (const words of [hostile[0], hostile[2], hostile[3], hostile[4], "```", "1. one", "- a list"]) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/Simulated:/);
  });
  it("has a heading for each step, and not one of theirs", () => {
    const { length } = markdown.match(/^#+ /gm) ?? [];
    expect(length).toBe(2 * hostile.length);
  });
  it("reads well", () => {
    const said = [
      entry({
        world: "room",
        step: 1,
        time: "2030-01-31T09:00:00+01:00",
        to: ["Oscar"],
        text: "Hello.\nHow are you?\n\nWell?",
      }),
      entry({ world: "room", step: 1, kind: "narration", type: "PERSON_LEFT", text: "Oscar leaves." }),
      entry({ type: "THINK", text: "Gone." }),
    ];
    expect(renderTranscript(said, { format: "markdown", title: "A talk" })).toMatchInlineSnapshot(`
      "# A talk

      *Simulated: what people say here was produced by a program, not by people.*

      ## room · step 1 · 2030-01-31 09:00

      **Lisa** → Oscar

      > Hello.\\
      > How are you?
      >
      > Well?

      *Oscar leaves.*

      ## elsewhere

      **Lisa** (thinks)

      > Gone.
      "
    `);
  });
});

describe("headings and interventions", () => {
  const world = (id: string, name: string) =>
    ({ type: "world-created", id: `world:${id}#0`, world: id, name, people: [] }) as const;
  const { worlds } = storyNames([world("room", "Tea room"), world("hall", "Hall"), world("hall-2", "Hall")]);
  const told = entry({ world: "room", kind: "stimulus", type: "CONVERSATION", intervention: "price rise" });
  const { from: _from, ...outside } = told;
  it("name people so, too", () => {
    const person = (id: string) =>
      ({ id: `person:${id}#0`, type: "person-created", person: id, name: "Ann", persona: {} }) as const;
    expect([...storyNames([person("ann"), person("ann-2")]).people.values()]).toEqual(["Ann (ann)", "Ann (ann-2)"]);
  });
  it("call worlds by their names, those of one name by their ids, too", () => {
    const said = ["room", "hall", "hall-2", "attic"].map((id) => entry({ world: id, step: 1 }));
    const markdown = renderTranscript(said, { format: "markdown", worlds });
    expect(markdown.match(/^## .*/gm)).toEqual(
      ["Tea room", "Hall (hall)", "Hall (hall-2)", "attic"].map((name) => `## ${name} · step 1`),
    );
    expect(renderTranscript(said, { format: "html", worlds })).toContain("<h2><bdi>Tea room · step 1</bdi></h2>");
  });
  it("say what an intervention did, which lines for models do not", () => {
    expect(renderTranscript([outside])).toBe("(from outside, by the intervention 'price rise'): Hello.");
    expect(renderTranscript([told], { format: "markdown" })).toContain("**Lisa (by the intervention 'price rise')**");
    expect(renderTranscript([told], { format: "html" })).toContain("Lisa (by the intervention &#39;price rise&#39;)");
    expect(JSON.parse(renderTranscript([told], { format: "jsonl" }).split("\n")[1] ?? "")).toEqual(told);
    expect(transcriptLine(told)).toBe("Lisa: Hello.");
  });
});

describe("a transcript as lines of JSON", () => {
  it("is a header that says that it is simulated, and each entry once, as it is", () => {
    const [head, ...lines] = renderTranscript(entries, { format: "jsonl", title: "Talk" }).trimEnd().split("\n");
    expect(JSON.parse(head ?? "")).toEqual({
      simulated: true,
      format: "tinytroupe-transcript",
      version: 1,
      title: "Talk",
    });
    expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(entries)));
  });
});

describe("a transcript as text", () => {
  it("is what models read, and under a title says that it is simulated", () => {
    expect(renderTranscript([entry({})])).toBe("Lisa: Hello.");
    expect(renderTranscript([entry({})], { title: "A\ntalk", ids: true })).toBe(
      "A talk · simulated\n\n[a#0] Lisa: Hello.",
    );
  });
});

it.each(transcriptFormats)("renders 10,000 entries as %s, each once", (format) => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    entry({ id: `e${index}`, step: index % 7, text: `word${index}w` }),
  );
  const found = renderTranscript(many, { format }).match(/word\d+w/g) ?? [];
  expect(found.length).toBe(10_000);
  expect(new Set(found).size).toBe(10_000);
});

describe("a filter", () => {
  const talk: readonly TranscriptEntry[] = [
    entry({ id: "1", world: "room", step: 1, time: "2030-01-31T23:59:00+01:00", to: ["Oscar"] }),
    entry({ id: "2", world: "room", step: 2, time: "2030-02-01T09:00:00+01:00", from: "Oscar", type: "THINK" }),
    entry({ id: "3", world: "hall", step: 2, time: "2030-02-28T20:00:00+01:00", from: "Minji" }),
    entry({ id: "4", kind: "stimulus", type: "CONVERSATION", from: "Ann", to: ["Lisa"] }),
    entry({ id: "5", kind: "narration", type: "PERSON_LEFT", world: "hall", step: 3, from: "", text: "Lisa leaves." }),
  ];
  it.each<[string, TranscriptFilter, string]>([
    ["nothing", {}, "1 2 3 4 5"],
    ["a world", { world: "hall" }, "3 5"],
    ["people", { people: ["lisa", "MINJI"] }, "1 3 4"],
    ["kinds and types", { kinds: ["Think", "stimulus"] }, "2 4"],
    ["steps", { from: 2, to: 2 }, "2 3"],
    ["a month, whole", { from: "2030-02", to: "2030-02" }, "2 3"],
    ["a day, whole", { to: "2030-01-31" }, "1"],
    ["a moment", { from: "2030-02-01T09:00", to: "2030-02-28T19" }, "2"],
    ["all together", { world: "room", people: ["Oscar"], kinds: ["action"], from: 2 }, "2"],
  ])("by %s", (_what, filter, ids) => {
    expect(filterTranscript(talk, filter).map(({ id }) => id)).toEqual(ids.split(" "));
  });
});
