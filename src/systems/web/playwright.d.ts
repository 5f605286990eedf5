/** What is used of Playwright, an optional peer: our own declarations must not need it, and its own take the DOM along. */
declare module "playwright-core" {
  export interface Dialog {
    type(): string;
    message(): string;
    accept(): Promise<void>;
    dismiss(): Promise<void>;
  }
  export interface Download {
    suggestedFilename(): string;
  }
  export interface Locator {
    click(options?: { timeout?: number }): Promise<void>;
    fill(text: string, options?: { timeout?: number }): Promise<void>;
    press(key: string, options?: { timeout?: number }): Promise<void>;
    selectOption(option: { label: string }, options?: { timeout?: number }): Promise<string[]>;
    waitFor(options: { state: "attached"; timeout: number }): Promise<void>;
    ariaSnapshot(options: { mode: "ai"; timeout?: number }): Promise<string>;
  }
  export interface Page {
    goto(url: string, options: { timeout: number; waitUntil: "load" }): Promise<unknown>;
    goBack(options: { timeout: number; waitUntil: "load" }): Promise<unknown>;
    url(): string;
    title(): Promise<string>;
    locator(selector: string): Locator;
    screenshot(options: { type: "jpeg"; quality: number; timeout: number }): Promise<Uint8Array>;
    waitForLoadState(state: "load", options: { timeout: number }): Promise<void>;
    isClosed(): boolean;
    close(): Promise<void>;
    on(event: "dialog", listener: (dialog: Dialog) => void): void;
    on(event: "download", listener: (download: Download) => void): void;
    once(event: "close", listener: () => void): void;
  }
  export interface BrowserContext {
    newPage(): Promise<Page>;
    on(event: "page", listener: (page: Page) => void): void;
    close(): Promise<void>;
  }
  export interface Browser {
    newContext(options: {
      acceptDownloads: boolean;
      serviceWorkers: "block";
      viewport: { width: number; height: number };
    }): Promise<BrowserContext>;
    close(): Promise<void>;
  }
  export const chromium: {
    launch(options: {
      executablePath: string;
      chromiumSandbox: boolean;
      args: string[];
      proxy: { server: string; bypass: string };
      env: Record<string, string>;
      handleSIGINT: boolean;
      handleSIGTERM: boolean;
      handleSIGHUP: boolean;
    }): Promise<Browser>;
  };
}
