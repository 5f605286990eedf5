import { validateFiles } from "../../src/index.ts";
import type { Project } from "./project.ts";

/** What is wrong with a study of this text, each with its line and place. */
export async function studyIssues(project: Project, text: string): Promise<readonly string[]> {
  const [report] = await validateFiles(await project.write("study.yaml", text));
  return report?.issues.map(({ path, line, message }) => `${line} ${path}: ${message}`) ?? [];
}
