/** A website. */
export interface WebsiteOptions {
  readonly name: string;
  /** Where people come in. */
  readonly url: string;
  /** The hosts that the browser may reach, this one too: `localhost:8080`, `*.shop.example`. */
  readonly allow: readonly string[];
  /** How long a page may take; 20 unless told. */
  readonly seconds?: number;
  /** Models that take pictures see the page, too. */
  readonly screenshots?: boolean;
  /** The path of Chromium. Default: what CHROMIUM_PATH says, else where it is found. It is never downloaded. */
  readonly chromium?: string;
  /** In pixels; 1280 by 800 unless told. */
  readonly viewport?: { readonly width: number; readonly height: number };
}
