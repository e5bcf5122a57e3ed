/** The words of the pages behind the board: phones, codes, unsent work, second looks; importing this brings them to the one store. */
import zh from "./care.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./care.en.json"));

export const useCareText = useText;
