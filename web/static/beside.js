// The article beside the answer, where there is room: at the marks of the statement under the pointer or the focus.
// A click keeps it there; its link, followed by the keyboard, leads to the marked words, and Escape back.
import { announce } from "./announce.js";

const LINGER_MS = 120; // a pointer that only passes fetches nothing
const MOST = 40; // articles that are kept
const stories = new Map();
let panel, shown, kept, waiting;

export function enhanceSources() {
  panel = document.getElementById("beside");
  if (!panel) return;
  const main = panel.closest("main");
  main.addEventListener("pointerover", (event) => soon(placeOf(event.target)));
  main.addEventListener("focusin", (event) => soon(placeOf(event.target)));
  main.addEventListener("click", clicked);
  panel.querySelector("button").addEventListener("click", () => keep(kept ? null : shown));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    const place = shown;
    keep(null);
    place.focus();
  });
  requestAnimationFrame(() => setTimeout(showFirst)); // the answer is painted first
}

// What stands beside an answer that has just come: its first source.
export function showFirst() {
  if (!panel) return;
  keep(null);
  const first = document.querySelector("main .card");
  if (first) show(placeOf(first));
  else panel.hidden = true;
}

// The link from a statement to its place; that of the first statement for the headline above several.
function placeOf(target) {
  const within = target.closest(".card") ?? target.closest(".group");
  return within?.querySelector(".source .headline a, .source .in-place");
}

// The style sheet says where there is room.
function isRoom() {
  return getComputedStyle(panel.parentElement).display !== "none";
}

function soon(place) {
  clearTimeout(waiting);
  if (place && !kept && place !== shown) waiting = setTimeout(() => kept || show(place), LINGER_MS);
}

function clicked(event) {
  const place = isRoom() ? placeOf(event.target) : null;
  if (!place || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const control = event.target.closest("a, button, summary, input, label");
  if (control ? !control.matches(".headline a, .in-place") : String(getSelection())) return;
  event.preventDefault();
  clearTimeout(waiting);
  const byKeys = event.detail === 0;
  if (kept === place && !byKeys) return keep(null);
  keep(place);
  show(place, byKeys);
}

function keep(place) {
  kept?.closest(".card").classList.remove("kept");
  kept = place;
  kept?.closest(".card").classList.add("kept");
  panel.querySelector("button").setAttribute("aria-pressed", String(Boolean(kept)));
  if (kept) announce("The article stays beside the answer");
}

async function show(place, focus = false) {
  if (!isRoom()) return;
  const before = shown;
  shown = place;
  before?.closest(".card").classList.remove("looked-at");
  place.closest(".card").classList.add("looked-at");
  let story;
  try {
    story = await storyAt(place.href);
  } catch {
    stories.delete(place.href);
    story = document.createElement("p");
    story.textContent = "The article cannot be reached.";
  }
  if (shown !== place) return;
  const scroller = panel.querySelector(".scroller");
  const same = before && new URL(before.href).pathname === new URL(place.href).pathname;
  scroller.replaceChildren(story.cloneNode(true));
  const link = panel.querySelector("a");
  link.href = place.href;
  link.title = link.textContent = story.querySelector("h2")?.textContent ?? "The article";
  panel.hidden = false;
  const mark = scroller.querySelector("mark");
  const top = mark ? mark.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop : 0;
  const height = scroller.clientHeight; // what is in sight below the headline leaves it there
  scroller.scrollTo({ top: top < height / 1.5 ? 0 : top - height / 3, behavior: same ? "auto" : "instant" });
  if (focus) (mark ?? scroller).focus({ preventScroll: true });
}

// The server's own page of the article, less what only makes sense there.
function storyAt(address) {
  if (stories.size > MOST) stories.clear();
  if (!stories.has(address)) stories.set(address, fetch(address).then(read));
  return stories.get(address);
}

async function read(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const story = document.importNode(page.querySelector(".story"), true);
  for (const only of story.querySelectorAll(".hops")) only.remove();
  for (const named of story.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const mark of story.querySelectorAll("mark")) mark.tabIndex = -1;
  const title = story.querySelector("h1");
  const heading = document.createElement("h2");
  heading.dir = "auto";
  heading.append(...title.childNodes);
  title.replaceWith(heading);
  return story;
}
