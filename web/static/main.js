// What scripts add to pages that work without them: answers without a reload, copying, a key for the question box.
import { enhanceAsking } from "./ask.js";
import { enhanceSources } from "./beside.js";
import { enhanceCiting } from "./copy.js";
import { enhanceForms } from "./forms.js";
import { enhanceJob } from "./job.js";
import { enhanceKeys } from "./keys.js";

enhanceForms();
enhanceAsking();
enhanceCiting();
enhanceSources();
enhanceKeys();
enhanceJob();
