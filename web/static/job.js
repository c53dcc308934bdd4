// The page of a job that is not over draws itself anew, without a reload and without taking the focus away.
import { announce } from "./announce.js";

const EVERY_MS = 1000;

export function enhanceJob() {
  const job = document.getElementById("job");
  if (job?.dataset.over === "no") setTimeout(() => look(job), EVERY_MS);
}

async function look(job) {
  let next = job;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("job");
    if (!found) return location.reload();
    next = document.adoptNode(found);
    const kept = document.activeElement?.closest("#job button") !== null;
    job.replaceWith(next);
    document.title = page.title;
    if (kept) next.querySelector("button")?.focus();
    if (next.dataset.over === "yes") return announce(next.dataset.said ?? next.querySelector("h1").textContent);
  } catch {
    // The server may be starting anew; the next look says.
  }
  setTimeout(() => look(next), EVERY_MS);
}
