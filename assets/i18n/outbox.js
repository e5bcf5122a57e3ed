/** The words of what waits on the phone; importing this brings them to the one store. */
import zh from "./outbox.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./outbox.en.json"));

export const useOutboxText = useText;
