// Whoever presses a button or a link means it. What comes meanwhile may move it from under the pointer before it is let go (a
// fold that is being opened, a run that takes in what was typed last): then the browser tells of no click on it. Moving away
// takes a press back, as ever.
(() => {
  const PRESSED = "button, a[href], summary";
  const SAVES = "[class*='st-key-save-']";  // drawn anew meanwhile it is the same button still
  const AWAY = 10;  // pixels
  let pressed = null;
  document.addEventListener("pointerdown", (event) => {
    const { target, button, clientX, clientY } = event;
    const plain = !(button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const place = plain ? target.closest?.(PRESSED) : null;
    const saves = place?.closest(SAVES);
    const key = saves && [...saves.classList].find((name) => name.startsWith("st-key-save-"));
    pressed = place && { place, key, clientX, clientY };
  }, true);
  window.addEventListener("click", ({ target }) => {  // before leaving.js, which holds clicks back
    const place = target.closest?.(PRESSED);
    if (place && (place === pressed?.place || (pressed?.key && place.closest(`.${CSS.escape(pressed.key)}`)))) pressed = null;
  }, true);
  document.addEventListener("pointerup", ({ clientX, clientY }) => {
    if (!pressed) return;
    if (Math.hypot(clientX - pressed.clientX, clientY - pressed.clientY) > AWAY) pressed = null;
    setTimeout(() => {  // a click, where one comes, comes at once
      const meant = pressed;
      pressed = null;
      if (!meant) return;
      if (meant.place.isConnected) meant.place.click();
      else if (meant.key) document.querySelector(`.${CSS.escape(meant.key)} button`)?.click();
    }, 50);
  }, true);
  // A finger that scrolls, or asks for the browser's own menu.
  ["pointercancel", "contextmenu"].forEach((kind) => document.addEventListener(kind, () => { pressed = null; }, true));
})();
