// A pause of this many milliseconds in a text area commits what stands there, as Ctrl+Enter does.
const PAUSE = 700;
if (!window.kdCommits) {
  window.kdCommits = new WeakMap();
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.closest(".stTextArea textarea")) return;  // a grid's cell is written in such an area too, and closes
    clearTimeout(window.kdCommits.get(area));
    window.kdCommits.set(area, setTimeout(() => {
      const keys = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, metaKey: true, bubbles: true };
      area.dispatchEvent(new KeyboardEvent("keydown", keys));
    }, PAUSE));
  });
}
