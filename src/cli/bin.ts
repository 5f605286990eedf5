/** As `engines` of package.json says; older ones would end at the first thing that they lack, without a word of this. */
const oldest = [22, 18] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `tinytroupe needs Node.js ${oldest.join(".")} or newer, and this is ${process.versions.node}.\n→ Install a newer one from https://nodejs.org, or with your version manager.\n`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
}
