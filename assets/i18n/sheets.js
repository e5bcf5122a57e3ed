/** The words of the page of workbooks; importing this brings them to the one store. */
import zh from "./sheets.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./sheets.en.json"));

export const useSheetText = useText;
