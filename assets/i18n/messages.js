/** What people are told, in sentences; importing this brings them to the one store. */
import zh from "./messages.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./messages.en.json"));

export const useMessageText = useText;
