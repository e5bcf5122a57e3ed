// What the pages of a round import, beside app.js: other pages need not load it.
import { RUN, TODAY } from "./core/views/empty.js";
import { run } from "./core/views/run.js";
import { today } from "./core/views/today.js";
import { parameter } from "./context.js";
import { viewOf } from "./hook.js";

export * from "./rounds.js";
export * from "./scan.js";
export { readAloud } from "./read_aloud.js";

export const useToday = viewOf(today, TODAY);
export const useRun = viewOf((now) => run(now, parameter("run")), RUN);
