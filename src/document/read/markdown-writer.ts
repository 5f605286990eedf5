interface Block {
  readonly text: string;
  /** No empty line between items of a list, or rows of a table. */
  readonly of?: "list" | "table";
}

const blocks = new Set(
  "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form header hr li main ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6".split(
    " ",
  ),
);

/** Puts Markdown together from the tags and texts of a page, in one pass. */
export class MarkdownWriter {
  readonly #blocks: Block[] = [];
  readonly #lists: { ordered: boolean; items: number }[] = [];
  #line = "";
  #mark = "";
  #of: Block["of"];
  #code = false;
  /** Characters of text so far, without what is put around them. */
  length = 0;

  open(name: string): void {
    if (name === "br") this.#line = `${this.#line.trimEnd()}\n`;
    if (!blocks.has(name)) return;
    if (name === "td" || name === "th") {
      if (this.#line !== "") this.#line = `${this.#line.trimEnd()} | `;
      return;
    }
    this.#endBlock();
    const heading = /^h([1-6])$/.exec(name);
    if (heading !== null) this.#mark = `${"#".repeat(Number(heading[1]))} `;
    else if (name === "ul" || name === "ol") this.#lists.push({ ordered: name === "ol", items: 0 });
    else if (name === "li") this.#beginItem();
    else if (name === "tr") this.#of = "table";
    else if (name === "pre") this.#code = true;
  }

  close(name: string): void {
    if (!blocks.has(name) || name === "td" || name === "th") return;
    if (name === "ul" || name === "ol") this.#lists.pop();
    this.#endBlock();
  }

  text(text: string): void {
    this.length += text.length;
    if (this.#code) this.#line += text;
    else {
      const flowing = text.replace(/[\s\u00a0]+/g, " ");
      this.#line += this.#line === "" || /\s$/.test(this.#line) ? flowing.trimStart() : flowing;
    }
  }

  end(): string {
    this.#endBlock();
    return this.#blocks
      .map(({ text, of }, at) => {
        const before = this.#blocks[at - 1];
        if (before === undefined) return text;
        return (of !== undefined && of === before.of ? "\n" : "\n\n") + text;
      })
      .join("");
  }

  #beginItem(): void {
    const list = this.#lists.at(-1);
    if (list !== undefined) list.items += 1;
    const indent = "  ".repeat(Math.min(8, Math.max(0, this.#lists.length - 1)));
    this.#mark = `${indent}${list?.ordered ? `${list.items}.` : "-"} `;
    this.#of = "list";
  }

  #endBlock(): void {
    const text = this.#code ? this.#line.replace(/^\n|\s+$/g, "") : this.#line.trim();
    if (text !== "") {
      this.#blocks.push({
        text: this.#code ? `\`\`\`\n${text}\n\`\`\`` : this.#mark + text,
        ...(this.#of && { of: this.#of }),
      });
      this.#mark = "";
    }
    this.#line = "";
    this.#of = undefined;
    this.#code = false;
  }
}
