/** The words of the goal pages; importing this brings them to the one store. */
import zh from "./goals.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./goals.en.json"));

export const useGoalText = useText;
