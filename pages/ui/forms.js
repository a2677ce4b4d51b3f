// A pause of this many milliseconds in a text area commits what stands there, as Ctrl+Enter does; a line does so by itself.
const PAUSE = 700;
if (!window.kdCommits) {
  window.kdCommits = new Map();  // field -> timer, where something is typed that is not committed yet
  const FIELDS = ".stTextArea textarea, .stTextInput input";  // a grid's cell lies in a root of its own, and closes
  const commit = (field) => {
    clearTimeout(window.kdCommits.get(field));
    window.kdCommits.delete(field);
    if (!field.isConnected) return false;
    const held = field.tagName === "TEXTAREA" ? { ctrlKey: true, metaKey: true } : {};
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, ...held }));
    return true;
  };
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(FIELDS)) return;
    clearTimeout(window.kdCommits.get(target));
    const done = target.tagName === "TEXTAREA" ? () => commit(target) : () => window.kdCommits.delete(target);
    window.kdCommits.set(target, setTimeout(done, PAUSE));
  });
  window.kdUnheard.add({ send: () => [...window.kdCommits.keys()].filter(commit).length > 0, waits: () => false });
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
