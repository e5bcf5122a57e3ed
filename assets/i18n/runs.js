/** The words of a run that is looked at: its points, and what its visits are worth; importing this brings them to the one store. */
import zh from "./runs.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./runs.en.json"));

export const useRunText = useText;
