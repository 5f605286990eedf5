import { TinyTroupeError } from "../../../../kernel/values/errors.ts";

/** Loads packages that not everybody has. Throws PACKAGE_MISSING with the command that installs them. */
export async function loaded<T>(packages: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    const command = `npm install ${packages}`;
    throw new TinyTroupeError("PACKAGE_MISSING", `Documents of this format need packages that are not installed.`, {
      data: { package: packages, command },
      hint: `Install them with: ${command}`,
    });
  }
}
