// A program that is killed while it works on a store: opens the file argv[2], once it is open removes the run argv[3]
// if one is named, and dies in the moment argv[4]; the opening and the removal are the events.
import { openSqliteStore } from "../../../src/store/sqlite/open.ts";
import { dieIn } from "./dying.ts";

const [path = "", run = "", moment = ""] = process.argv.slice(2);
const happened = dieIn(moment);
const store = await openSqliteStore(path);
happened();
if (run !== "") await store.removeRun(run);
happened();
await store.close();
