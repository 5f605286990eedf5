/** What is used of pdfmake, which brings no types: those that others wrote for it take all of a browser along. */
declare module "pdfmake" {
  interface Text {
    readonly text: string | readonly (string | Text)[];
    readonly font?: string;
    readonly fontSize?: number;
    readonly lineHeight?: number;
    readonly bold?: boolean;
    readonly italics?: boolean;
    readonly decoration?: "lineThrough";
    readonly link?: string;
    readonly color?: string;
    readonly preserveLeadingSpaces?: boolean;
    /** Of a heading: how deep it is. */
    readonly headlineLevel?: number;
    /** Left, top, right, bottom, in points. */
    readonly margin?: readonly [number, number, number, number];
  }
  interface Line {
    readonly canvas: readonly { type: "line"; x1: number; y1: number; x2: number; y2: number; lineWidth: number }[];
    readonly margin?: Text["margin"];
  }
  interface Picture {
    readonly svg: string;
    readonly fit: readonly [width: number, height: number];
    readonly margin?: Text["margin"];
  }
  interface Grid {
    readonly table: {
      readonly headerRows: number;
      readonly widths: readonly number[];
      readonly body: readonly (readonly Text[])[];
    };
    readonly fontSize?: number;
    readonly margin?: Text["margin"];
  }
  export type Content = Text | Line | Picture | Grid;
  interface Footer extends Omit<Text, "text"> {
    readonly style: string;
    readonly columns: readonly (Text & {
      readonly width: "*" | number;
      readonly alignment?: "right";
      readonly style?: string;
    })[];
  }
  /** What stands around a part of a document once it is laid out. */
  export interface NodesAround {
    getFollowingNodesOnPage(): readonly { readonly style?: string }[];
  }
  interface Info {
    readonly title: string;
    readonly author?: string;
    readonly subject?: string;
    readonly keywords?: string;
    readonly creationDate: Date;
  }
  interface Definition {
    readonly info: Info;
    readonly pageOrientation: "portrait" | "landscape";
    /** On each page, within its lower margin. */
    readonly footer?: (page: number, pages: number) => Footer;
    readonly pageBreakBefore?: (node: { readonly headlineLevel?: number }, around: NodesAround) => boolean;
    readonly defaultStyle: Omit<Text, "text">;
    readonly content: readonly Content[];
  }
  interface PdfMake {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
    setUrlAccessPolicy(mayRead: (url: string) => boolean): void;
    setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> };
  }
  const pdfmake: PdfMake;
  export default pdfmake;
}
