import { loaded } from "../../../kernel/text/files/packages.ts";
import { fontsFor } from "./fonts.ts";

/** Points to a pixel of a picture: sharp on paper and on screens that zoom in. */
const zoom = 2;

/** Width and height of an SVG that states them, in pixels. */
export function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const stated = (name: string): number => Number(new RegExp(`^<svg\\b[^>]*?\\s${name}="([\\d.]+)"`).exec(svg)?.[1]);
  return { width: stated("width"), height: stated("height") };
}

/**
 * An SVG as PNG on white, the same bytes wherever it is made: in fonts that packages bring. Only signs that none of these has
 * are looked for among those of the machine. Throws PACKAGE_MISSING.
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg } = await loaded(
    { packages: "@resvg/resvg-js@2 pdfmake@0.3", whatFor: "Charts in Word documents" },
    () => import("@resvg/resvg-js"),
  );
  const { files, lacking } = await fontsFor(svg);
  const drawing = new Resvg(oneByOne(svg), {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: zoom },
    font: {
      ...{ fontFiles: [...files], loadSystemFonts: lacking !== undefined },
      ...{ defaultFontFamily: "Roboto", sansSerifFamily: "Roboto" },
    },
  });
  return drawing.render().asPng();
}

/**
 * Emoji of several signs as these signs beside each other, which is how Unicode has them shown where they cannot be joined
 * (UTS 51, 2.3): among other text the library draws boxes for them. Flags are the letters of their countries.
 */
function oneByOne(svg: string): string {
  return svg
    .replace(/\p{Emoji_Modifier}|\ufe0f|\u20e3/gu, "")
    .replace(/(?<=\p{Extended_Pictographic})\u200d/gu, "")
    .replace(/[\u{1f1e6}-\u{1f1ff}]/gu, (sign) => String.fromCharCode((sign.codePointAt(0) as number) - 0x1f1e6 + 65));
}
