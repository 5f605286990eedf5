import { loaded } from "../kernel/text/files/packages.ts";
import type { Chart } from "./chart.ts";
import { ink } from "./look.ts";
import { textWidth } from "./text-width.ts";
import { type ChartLayout, vegaLiteSpec } from "./vega-lite.ts";
import { inWords, lineOf } from "./words.ts";

/** Where a picture is to stand. */
export interface SvgOptions extends ChartLayout {
  /** In a file of its own, with colours for light and dark; else within a page, whose colour of text it takes. */
  readonly file?: boolean;
  /** On white paper: with dark ink of its own. */
  readonly paper?: boolean;
}

/**
 * A chart as SVG, drawn without a browser: with a title and a description for who does not see it, without scripts,
 * styles within or addresses, and the same for the same chart. Throws PACKAGE_MISSING, naming what to install.
 */
export async function chartSvg(
  chart: Chart,
  { file = false, paper = false, narrow = false }: SvgOptions = {},
): Promise<string> {
  const drawn = await vegaLiteSpec(chart, { narrow });
  const toJSON = Object.getOwnPropertyDescriptor(Set.prototype, "toJSON");
  const wanted = { packages: "vega@6 vega-lite@6 vega-interpreter@2", whatFor: "Plots" };
  const [vega, { compile }, { expressionInterpreter }] = await loaded(wanted, () =>
    Promise.all([import("vega"), import("vega-lite"), import("vega-interpreter")]),
  );
  measured((vega as unknown as { readonly textMetrics: Metrics }).textMetrics);
  const { spec } = withListedSets(() => compile(drawn as never, { logger: vega.logger(vega.None) }), toJSON);
  // Expressions are Vega's own, and walked as trees: no code is made of text.
  const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    loader: nothingLoaded(vega.loader()),
    logLevel: vega.None,
    renderer: "none",
  } as never);
  try {
    const svg = titled(await view.toSVG(), chart, file);
    return paper ? svg.replaceAll(`="${ink}"`, `="${darkInk}"`) : svg;
  } finally {
    view.finalize();
  }
}

/**
 * A chart for a page: laid out twice, for wide windows and for telephones. The page's style (`pageStyle`) shows one of
 * them. Throws PACKAGE_MISSING.
 */
export async function chartForPage(chart: Chart): Promise<string> {
  const marked = (svg: string, layout: string): string => svg.replace("<svg ", `<svg data-layout="${layout}" `);
  const wide = marked(await chartSvg(chart), "wide");
  return wide + marked(await chartSvg(chart, { narrow: true }), "narrow");
}

interface Metrics {
  width: unknown;
  readonly estimateWidth: unknown;
}

/** Where nothing measures text, Vega takes each letter for nearly as wide as it is high, and cuts what has room. */
function measured(metrics: Metrics): void {
  if (metrics.width !== metrics.estimateWidth) return;
  metrics.width = ({ fontSize = 11, limit = 0 }: { fontSize?: number; limit?: number }, text: unknown): number => {
    const width = textWidth(String(text ?? "").trim(), fontSize);
    return limit > 0 ? Math.min(limit, width) : width;
  };
}

/**
 * vega-lite tells sets apart by a `toJSON` that it gives to every set of the program, which would change what others
 * write as JSON: they have one while it compiles, and before and after what they had before it was loaded here, as a
 * program that draws with vega-lite by itself has its.
 */
function withListedSets<T>(compile: () => T, before: PropertyDescriptor | undefined): T {
  const listed = function (this: Set<unknown>): unknown[] {
    return [...this];
  };
  Object.defineProperty(Set.prototype, "toJSON", { value: listed, configurable: true, writable: true });
  try {
    return compile();
  } finally {
    if (before === undefined) Reflect.deleteProperty(Set.prototype, "toJSON");
    else Object.defineProperty(Set.prototype, "toJSON", before);
  }
}

/** Nothing that a chart shows is fetched: all of it is in the specification. */
function nothingLoaded<L extends object>(loader: L): L {
  const refused = (): Promise<never> => Promise.reject(new Error("A chart fetches nothing."));
  return { ...loader, load: refused, sanitize: refused, http: refused, file: refused };
}

const darkInk = "#1c1e21";
const dark = `svg{color:${darkInk};background:#fff}@media(prefers-color-scheme:dark){svg{color:#e6e6e6;background:#16181b}}`;

function titled(svg: string, chart: Chart, file: boolean): string {
  const head = `<title>${escaped(lineOf(chart.title))}</title><desc>${escaped(inWords(chart))}</desc>`;
  const style = file ? `<style>${dark}</style>` : "";
  return svg.replace(/^<svg\b([^>]*)>/, (_, attributes: string) => `<svg role="img"${attributes}>${head}${style}`);
}

const escaped = (raw: string): string => raw.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
