/** The words of the page of reports; importing this brings them to the one store. */
import zh from "./reports.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./reports.en.json"));

export const useReportText = useText;
