// Links to ready-made citations become buttons that copy them. Without a clipboard (plain http) they stay links.
import { announce } from "./announce.js";

// They do when their menu is opened: an answer has hundreds of them.
export function enhanceCiting() {
  if (!navigator.clipboard) return;
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".cite[open]")) enhance(event.target);
  }, true);
}

function enhance(menu) {
  for (const link of menu.querySelectorAll("a[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = link.textContent;
    button.addEventListener("click", () => copy(link.href, button, link.textContent));
    link.replaceWith(button);
  }
}

async function copy(address, button, label) {
  try {
    // The promise goes into the clipboard item, because Safari wants the write to start within the click.
    const text = fetch(address).then((response) => {
      if (!response.ok) throw new Error(response.statusText);
      return response.text();
    });
    const item = new ClipboardItem({ "text/plain": text.then((words) => new Blob([words], { type: "text/plain" })) });
    await navigator.clipboard.write([item]);
    button.textContent = "Copied";
    announce(`${label} copied`);
    setTimeout(() => { button.textContent = label; }, 2000);
  } catch {
    location.assign(address);
  }
}
