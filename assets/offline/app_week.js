// What the page of the week imports, beside app.js: other pages need not load it.
import { WEEK } from "./core/views/empty.js";
import { week } from "./core/views/week.js";
import { viewOf } from "./hook.js";

export const useWeek = viewOf(week, WEEK);
