// Asks without a reload. The server draws the turn; the address always says what the page shows, so that a reload, the
// back button and a copied address give the same. Whatever goes wrong is told above the turn before; the question stays.
import { announce } from "./announce.js";
import { showFirst } from "./beside.js";

const LONGEST = 60_000; // milliseconds
const FILTERS = ["published_after", "published_before", "outlets"];

export function enhanceAsking() {
  const form = document.querySelector("form[data-ask]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    const question = form.elements.question.value.trim();
    if (!sameFilters(form)) return;
    event.preventDefault();
    if (question) ask(form, question);
  });
  addEventListener("popstate", () => location.reload());
}

async function ask(form, question) {
  const address = addressOf(form);
  const turns = document.getElementById("turns");
  const button = form.querySelector(".box button");
  const pending = wait(turns, question);
  turns.setAttribute("aria-busy", "true");
  button.disabled = true;
  announce("Looking in the archive");
  try {
    const response = await fetch(`/turn${address.search}`, { signal: AbortSignal.timeout(LONGEST) });
    if (response.ok) {
      show(form, question, await response.text());
      history.pushState(null, "", address);
      document.title = `${question} – On Record`;
    } else {
      const { title, detail } = await response.json();
      fail(form, turns, question, title, detail);
    }
  } catch (error) {
    fail(form, turns, question, error.name === "TimeoutError" ? "The answer took too long" : "The archive cannot be reached");
  } finally {
    pending.remove();
    turns.setAttribute("aria-busy", "false");
    button.disabled = false;
  }
}

// The question stands there at once, with the seconds that it takes, above the turn before.
function wait(turns, question) {
  turns.querySelector(".failed")?.remove();
  const seconds = element("p", "verdict", "Looking in the archive …");
  const pending = asking("pending", question, seconds, element("div", "line"), element("div", "line"));
  turns.prepend(pending);
  const began = Date.now();
  const clock = setInterval(() => {
    if (!pending.isConnected) clearInterval(clock);
    else seconds.textContent = `Looking in the archive … ${Math.round((Date.now() - began) / 1000)} s`;
  }, 1000);
  return pending;
}

function fail(form, turns, question, title, detail = "") {
  const button = element("button", "quiet", "Try again");
  button.type = "button";
  button.addEventListener("click", () => {
    form.elements.question.focus(); // the button goes
    form.requestSubmit();
  });
  const told = element("p", "", `${detail} Your question is kept.`);
  turns.prepend(asking("failed", question, element("div", "refusal", element("p", "verdict", title), told, button)));
  announce(`${title}. ${detail}`);
}

function asking(kind, question, ...told) {
  return element("section", `asking ${kind}`, directed(element("h2", "", question)), ...told);
}

function directed(made) {
  made.dir = "auto";
  return made;
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function show(form, question, html) {
  const turns = document.getElementById("turns");
  const drawn = new DOMParser().parseFromString(html, "text/html").querySelector("[data-turn]");
  const turn = document.importNode(drawn, true);
  foldAway(turns.querySelector("[data-turn]"));
  turns.replaceChildren(turn);
  for (const leftover of document.querySelectorAll("[data-welcome]")) leftover.remove();
  document.querySelector(".welcome")?.setAttribute("class", "unseen");
  remember(form, question);
  form.elements.question.value = "";
  form.elements.question.placeholder = "Ask another question";
  turn.querySelector("h2").focus();
  showFirst();
  announce(turn.dataset.said);
}

// The last turn becomes the first of the earlier ones, drawn as the server draws those.
function foldAway(turn) {
  if (!turn) return;
  const heading = turn.querySelector("h2");
  heading.remove();
  const gist = directed(element("span", "gist", turn.dataset.gist));
  const summary = element("summary", "", directed(element("h3", "", heading.textContent)), " ", gist);
  const folded = element("details", "turn", summary, ...turn.childNodes);
  folded.dataset.turn = "";
  document.getElementById("earlier-turns").prepend(folded);
  document.getElementById("earlier").hidden = false;
}

// The question joins those that the form sends along; the oldest is let go where the server would let it go.
function remember(form, question) {
  const kept = [...form.querySelectorAll("input[type=hidden][name=q]")];
  const most = Number(form.dataset.maxTurns) - 1;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "q";
  field.value = question;
  form.querySelector(".box").before(field);
  kept.push(field);
  for (const old of kept.slice(0, Math.max(0, kept.length - most))) old.remove();
  const folded = [...document.querySelectorAll("#earlier-turns > [data-turn]")];
  for (const old of folded.slice(most)) old.remove();
}

function addressOf(form) {
  return new URL(`/?${new URLSearchParams(new FormData(form))}`, location.href);
}

function sameFilters(form) {
  const here = new URLSearchParams(location.search);
  const there = addressOf(form).searchParams;
  const values = (query, name) => query.getAll(name).filter(Boolean).sort().join("\n");
  return FILTERS.every((name) => values(here, name) === values(there, name));
}
