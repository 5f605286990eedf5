/** Tells those who wait what is going on: in one line that is written over on a terminal, in lines elsewhere. */
export interface Progress {
  tell(words: string): void;
  clear(): void;
}

export function createProgress(stream: NodeJS.WriteStream, name: string): Progress {
  const started = performance.now();
  if (!stream.isTTY) {
    const line = (words: string): void => void stream.write(`  … ${name}: ${words}\n`);
    return { tell: line, clear: () => undefined };
  }
  let words = "";
  const draw = (): void => {
    const seconds = Math.round((performance.now() - started) / 1_000);
    stream.write(`\r\u001b[2K… ${name}, ${seconds} s: ${words}`.slice(0, (stream.columns ?? 80) + 4));
  };
  let clock: NodeJS.Timeout | undefined;
  return {
    tell: (told) => {
      words = told;
      clock ??= setInterval(draw, 1_000);
      draw();
    },
    clear: () => {
      clearInterval(clock);
      clock = undefined;
      stream.write("\r\u001b[2K");
    },
  };
}
