// "/" puts the cursor into the page's first box.
export function enhanceKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const box = document.querySelector(".box input, .box textarea");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
