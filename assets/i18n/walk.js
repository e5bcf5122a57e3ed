/** The words of walking a round; importing this brings them to the one store. */
import zh from "./walk.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./walk.en.json"));

export const useWalkText = useText;
