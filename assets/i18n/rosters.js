/** The words of rosters: who is on duty, and the shifts of the posts; importing this brings them to the one store. */
import zh from "./rosters.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./rosters.en.json"));

export const useRosterText = useText;
