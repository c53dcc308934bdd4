// One polite live region for everything that happens without a new page.
export function announce(text) {
  const region = document.getElementById("announcement");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}
