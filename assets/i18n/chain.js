/** The words of the chain from a photo up to the goal it serves; importing this brings them to the one store. */
import zh from "./chain.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./chain.en.json"));

export const useChainText = useText;
