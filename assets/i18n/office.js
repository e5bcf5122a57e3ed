/** The words of the office pages; importing this brings them to the one store. */
import zh from "./office.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./office.en.json"));

export const useOfficeText = useText;
