import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Subject, TranscriptEntry } from "../../../src/index.ts";
import { display } from "../../../src/notebook/index.ts";
import { testSimulation } from "../../../src/testing/index.ts";

const evil = `<script>alert("x")</script>`;
const subject = (...entries: readonly Partial<TranscriptEntry>[]): Subject => ({
  name: evil,
  context: {} as Subject["context"],
  transcript: () => entries.map((entry) => ({ id: "a#0", kind: "action", type: "TALK", to: [], text: "", ...entry })),
});
/** The tags of a text that no reader of HTML may find there. */
const tags = (html: string): string[] => (html.match(/<\/?([a-z0-9]+)/gi) ?? []).map((tag) => tag.replace(/<\/?/, ""));
const ours = ["section", "h4", "small", "p", "b", "bdi", "table", "thead", "tbody", "tr", "th", "td"];

describe("display", () => {
  it("shows a conversation: who to whom, thoughts apart, what is told between", () => {
    const shown = display(
      subject(
        { from: "Lisa", to: ["Oscar", "رشا"], text: "Hello.\nYou two." },
        { from: "Oscar", type: "THINK", text: "Hm." },
        { kind: "narration", type: "PERSON_LEFT", text: "Lisa leaves." },
        { kind: "stimulus", type: "CONVERSATION", text: "Go on." },
      ),
    );
    expect(shown["text/html"].replaceAll("</p>", "</p>\n")).toMatchInlineSnapshot(`
      "<section><h4>&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; <small>simulated</small></h4><p dir="auto" style="margin:.3em 0"><b><bdi>Lisa</bdi></b> → <bdi>Oscar</bdi>, <bdi>رشا</bdi>: <bdi style="white-space:pre-wrap">Hello.
      You two.</bdi></p>
      <p dir="auto" style="margin:.3em 0;opacity:.6;font-style:italic"><b><bdi>Oscar</bdi></b> <small>thinks</small>: <bdi style="white-space:pre-wrap">Hm.</bdi></p>
      <p style="margin:.3em 0;opacity:.6;font-style:italic"><small><bdi style="white-space:pre-wrap">Lisa leaves.</bdi></small></p>
      <p dir="auto" style="margin:.3em 0"><b><bdi>from outside</bdi></b>: <bdi style="white-space:pre-wrap">Go on.</bdi></p>
      </section>"
    `);
    expect(shown["text/plain"]).toBe(
      "Lisa to Oscar, رشا: Hello.\n  You two.\nOscar thinks: Hm.\n(Lisa leaves.)\n(from outside): Go on.",
    );
  });

  it("shows rows as a table, and results as their tables and what is left", () => {
    expect(display([{ idea: "a\tb", n: 1 }, { who: ["x"] }])).toEqual({
      "text/html":
        "<section><h4>2 rows <small>simulated</small></h4><table><thead><tr><th>idea</th><th>n</th><th>who</th></tr></thead><tbody>" +
        '<tr><td dir="auto">a\tb</td><td dir="auto">1</td><td dir="auto"></td></tr>' +
        '<tr><td dir="auto"></td><td dir="auto"></td><td dir="auto">[&#34;x&#34;]</td></tr></tbody></table></section>',
      "text/plain": 'idea\tn\twho\na b\t1\t\n\t\t["x"]',
    });
    const { "text/plain": plain, "text/html": html } = display({ ideas: [{ idea: "a" }], winner: "B", turnout: 0.5 });
    expect(plain).toBe("idea\na\n\nwinner\tturnout\nB\t0.5");
    expect(html.match(/simulated/g)).toHaveLength(2);
  });

  it("is what a notebook asks for, and nothing more when it is listed", () => {
    const shown = display([{ a: 1 }]) as unknown as Record<symbol, () => unknown>;
    expect(shown[Symbol.for("Jupyter.display")]?.()).toBe(shown);
    expect(Object.keys(shown)).toEqual(["text/html", "text/plain"]);
  });

  it("lets no text become markup, wherever it stands", () => {
    const text = fc.oneof(
      fc.constantFrom(evil, `" onload="x`, "</section><img src=x>", "&lt;b&gt;", "'><svg/onload=x>", "<!--"),
      fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "/", "a", "=", " ") }),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        const shown = [
          display(subject({ from: one, to: [other], text: one, type: other }, { kind: "narration", text: other })),
          display([{ [one]: other }, { [other]: { [one]: other } }]),
          display({ [one]: [{ [other]: one }], [`${other}2`]: one }),
        ];
        for (const { "text/html": html } of shown) {
          expect(ours).toEqual(expect.arrayContaining(tags(html)));
          // Quotes stand only around our own attributes.
          const bare = html.replace(/ (?:dir="auto"|style="[a-z:;.\d -]*")/g, "");
          expect(bare).not.toMatch(/["']/);
        }
      }),
    );
  });

  it("takes rows with keys of a prototype as data, and lets no terminal code into plain text", () => {
    const row = JSON.parse('{"__proto__": "p", "constructor": "c"}');
    expect(display([row])["text/plain"]).toBe("__proto__\tconstructor\np\tc");
    expect(display([{ a: "x\u001b[2J\u202ey\u0007" }])["text/plain"]).toBe("a\nx[2Jy");
  });

  it("shows a real person and a real world", async () => {
    await using run = await testSimulation([{ actions: [{ type: "TALK", content: evil }, { type: "DONE" }] }]);
    const lisa = await run.simulation.person({ name: "Lisa <b>" });
    await lisa.listenAndAct("Hello", "Oscar");
    const { "text/html": html } = display(lisa);
    expect(html).toContain("<h4>Lisa &#60;b&#62; <small>simulated</small></h4>");
    expect(html).not.toContain("<script");
    expect(display(run.simulation.world("Room", [lisa]))["text/html"]).toContain("Room");
  });
});
