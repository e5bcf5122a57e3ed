/** The words of the plan pages; importing this brings them to the one store. */
import zh from "./plans.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./plans.en.json"));

export const usePlanText = useText;
