import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { loaded } from "../../../kernel/text/files/packages.ts";

/** A stretch of text that one font has all signs of: the usual one where none is named. */
export interface Stretch {
  readonly text: string;
  readonly font?: string;
}

type Face = Readonly<Record<"normal" | "bold" | "italics" | "bolditalics", string>>;

/** The fonts that some texts need, as files. */
export interface Fonts {
  /** By name; `Roboto` is the usual one. */
  readonly faces: Readonly<Record<string, Face>>;
  readonly files: readonly string[];
  /** The first sign that none of them has. */
  readonly lacking?: string;
  /** A text by the fonts that have its signs. */
  stretches(text: string): readonly Stretch[];
  /** An SVG whose texts name these fonts where they are not of the usual one. */
  inSvg(svg: string): string;
}

const wanted = { packages: "pdfmake@0.3", whatFor: "The letters of documents" };
const others = {
  packages: "@expo-google-fonts/noto-emoji@0.4 dejavu-fonts-ttf@2",
  whatFor: "Emoji and symbols in documents",
};

/**
 * The fonts for a text: Roboto, which comes with pdfmake, and where it has not all signs, those of emoji (Noto, of one
 * colour) and of symbols (DejaVu). Throws PACKAGE_MISSING.
 */
export async function fontsFor(text: string): Promise<Fonts> {
  const own = await loaded(wanted, async () => opened("Roboto", roboto()));
  if (clustersOf(text).every((cluster) => !isEmoji(cluster) && own.has(cluster))) return fontsOf([own], text);
  const more = await loaded(others, async () => [opened("DejaVu Sans", dejaVu()), opened("Noto Emoji", notoEmoji())]);
  return fontsOf([own, ...more], text);
}

interface Font {
  /** As its file says it. */
  readonly name: string;
  readonly face: Face;
  has(cluster: string): boolean;
}

function fontsOf(fonts: readonly Font[], text: string): Fonts {
  const [usual] = fonts;
  const fontOf = (cluster: string): Font | undefined =>
    (isEmoji(cluster) ? fonts.toReversed() : fonts).find((font) => font.has(cluster));
  const stretches = (whole: string): readonly Stretch[] => {
    const found: { text: string; font?: string }[] = [];
    for (const cluster of clustersOf(whole)) {
      const font = fontOf(cluster);
      const name = font === usual ? undefined : font?.name;
      const sign = name === "Noto Emoji" ? cluster : cluster.replace(invisible, "");
      const last = found.at(-1);
      if (last !== undefined && last.font === name) last.text += sign;
      else found.push({ text: sign, ...(name !== undefined && { font: name }) });
    }
    return found;
  };
  const lacking = clustersOf(text).find((cluster) => fontOf(cluster) === undefined);
  return {
    faces: Object.fromEntries(fonts.map(({ name, face }) => [name, face])),
    files: fonts.flatMap(({ face }) => [...new Set(Object.values(face))]),
    ...(lacking !== undefined && { lacking }),
    stretches,
    // What stands between tags is text, whose escapes the usual font has.
    inSvg: (svg) => svg.replace(/>([^<]+)</g, (_, inner: string) => `>${stretches(inner).map(tspan).join("")}<`),
  };
}

const tspan = ({ text, font }: Stretch): string =>
  font === undefined ? text : `<tspan font-family="${font}">${text}</tspan>`;

/** What joins signs or chooses among their looks, and is none itself. */
const invisible = /\u200c|\u200d|\u2060|\ufe0e|\ufe0f/gu;

/** What is shown as a picture unless it is told otherwise. */
const isEmoji = (cluster: string): boolean => /\p{Emoji_Presentation}|\ufe0f/u.test(cluster);

/** What is one sign to who reads it; ASCII, which every font has, is taken as a whole. */
function clustersOf(text: string): readonly string[] {
  if (/^[\t\n\r -~]*$/.test(text)) return text === "" ? [] : [text];
  return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), ({ segment }) => segment);
}

/** What of fontkit is used. */
interface FontFile {
  hasGlyphForCodePoint(codePoint: number): boolean;
}
type Fontkit = { openSync(file: string): FontFile };

/** A font as pdfmake's own library reads it. */
function opened(name: string, face: Face): Font {
  const pdfkit = createRequire(here.resolve("pdfmake/package.json")).resolve("pdfkit");
  const file = (createRequire(pdfkit)("fontkit") as Fontkit).openSync(face.normal);
  const has = (sign: string): boolean =>
    /[\n\r\t]/.test(sign) || file.hasGlyphForCodePoint(sign.codePointAt(0) as number);
  return { name, face, has: (cluster) => [...cluster.replace(invisible, "")].every(has) };
}

const here = createRequire(import.meta.url);

function roboto(): Face {
  const file = (style: string): string =>
    join(dirname(here.resolve("pdfmake/package.json")), "fonts", "Roboto", `Roboto-${style}.ttf`);
  return {
    ...{ normal: file("Regular"), bold: file("Medium") },
    ...{ italics: file("Italic"), bolditalics: file("MediumItalic") },
  };
}

function dejaVu(): Face {
  const file = (style: string): string => here.resolve(`dejavu-fonts-ttf/ttf/DejaVuSans${style}.ttf`);
  return {
    ...{ normal: file(""), bold: file("-Bold") },
    ...{ italics: file("-Oblique"), bolditalics: file("-BoldOblique") },
  };
}

function notoEmoji(): Face {
  const file = (weight: string): string =>
    here.resolve(`@expo-google-fonts/noto-emoji/${weight}/NotoEmoji_${weight}.ttf`);
  const [normal, bold] = [file("400Regular"), file("700Bold")];
  return { normal, bold, italics: normal, bolditalics: bold };
}
