// What scripts add to pages that work without them: answers without a reload, copying, a key for the question box.
import { enhanceAsking } from "./ask.js";
import { enhanceCiting } from "./copy.js";
import { enhanceKeys } from "./keys.js";

enhanceAsking();
enhanceCiting(document);
enhanceKeys();
