/** The words of standards, and of how a clause is kept; importing this brings them to the one store. */
import zh from "./standards.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./standards.en.json"));

export const useStandardText = useText;
