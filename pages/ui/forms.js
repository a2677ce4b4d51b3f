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

// Whoever presses a button that saves means it. What is typed last is taken in as the field is left, and the run that
// follows may move the button from under the pointer before it is let go: then the browser tells of no click. Moving away
// takes it back, as ever.
if (!window.kdPresses) {
  window.kdPresses = true;
  const SAVES = "[class*='st-key-save-']";
  const AWAY = 10;  // pixels
  let pressed = null;
  document.addEventListener("pointerdown", ({ target, button, clientX, clientY }) => {
    const place = button ? null : target.closest?.(SAVES);
    const key = place && [...place.classList].find((name) => name.startsWith("st-key-save-"));
    pressed = key ? { key, clientX, clientY } : null;
  }, true);
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.(`${SAVES} button`)) pressed = null;
  }, true);
  document.addEventListener("pointerup", ({ clientX, clientY }) => {
    if (!pressed) return;
    const { key } = pressed;
    if (Math.hypot(clientX - pressed.clientX, clientY - pressed.clientY) > AWAY) pressed = null;
    setTimeout(() => {  // a click, where one comes, comes at once
      if (!pressed) return;
      pressed = null;
      document.querySelector(`.${CSS.escape(key)} button`)?.click();
    }, 50);
  }, true);
}
