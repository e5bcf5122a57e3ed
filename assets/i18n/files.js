/** The words of files that are made to be taken away; importing this brings them to the one store. */
import zh from "./files.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./files.en.json"));

export const useFileText = useText;
