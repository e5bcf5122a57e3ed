/** The words of one's own shifts, leave and swaps; importing this brings them to the one store. */
import zh from "./duty.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./duty.en.json"));

export const useDutyText = useText;
