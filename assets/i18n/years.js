/** The words of a year's plan that is drawn up from a level; importing this brings them to the one store. */
import zh from "./years.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./years.en.json"));

export const useYearText = useText;
