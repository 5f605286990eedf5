import { z } from "zod";
import type { ArtifactSink, DocumentFormat } from "../../../document/write/artifacts.ts";
import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActionKind, ActorView } from "../../../kernel/contracts/faculty.ts";
import type { Artefact, Outcome } from "../../../kernel/contracts/person.ts";
import { defineAction } from "../../actions/define-action.ts";
import type { TinyTool } from "../tiny-tool.ts";
import type { TinyEnricher } from "./tiny-enricher.ts";

/** How a word processor is set up. */
export interface WordProcessorOptions {
  /** Who may write with it, by name. Default: whoever has it. */
  readonly owner?: string;
  /** Where documents become files. Default: nowhere; they stand in the journal alone. */
  readonly exporter?: ArtifactSink;
  /** The formats of those files. Default: Markdown. */
  readonly formats?: readonly DocumentFormat[];
  /** Makes more of what was written before it is kept. */
  readonly enricher?: TinyEnricher;
}

const Document = z.object({ title: z.string().min(1), content: z.string().min(1), author: z.string().optional() });

/**
 * Lets people write documents: `WRITE_DOCUMENT`, with a title, its text in Markdown, and an author.
 * @example
 * const exporter = new ArtifactExporter(simulation.resultsFolder);
 * const writer = new TinyWordProcessor({ exporter, formats: ["md", "html"] });
 * const lisa = await simulation.person("lisa", { faculties: [toolUse([writer])] });
 */
export class TinyWordProcessor implements TinyTool {
  readonly name = "word processor";
  readonly actions: readonly ActionKind[];
  readonly owner?: string;
  readonly #options: WordProcessorOptions;

  constructor(options: WordProcessorOptions = {}) {
    if (options.owner !== undefined) this.owner = options.owner;
    this.#options = options;
    this.actions = [
      defineAction({
        type: "WRITE_DOCUMENT",
        kind: "effect",
        description: "write a document: its `title` and its whole `content` in Markdown; `author` where it is not you",
        args: Document,
        // The same document written twice is the same file.
        effect: { repeat: "if-unsure" },
        run: (document, who, context) => this.#write(document, who, context),
      }),
    ];
  }

  async #write(document: z.infer<typeof Document>, who: ActorView, context: Context): Promise<Outcome> {
    const { title, author = who.name } = document;
    const { exporter, enricher, formats = ["md"] } = this.#options;
    const content = enricher === undefined ? document.content : await enriched(document, enricher, context);
    const artefacts: Artefact[] = [];
    const artifact = { name: title, kind: "documents", content, author };
    for (const format of exporter === undefined ? [] : formats) {
      artefacts.push(await (exporter as ArtifactSink).export(artifact, format));
    }
    const files = artefacts.length === 0 ? "" : ` (${artefacts.map(({ file }) => file).join(", ")})`;
    return { text: `“${title}” is written${files}.`, ...(artefacts.length > 0 && { artefacts }) };
  }
}

function enriched({ content }: { content: string }, enricher: TinyEnricher, context: Context): Promise<string> {
  const requirements =
    "Make more of it: at least five times as long, with examples, figures and tables where they help. Keep its language, its structure and what it says. Write Markdown.";
  return enricher.enrich({ content, contentType: "document", requirements }, context);
}
