/** The words of writing a clause; importing this brings them to the one store. */
import zh from "./clauses.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./clauses.en.json"));

export const useClauseText = useText;
